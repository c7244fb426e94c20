import { clock } from '../../dom/clock.js';
import { h, setAttribute, setDisabled, setText } from '../../dom/h.js';
import { pauseSentence, pauseState } from '../../model/autonomy.js';
import { progress } from '../../model/progress.js';

/**
 * `<pause-card>`: the brake. Method `show`; events `pause` and `resume` when the user wants that: whoever hears them
 * asks first.
 */
export class PauseCard extends HTMLElement {
  #words = h('span');
  #pill = h('span', { class: 'pill' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), this.#words);
  #sentence = h('p');
  #own = h('p', { class: 'said' });
  #button = h('button', { type: 'button', onclick: () => this.#ask() });
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });
  #paused = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'pause-title' },
        h('div', { class: 'row' }, h('h2', { id: 'pause-title' }, 'Pause auto-execution'), this.#pill),
        h(
          'p',
          { class: 'muted' },
          'The brake: while it is pulled nothing is done by itself, also what was decided and has not begun. ' +
            'Actions wait in Approvals, each until the time on its card.',
        ),
        this.#sentence,
        this.#own,
        h('div', { class: 'actions' }, this.#button),
        this.#note,
        this.#refusal,
      ),
    );
  }

  /** @param model {state, known, settings (null: not known), command} */
  show({ state, known, settings, command }) {
    const { text, tone } = pauseState(state, known);
    const { busy, note, refusal } = progress(command);
    this.#paused = state?.userPause ?? false;
    setText(this.#words, text);
    setAttribute(this.#pill, 'class', `pill ${tone}`);
    setText(this.#sentence, pauseSentence(state, clock.now(), settings, known));
    setText(this.#own, this.#paused && state.pausedReason ? `“${state.pausedReason}”` : '');
    setText(this.#button, this.#paused ? 'Resume…' : 'Pause…');
    setAttribute(this.#button, 'class', this.#paused ? 'primary' : 'danger');
    setDisabled(this.#button, busy);
    setText(this.#note, note);
    setText(this.#refusal, refusal);
  }

  #ask() {
    this.dispatchEvent(new CustomEvent(this.#paused ? 'resume' : 'pause', { bubbles: true }));
  }
}

customElements.define('pause-card', PauseCard);

import { h, setDisabled, setText } from '../../dom/h.js';
import { tierLabel } from '../../model/autonomy.js';
import { progress } from '../../model/progress.js';

/**
 * `<demote-card>`: the way down to observer, beside the pause and apart from it: both levers can be pulled. Method
 * `show`; event `demote` when the user wants that: whoever hears it asks first.
 */
export class DemoteCard extends HTMLElement {
  #tier = h('span', { class: 'pill' });
  #button = h('button', { type: 'button', onclick: () => this.#ask() }, 'Demote to observer…');
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'demote-title' },
        h('div', { class: 'row' }, h('h2', { id: 'demote-title' }, 'Demote to observer'), this.#tier),
        h(
          'p',
          { class: 'muted' },
          'Another lever than the pause: your assistant goes on looking, and asks you about all that it wants to do, ' +
            'until you choose another level of trust.',
        ),
        h('div', { class: 'actions' }, this.#button),
        this.#note,
        this.#refusal,
      ),
    );
  }

  /** @param model {tier, command} */
  show({ tier, command }) {
    const { busy, note, refusal } = progress(command);
    setText(this.#tier, tierLabel(tier));
    setDisabled(this.#button, busy || tier === 'observer');
    setText(this.#note, note);
    setText(this.#refusal, refusal);
  }

  #ask() {
    this.dispatchEvent(new CustomEvent('demote', { bubbles: true }));
  }
}

customElements.define('demote-card', DemoteCard);

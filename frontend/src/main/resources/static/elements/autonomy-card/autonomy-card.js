import { clock } from '../../dom/clock.js';
import { h, setAttribute, setText } from '../../dom/h.js';
import { pauseSentence, pauseState, waitedWords, waitingSentence } from '../../model/autonomy.js';

/** `<autonomy-card>`: whether the assistant acts by itself, and what waits, in a few words; method `show`. */
export class AutonomyCard extends HTMLElement {
  #words = h('span');
  #pill = h('span', { class: 'pill' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), this.#words);
  #sentence = h('p', { class: 'muted' });
  #link = h('a', { class: 'button', href: '#/approvals' });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      h(
        'section',
        { class: 'card' },
        h('div', { class: 'row' }, h('h2', {}, 'Auto-execution'), this.#pill),
        this.#sentence,
        this.#link,
      ),
    );
  }

  /**
   * @param autonomy the user's
   * @param settings the user's; null where they are not known
   */
  show(autonomy, settings) {
    const now = clock.now();
    const known = autonomy.knownAt(now);
    const { text, tone } = pauseState(autonomy.state, known);
    const { count } = autonomy;
    setText(this.#words, text);
    setAttribute(this.#pill, 'class', `pill ${tone}`);
    const isWaiting = autonomy.approvalsKnownAt(now);
    const waiting = isWaiting ? waitingSentence(count) : waitedWords(count, autonomy.approvalsAsOf, now);
    setText(this.#sentence, `${pauseSentence(autonomy.state, now, settings, known)} ${waiting}`);
    setText(this.#link, count === 1 ? 'Review one action' : `Review ${count} actions`);
    setAttribute(this.#link, 'class', autonomy.state?.userPause || !isWaiting ? 'button' : 'button primary');
    this.#link.hidden = !count;
  }
}

customElements.define('autonomy-card', AutonomyCard);

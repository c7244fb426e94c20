import { h, setAttribute, setText } from '../../dom/h.js';

/**
 * `<live-indicator link="live|polling|lost" every="5000">`: whether the page hears of changes by itself, in words. No
 * `link`: nothing is known of that yet.
 */
export class LiveIndicator extends HTMLElement {
  static observedAttributes = ['link', 'every'];

  #words = h('span');

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'status');
    this.append(h('i', { class: 'dot', 'aria-hidden': 'true' }), this.#words);
    this.#render();
  }

  attributeChangedCallback() {
    this.#render();
  }

  #render() {
    const link = this.getAttribute('link');
    const seconds = Math.round(Number(this.getAttribute('every')) / 1000);
    const often = seconds === 1 ? 'every second' : `every ${seconds} seconds`;
    const words = { live: 'Live', polling: `Not live, checking ${often}`, lost: `Not live, trying ${often}` };
    setAttribute(this, 'data-link', link ?? 'none');
    setText(this.#words, words[link] ?? 'Connecting');
  }
}

customElements.define('live-indicator', LiveIndicator);

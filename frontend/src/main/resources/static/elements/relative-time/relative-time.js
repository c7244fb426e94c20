import { clock } from '../../dom/clock.js';
import { setText } from '../../dom/h.js';
import { ago, instant, left } from '../../model/time.js';

/**
 * `<relative-time at="2026-11-24T10:02:00Z">`: "3 seconds ago", moving with the page's clock; with `until`, "14 minutes
 * left". Inside a live region it keeps silent, so that a screen reader is not told of every second.
 */
export class RelativeTime extends HTMLElement {
  static observedAttributes = ['at'];

  #stop = null;

  connectedCallback() {
    this.setAttribute('aria-live', 'off');
    this.#stop = clock.everySecond(() => this.#render());
    this.#render();
  }

  disconnectedCallback() {
    this.#stop?.();
  }

  attributeChangedCallback() {
    this.#render();
  }

  #render() {
    const at = instant(this.getAttribute('at'));
    const words = this.hasAttribute('until') ? left : ago;
    setText(this, at === null ? '' : words(at, clock.now()));
  }
}

customElements.define('relative-time', RelativeTime);

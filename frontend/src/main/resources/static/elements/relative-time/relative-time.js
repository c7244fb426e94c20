import { clock } from '../../dom/clock.js';
import { setText } from '../../dom/h.js';
import { ago, instant } from '../../model/time.js';

/**
 * `<relative-time at="2026-11-24T10:02:00Z">`: "3 seconds ago", moving with the page's clock. Inside a live region it
 * keeps silent, so that a screen reader is not told of every second.
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
    setText(this, at === null ? '' : ago(at, clock.now()));
  }
}

customElements.define('relative-time', RelativeTime);

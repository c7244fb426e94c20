import { h } from '../../dom/h.js';
import { icon } from '../../dom/icon.js';

/**
 * `<notice-bar>`: what came of something the user just did; property `notice` ({tone, text, detail} or null). Unlike a
 * banner it can be put away.
 */
export class NoticeBar extends HTMLElement {
  #notice = null;

  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  /** The same again changes nothing, so that it is not spoken twice. */
  set notice(notice) {
    if (notice === this.#notice) return;
    this.#notice = notice;
    this.replaceChildren();
    if (notice === null) return;
    const close = h('button', { class: 'quiet', type: 'button', 'aria-label': 'Close' }, icon('close'));
    close.addEventListener('click', () => this.#close());
    this.append(
      h(
        'div',
        { class: `card notice ${notice.tone}` },
        icon(notice.tone),
        h('p', {}, h('strong', {}, notice.text), ' ', h('span', {}, notice.detail)),
        close,
      ),
    );
  }

  #close() {
    this.notice = null;
    this.dispatchEvent(new CustomEvent('closed', { bubbles: true }));
  }
}

customElements.define('notice-bar', NoticeBar);

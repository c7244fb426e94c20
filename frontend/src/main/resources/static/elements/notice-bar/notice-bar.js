import { h } from '../../dom/h.js';
import { icon } from '../../dom/icon.js';

/**
 * `<notice-bar>`: what came of something the user just did; property `notice` ({tone, text, detail} or null). Unlike a
 * banner it can be put away.
 */
export class NoticeBar extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  set notice(notice) {
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
    this.replaceChildren();
    this.dispatchEvent(new CustomEvent('closed', { bubbles: true }));
  }
}

customElements.define('notice-bar', NoticeBar);

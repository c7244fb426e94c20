import { h, setAttribute } from '../../dom/h.js';
import { icon } from '../../dom/icon.js';
import '../account-menu/account-menu.js';
import '../live-indicator/live-indicator.js';

const PAGES = [
  ['overview', '#/', 'Overview'],
  ['timeline', '#/timeline', 'Timeline'],
];

/**
 * `<top-bar>`: the name of the place, where one can go, whether the page is live, and who is signed in. Without an
 * `account` only the name.
 */
export class TopBar extends HTMLElement {
  static observedAttributes = ['account', 'page', 'link', 'every'];

  #links = new Map(PAGES.map(([page, href, label]) => [page, h('a', { href }, label)]));
  #live = h('live-indicator');
  #account = h('account-menu');
  #inside = [h('nav', { 'aria-label': 'Main' }, ...this.#links.values()), this.#live, this.#account];
  #bar = h('div', { class: 'bar' }, h('span', { class: 'brand' }, icon('brand'), 'Lifeline'));

  connectedCallback() {
    if (!this.firstChild) this.append(h('header', {}, this.#bar));
  }

  attributeChangedCallback(name, _, value) {
    switch (name) {
      case 'account':
        if (value === null) this.#inside.forEach((part) => part.remove());
        else this.#bar.append(...this.#inside);
        setAttribute(this.#account, 'name', value);
        break;
      case 'page':
        for (const [page, link] of this.#links) setAttribute(link, 'aria-current', page === value && 'page');
        break;
      default:
        setAttribute(this.#live, name, value);
    }
  }
}

customElements.define('top-bar', TopBar);

import { h, setAttribute, setText } from '../../dom/h.js';
import { icon } from '../../dom/icon.js';
import '../account-menu/account-menu.js';
import '../live-indicator/live-indicator.js';

const PAGES = [
  ['overview', '#/', 'Overview'],
  ['approvals', '#/approvals', 'Approvals'],
  ['timeline', '#/timeline', 'Timeline'],
  ['settings', '#/settings', 'Settings'],
  ['operator', '#/operator', 'Operator'],
];

/**
 * `<top-bar>`: the name of the place, where one can go, whether the page is live, and who is signed in. Without an
 * `account` only the name; `waiting` is how many approvals wait, `waited` that they last did, `operator` that he is one, `auditor` that
 * he has no page but that.
 */
export class TopBar extends HTMLElement {
  static observedAttributes = ['account', 'page', 'link', 'every', 'waiting', 'waited', 'operator', 'auditor'];

  #links = new Map(PAGES.map(([page, href, label]) => [page, h('a', { href }, label)]));
  #badge = h('b', { hidden: true });
  #live = h('live-indicator');
  #account = h('account-menu');
  #inside = [h('nav', { 'aria-label': 'Main' }, ...this.#links.values()), this.#live, this.#account];
  #bar = h('div', { class: 'bar' }, h('span', { class: 'brand' }, icon('brand'), 'Lifeline'));

  constructor() {
    super();
    this.#links.get('approvals').append(this.#badge);
    this.#links.get('operator').hidden = true;
  }

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
      case 'operator':
        this.#links.get('operator').hidden = value === null;
        break;
      case 'auditor':
        for (const [page, link] of this.#links) if (page !== 'operator') link.hidden = value !== null;
        break;
      case 'waiting':
        this.#badge.hidden = value === null;
        setText(this.#badge, value ?? '');
        this.#nameApprovals();
        break;
      case 'waited':
        setAttribute(this.#badge, 'class', value !== null && 'old');
        this.#nameApprovals();
        break;
      default:
        setAttribute(this.#live, name, value);
    }
  }

  #nameApprovals() {
    const count = this.getAttribute('waiting');
    const waiting = this.hasAttribute('waited') ? 'when last heard' : 'waiting';
    setAttribute(this.#links.get('approvals'), 'aria-label', count && `Approvals, ${count} ${waiting}`);
  }
}

customElements.define('top-bar', TopBar);

import { clock } from '../../dom/clock.js';
import { h, setAttribute } from '../../dom/h.js';
import { noticeOf, withoutNotice } from '../../model/notice.js';
import { instant } from '../../model/time.js';
import { Api, SignedOut } from '../../net/api.js';
import { Dashboard } from '../../state/dashboard.js';
import '../ask-dialog/ask-dialog.js';
import '../banner-list/banner-list.js';
import '../notice-bar/notice-bar.js';
import '../overview-page/overview-page.js';
import '../sign-in-page/sign-in-page.js';
import '../timeline-page/timeline-page.js';
import '../top-bar/top-bar.js';

/** How often a page that is signed out, or can not reach anything, looks whether that has changed. */
const AGAIN = 5000;

const PAGES = { overview: 'overview-page', timeline: 'timeline-page' };

/** `<lifeline-app>`: the whole page. It knows who is signed in and which page is shown; all else is in its elements. */
export class LifelineApp extends HTMLElement {
  #api = new Api();
  #dashboard = null;
  #retry = null;
  #bar = h('top-bar');
  #banners = h('banner-list');
  #notices = h('notice-bar');
  #main = h('main', { id: 'content' });
  #dialog = h('ask-dialog');

  connectedCallback() {
    this.replaceChildren(this.#bar, this.#banners, this.#notices, this.#main, this.#dialog);
    this.addEventListener('signout', () => this.#signOut());
    this.addEventListener('command', ({ detail }) => this.#command(detail));
    addEventListener('hashchange', () => this.#route(true));
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#dashboard === null) this.#enter();
    });
    clock.everySecond(() => this.#render());
    this.#enter();
  }

  /** Finds out who is signed in; shows his dashboard, or the way in, and tries again where nobody answers. */
  async #enter() {
    clearTimeout(this.#retry);
    try {
      const me = await this.#api.me();
      if (this.#dashboard === null) this.#open(me);
    } catch (failure) {
      if (failure instanceof SignedOut) this.#showSignIn(false, failure);
      else this.#showUnreachable();
      this.#retry = setTimeout(() => this.#enter(), AGAIN);
    }
  }

  #open(me) {
    clock.setTo(instant(me.now) ?? Date.now());
    this.#dashboard = new Dashboard(this.#api, me);
    this.#dashboard.addEventListener('change', () => this.#render());
    this.#dashboard.addEventListener('signedout', () => this.#expired());
    this.#takeNotice(me.connectors);
    setAttribute(this.#bar, 'account', me.name);
    setAttribute(this.#bar, 'every', this.#dashboard.every);
    this.#route(false);
    this.#dashboard.start();
  }

  #expired() {
    this.#dashboard.stop();
    this.#dashboard = null;
    this.#showSignIn(true);
    this.#retry = setTimeout(() => this.#enter(), AGAIN);
  }

  #showSignIn(expired, failure) {
    setAttribute(this.#bar, 'account', null);
    this.#banners.banners = [];
    this.#takeNotice([]);
    if (this.#main.querySelector('sign-in-page')) return;
    const href = failure?.details.signIn ?? '/login';
    this.#main.replaceChildren(h('sign-in-page', { href, expired }));
    document.title = expired ? 'Signed out · Lifeline' : 'Lifeline';
  }

  #showUnreachable() {
    if (this.#main.querySelector('sign-in-page, .unreachable')) return;
    this.#main.replaceChildren(
      h(
        'div',
        { class: 'headline unreachable', role: 'status' },
        h('h1', {}, 'Lifeline can not be reached'),
        h('p', {}, 'This page tries again every few seconds, by itself.'),
      ),
    );
  }

  #route(moved) {
    if (this.#dashboard === null) return;
    const page = location.hash === '#/timeline' ? 'timeline' : 'overview';
    setAttribute(this.#bar, 'page', page);
    const element = document.createElement(PAGES[page]);
    element.dashboard = this.#dashboard;
    this.#main.replaceChildren(element);
    this.#render();
    if (moved) {
      this.#notices.notice = null;
      scrollTo(0, 0);
      this.#focusTitle();
    }
  }

  #render() {
    if (this.#dashboard === null) return;
    this.#banners.banners = this.#dashboard.bannersAt(clock.now());
    setAttribute(this.#bar, 'link', this.#dashboard.link);
    document.title = `${this.#main.querySelector('h1')?.textContent ?? ''} · Lifeline`;
  }

  #takeNotice(catalogue) {
    const notice = noticeOf(location.search, catalogue);
    if (notice === null) return;
    this.#notices.notice = notice;
    history.replaceState(null, '', location.pathname + withoutNotice(location.search) + location.hash);
  }

  async #command({ verb, name, label }) {
    const question = {
      title: `Remove ${label}?`,
      text:
        `Lifeline stops reading ${label}. What happened so far stays in the timeline, ` +
        'and you can connect it again at any time.',
      yes: 'Remove',
    };
    if (verb === 'remove' && !(await this.#dialog.ask(question))) return;
    await this.#dashboard?.command(verb, name);
    if (verb === 'remove' && document.activeElement === document.body) this.#focusTitle();
  }

  async #signOut() {
    const next = await this.#api.signOut().catch(() => '/');
    location.assign(next);
  }

  #focusTitle() {
    this.#main.querySelector('h1')?.focus({ preventScroll: true });
  }
}

customElements.define('lifeline-app', LifelineApp);

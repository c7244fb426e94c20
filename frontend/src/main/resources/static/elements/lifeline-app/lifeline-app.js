import { clock } from '../../dom/clock.js';
import { h, refuseDisabled, setAttribute } from '../../dom/h.js';
import { accessWords } from '../../model/condition.js';
import { Notice, alreadyPaused, noticeOf, withoutNotice } from '../../model/notice.js';
import { instant } from '../../model/time.js';
import { Api, SignedOut } from '../../net/api.js';
import { Dashboard } from '../../state/dashboard.js';
import '../approvals-page/approvals-page.js';
import '../ask-dialog/ask-dialog.js';
import '../banner-list/banner-list.js';
import '../missing-page/missing-page.js';
import '../notice-bar/notice-bar.js';
import '../operator-page/operator-page.js';
import '../overview-page/overview-page.js';
import '../settings-page/settings-page.js';
import '../sign-in-page/sign-in-page.js';
import '../timeline-page/timeline-page.js';
import '../top-bar/top-bar.js';

/** How often a page that can not reach anything looks whether that has changed. */
const AGAIN = 5000;

/** Likewise one that is signed out; whoever signs in elsewhere and comes back is seen at once. */
const SIGNED_OUT_AGAIN = 60_000;

const PAGES = {
  overview: 'overview-page',
  approvals: 'approvals-page',
  timeline: 'timeline-page',
  settings: 'settings-page',
  operator: 'operator-page',
  missing: 'missing-page',
};

const PAUSE = {
  title: 'Pause auto-execution?',
  text:
    'Your assistant does nothing by itself any more, also what was decided and has not begun. What it wants to do ' +
    'waits in Approvals until you resume, or until the time on its card is over.',
  yes: 'Pause',
};

const RESUME = {
  title: 'Resume auto-execution?',
  text:
    'What waits only because of the pause is judged again, and what your settings allow is done without asking you.',
  yes: 'Resume',
  danger: false,
  reason: false,
};

/** What is said instead while another brake is pulled as well. */
const RESUME_UNDER_OPERATOR = {
  ...RESUME,
  text:
    'The operator has paused it as well, or a part of it: what that holds back goes on waiting until the operator lifts ' +
    'it. What else waits is judged again, and what your settings allow is done without asking you.',
};

/** `<lifeline-app>`: the whole page. It knows who is signed in and which page is shown; all else is in its elements. */
export class LifelineApp extends HTMLElement {
  #api = null;
  #dashboard = null;
  #retry = null;
  #skip = h('a', { class: 'skip', href: '#content' }, 'Skip to content');
  #bar = h('top-bar');
  #banners = h('banner-list');
  #notices = h('notice-bar');
  #notice = null;
  #main = h('main', { id: 'content' });
  #dialog = h('ask-dialog');

  connectedCallback() {
    this.replaceChildren(this.#skip, this.#bar, this.#banners, this.#notices, this.#main, this.#dialog);
    refuseDisabled(this);
    this.#skip.addEventListener('click', (event) => {
      // Followed, it would be an address: what comes after the # is the page that is shown.
      event.preventDefault();
      this.#main.querySelector('h1')?.focus();
    });
    this.#notices.addEventListener('closed', () => this.#say(null));
    this.addEventListener('signout', () => this.#signOut());
    this.addEventListener('command', ({ detail }) => this.#command(detail));
    this.addEventListener('ask', ({ detail }) => this.#ask(detail));
    this.addEventListener('pause', () => this.#pause(true));
    this.addEventListener('resume', () => this.#pause(false));
    addEventListener('hashchange', () => this.#route(true));
    const looked = () => !document.hidden && this.#dashboard === null && this.#enter();
    document.addEventListener('visibilitychange', looked);
    addEventListener('focus', looked);
    clock.everySecond(() => this.#render());
    this.#enter();
  }

  /** Finds out who is signed in; shows his dashboard, or the way in, and tries again where nobody answers. */
  async #enter() {
    clearTimeout(this.#retry);
    try {
      const api = new Api();
      const me = await api.me();
      if (this.#dashboard === null) this.#open(api, me);
    } catch (failure) {
      // Another attempt has succeeded meanwhile.
      if (this.#dashboard !== null) return;
      const isOut = failure instanceof SignedOut;
      if (isOut) this.#showSignIn(false);
      else this.#showUnreachable();
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#enter(), isOut ? SIGNED_OUT_AGAIN : AGAIN);
    }
  }

  #open(api, me) {
    clock.setTo(instant(me.now) ?? Date.now());
    this.#api = api;
    this.#dashboard = new Dashboard(api, me);
    this.#dashboard.addEventListener('change', () => this.#render());
    this.#dashboard.addEventListener('signedout', () => this.#expired());
    this.#takeNotice(me.connectors);
    setAttribute(this.#bar, 'account', me.name);
    setAttribute(this.#bar, 'every', this.#dashboard.every);
    setAttribute(this.#bar, 'operator', isOperator(me));
    setAttribute(this.#bar, 'auditor', isAuditor(me));
    this.#route(false);
    this.#dashboard.start();
  }

  #expired() {
    this.#dashboard.stop();
    this.#dashboard = null;
    this.#showSignIn(true);
    this.#retry = setTimeout(() => this.#enter(), SIGNED_OUT_AGAIN);
  }

  #showSignIn(expired) {
    setAttribute(this.#bar, 'account', null);
    this.#banners.banners = [];
    this.#takeNotice([]);
    if (this.#main.querySelector('sign-in-page')) return;
    this.#main.replaceChildren(h('sign-in-page', { href: signInPath(location.hash), expired }));
    document.title = expired ? 'Signed out · Lifeline' : 'Lifeline';
  }

  #showUnreachable() {
    if (this.#main.querySelector('sign-in-page, .unreachable')) return;
    this.#main.replaceChildren(
      h(
        'div',
        { class: 'headline unreachable', role: 'status' },
        h('h1', { tabindex: '-1' }, 'Lifeline can not be reached'),
        h('p', {}, 'This page tries again every few seconds, by itself.'),
      ),
    );
  }

  #route(moved) {
    if (this.#dashboard === null) return;
    const page = pageOf(location.hash, this.#dashboard.me);
    setAttribute(this.#bar, 'page', page);
    const element = document.createElement(PAGES[page]);
    element.dashboard = this.#dashboard;
    this.#main.replaceChildren(element);
    this.#render();
    if (moved) {
      this.#say(null);
      scrollTo(0, 0);
      this.#focusTitle();
    }
  }

  #render() {
    if (this.#dashboard === null) return;
    this.#showNotice();
    const had = this.#banners.contains(document.activeElement);
    this.#banners.banners = this.#dashboard.bannersAt(clock.now());
    if (had) this.#keepFocus();
    setAttribute(this.#bar, 'link', this.#dashboard.link);
    setAttribute(this.#bar, 'waiting', waiting(this.#dashboard.autonomy));
    setAttribute(this.#bar, 'waited', !this.#dashboard.autonomy.approvalsKnownAt(clock.now()));
    document.title = `${this.#main.querySelector('h1')?.textContent ?? ''} · Lifeline`;
  }

  #takeNotice(catalogue) {
    const notice = noticeOf(location.search, catalogue);
    if (notice === null) return;
    this.#say(notice);
    history.replaceState(null, '', location.pathname + withoutNotice(location.search) + location.hash);
  }

  /** Says what came of something, in place of what was said before; null: nothing. */
  #say(notice) {
    this.#notice = notice && new Notice(notice, clock.now());
    this.#showNotice();
  }

  #showNotice() {
    const now = clock.now();
    const known = this.#dashboard?.knownAt(now) ? this.#dashboard.connectors : null;
    const said = this.#notice?.at(known, now) ?? null;
    if (said === null) this.#notice = null;
    this.#notices.notice = said;
  }

  async #command({ verb, name, label }) {
    const { connectors, me } = this.#dashboard;
    const access = accessWords(name, connectors, me.connectors);
    const question = {
      title: `Remove ${label}?`,
      text:
        `Lifeline stops reading ${label}${access}. What happened so far stays in the timeline, ` +
        'and you can connect it again at any time.',
      yes: 'Remove',
    };
    if (verb === 'remove' && !(await this.#dialog.ask(question))) return;
    this.#say(null);
    await this.#dashboard?.command(verb, name);
    if (document.activeElement !== document.body) return;
    // The button that had the focus is gone; what undoes it stands in its place.
    if (verb === 'remove') this.#focusTitle();
    else this.#main.querySelector(`connector-card[data-key="${CSS.escape(name)}"]`)?.focus();
  }

  /** Asks, and goes on with the reason that was given where the answer is yes. */
  async #ask({ question, then }) {
    const reason = await this.#dialog.askWhy({ reason: false, ...question });
    if (reason === null) return;
    await then(reason);
    this.#keepFocus();
  }

  /** Pauses or resumes; resuming lifts the pause that was seen when it was asked for, and none that came after it. */
  async #pause(paused) {
    const { autonomy, me } = this.#dashboard;
    const version = autonomy.state?.pauseVersion;
    const operators = autonomy.state?.operator?.pauses ?? [];
    const resume = operators.length > 0 ? RESUME_UNDER_OPERATOR : RESUME;
    const reason = await this.#dialog.askWhy(paused ? PAUSE : resume);
    if (reason === null || this.#dashboard === null) return;
    const more = paused ? { reason: reason || undefined } : { version };
    const request = { method: 'PUT', path: `/api/users/${me.userId}/autonomy-pause`, body: { paused, ...more } };
    this.#say(null);
    const { done, refused, answer } = await this.#dashboard.carryOut('autonomy:pause', 'pause', request);
    if (this.#dashboard === null) return;
    if (done) {
      if (paused) this.#say(alreadyPaused(answer, reason, clock.now()));
      return;
    }
    const { message } = this.#dashboard.commands.get('autonomy:pause') ?? {};
    const what = paused ? 'paused' : 'resumed';
    const text = refused ? `Auto-execution is not ${what}.` : `It is not known yet whether auto-execution is ${what}.`;
    this.#say({ tone: 'amber', text, detail: message ?? '' });
  }

  async #signOut() {
    const next = await this.#api.signOut().catch(() => '/');
    location.assign(next);
  }

  /** Where what had the focus is gone, the next key must not begin at the top of everything. */
  #keepFocus() {
    if (document.activeElement === document.body) this.#focusTitle();
  }

  #focusTitle() {
    this.#main.querySelector('h1')?.focus({ preventScroll: true });
  }
}

/** Whether he sees what operators see. */
function isOperator(me) {
  return isAuditor(me) || (me.roles ?? []).includes('operator');
}

/** He reads what is everybody's, and has nothing of his own here. */
function isAuditor({ roles }) {
  return (roles ?? []).includes('auditor');
}

function pageOf(hash, me) {
  if (isAuditor(me)) return 'operator';
  const page = hash.replace(/^#\/?/, '') || 'overview';
  return Object.hasOwn(PAGES, page) && (page !== 'operator' || isOperator(me)) ? page : 'missing';
}

/** Where one signs in, to come back to the page that was asked for. */
function signInPath(hash) {
  return hash === '' ? '/login' : `/login?return=${encodeURIComponent(`/${hash}`)}`;
}

/** How many wait, or last did, for the top; null where none do. */
function waiting({ count }) {
  return count > 0 ? String(count) : null;
}

customElements.define('lifeline-app', LifelineApp);

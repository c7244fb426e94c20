import { h } from '../../dom/h.js';

const ENDED = 'You have been signed out. Sign in to see your connections.';

/** `<sign-in-page href="/login" expired>`: what Lifeline is, and the way in; `expired` where a session just ended. */
export class SignInPage extends HTMLElement {
  connectedCallback() {
    const expired = this.hasAttribute('expired');
    this.append(
      expired ? h('p', { class: 'card ended', role: 'alert' }, ENDED) : '',
      h('h1', { tabindex: '-1' }, 'When a connection dies, you know at once'),
      h(
        'p',
        {},
        'Lifeline watches over the accounts that you let others read for you. The moment a mailbox or a calendar ',
        'can no longer be read, it says so here, with what it means and one button that mends it.',
      ),
      h('p', {}, 'And what it does not know, it never calls fine.'),
      h('a', { class: 'button primary', href: this.getAttribute('href') }, 'Sign in'),
    );
  }
}

customElements.define('sign-in-page', SignInPage);

import { h, setAttribute, setText } from '../../dom/h.js';

/** `<account-menu name="alice">`: who is signed in; event `signout` when that is to end. */
export class AccountMenu extends HTMLElement {
  static observedAttributes = ['name'];

  #button = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'account-panel' });
  #who = h('p', { class: 'muted' });
  #panel = h(
    'div',
    { id: 'account-panel', class: 'panel', hidden: true },
    this.#who,
    h('button', { type: 'button', onclick: () => this.#signOut() }, 'Sign out'),
  );
  #outside = (event) => {
    if (!this.contains(event.target)) this.#show(false);
  };

  connectedCallback() {
    if (!this.firstChild) {
      this.append(this.#button, this.#panel);
      this.#button.addEventListener('click', () => this.#show(this.#panel.hidden));
      this.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || this.#panel.hidden) return;
        this.#show(false);
        this.#button.focus();
      });
      this.addEventListener('focusout', (event) => {
        if (event.relatedTarget && !this.contains(event.relatedTarget)) this.#show(false);
      });
    }
    document.addEventListener('click', this.#outside);
  }

  disconnectedCallback() {
    document.removeEventListener('click', this.#outside);
  }

  attributeChangedCallback() {
    const name = this.getAttribute('name') ?? '';
    setText(this.#button, name);
    setAttribute(this.#button, 'aria-label', `Account of ${name}`);
    setText(this.#who, `Signed in as ${name}`);
  }

  #show(open) {
    this.#panel.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
  }

  #signOut() {
    this.dispatchEvent(new CustomEvent('signout', { bubbles: true }));
  }
}

customElements.define('account-menu', AccountMenu);

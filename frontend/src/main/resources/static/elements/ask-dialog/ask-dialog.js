import { h } from '../../dom/h.js';

/**
 * `<ask-dialog>`: a question before something that is not undone by a click. The safe answer has the focus; Escape
 * gives it; the focus goes back to where it was.
 */
export class AskDialog extends HTMLElement {
  #title = h('h2', { id: 'ask-title' });
  #text = h('p', { id: 'ask-text' });
  #no = h('button', { type: 'submit', value: 'no', autofocus: true }, 'Cancel');
  #yes = h('button', { type: 'submit', value: 'yes', class: 'danger' });
  #dialog = h(
    'dialog',
    { 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-text' },
    h('form', { method: 'dialog' }, this.#title, this.#text, h('div', { class: 'actions' }, this.#no, this.#yes)),
  );

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** Asks; resolves to whether the answer was yes. */
  ask({ title, text, yes }) {
    this.#title.textContent = title;
    this.#text.textContent = text;
    this.#yes.textContent = yes;
    this.#dialog.returnValue = 'no';
    this.#dialog.showModal();
    return new Promise((resolve) => {
      const closed = () => resolve(this.#dialog.returnValue === 'yes');
      this.#dialog.addEventListener('close', closed, { once: true });
    });
  }
}

customElements.define('ask-dialog', AskDialog);

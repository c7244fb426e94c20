import { h, setText } from '../../dom/h.js';

/** The longest reason that is taken. */
const LONGEST = 500;

/**
 * `<ask-dialog>`: a question before something that is not undone by a click. The safe answer has the focus; Escape
 * gives it; the focus goes back to where it was.
 */
export class AskDialog extends HTMLElement {
  #title = h('h2', { id: 'ask-title' });
  #text = h('p', { id: 'ask-text' });
  #reason = h('textarea', { id: 'ask-reason', rows: 2, maxlength: LONGEST, 'aria-describedby': 'ask-left' });
  #left = h('p', { id: 'ask-left', class: 'muted' });
  #why = h('div', { class: 'why' }, h('label', { for: 'ask-reason' }, 'Reason (optional)'), this.#reason, this.#left);
  #no = h('button', { type: 'submit', value: 'no', autofocus: true }, 'Cancel');
  #yes = h('button', { type: 'submit', value: 'yes' });
  #dialog = h(
    'dialog',
    { 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-text' },
    h(
      'form',
      { method: 'dialog' },
      this.#title,
      this.#text,
      this.#why,
      h('div', { class: 'actions' }, this.#no, this.#yes),
    ),
  );

  #answer = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#dialog);
    this.#dialog.addEventListener('close', () => this.#settle());
    this.#reason.addEventListener('input', () => this.#count());
  }

  /** Asks; resolves to whether the answer was yes. */
  async ask(question) {
    return (await this.askWhy({ ...question, reason: false })) !== null;
  }

  /**
   * Asks, and for a reason where `reason` is set; resolves to what was written, '' for nothing, and null when the
   * answer was no.
   *
   * @param question {title, text, yes, danger (true unless told), reason}
   */
  askWhy({ title, text, yes, danger = true, reason = true }) {
    this.#settle();
    setText(this.#title, title);
    setText(this.#text, text);
    setText(this.#yes, yes);
    this.#yes.className = danger ? 'danger' : 'primary';
    this.#why.hidden = !reason;
    this.#reason.value = '';
    this.#count();
    this.#dialog.returnValue = 'no';
    this.#dialog.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  /** That a dialog has closed is told a moment later, when the next question may be open already: then it is not its answer. */
  #settle() {
    if (this.#dialog.open) return;
    this.#answer?.(this.#dialog.returnValue === 'yes' ? this.#reason.value.trim() : null);
    this.#answer = null;
  }

  #count() {
    const rest = LONGEST - this.#reason.value.length;
    setText(this.#left, rest > 100 ? `Up to ${LONGEST} characters` : `${rest} of ${LONGEST} characters left`);
  }
}

customElements.define('ask-dialog', AskDialog);

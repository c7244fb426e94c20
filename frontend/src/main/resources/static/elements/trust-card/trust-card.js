import { h, setAttribute, setDisabled, setText } from '../../dom/h.js';
import { TIERS, tierLabel } from '../../model/autonomy.js';
import { progress } from '../../model/progress.js';

/** `<trust-card>`: how far the assistant is trusted; method `show`, event `trust` with {tier} when it is to change. */
export class TrustCard extends HTMLElement {
  #now = h('strong');
  #radios = TIERS.map(({ tier }) =>
    h('input', {
      type: 'radio',
      name: 'trustTier',
      id: `tier-${tier}`,
      value: tier,
      'aria-describedby': `about-${tier}`,
    }),
  );
  #set = h('button', { type: 'submit' }, 'Change level');
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });
  #shown = null;

  connectedCallback() {
    if (this.firstChild) return;
    const choices = TIERS.map(({ tier, label, words }, index) =>
      h(
        'div',
        { class: 'choice' },
        this.#radios[index],
        h('div', {}, h('label', { for: `tier-${tier}` }, label), h('p', { id: `about-${tier}` }, words)),
      ),
    );
    const form = h(
      'form',
      { class: 'card', 'aria-labelledby': 'trust-title' },
      h('h2', { id: 'trust-title' }, 'Level of trust'),
      h(
        'p',
        { class: 'muted' },
        'How much your assistant may do by itself while nothing is paused. It is now at ',
        this.#now,
        '.',
      ),
      h('fieldset', {}, h('legend', { class: 'unseen' }, 'Level of trust'), ...choices),
      h('div', { class: 'actions' }, this.#set),
      this.#note,
      this.#refusal,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('trust', { bubbles: true, detail: { tier: this.#chosen() } }));
    });
    form.addEventListener('change', () => this.#showButtons(false));
    this.append(form);
  }

  /** @param model {tier, command} */
  show({ tier, command }) {
    const { busy, note, refusal } = progress(command);
    if (this.#shown === null || this.#chosen() === this.#shown || !this.#chosen()) this.#choose(tier);
    this.#shown = tier;
    setText(this.#now, tierLabel(tier));
    this.#showButtons(busy);
    setText(this.#note, note);
    setText(this.#refusal, refusal);
  }

  #showButtons(busy) {
    const idle = busy || this.#chosen() === this.#shown;
    setDisabled(this.#set, idle);
    setAttribute(this.#set, 'class', idle ? null : 'primary');
  }

  #choose(tier) {
    for (const radio of this.#radios) radio.checked = radio.value === tier;
  }

  #chosen() {
    return this.#radios.find(({ checked }) => checked)?.value ?? null;
  }
}

customElements.define('trust-card', TrustCard);

import { h, setAttribute, setText } from '../../dom/h.js';
import { TIERS, tierLabel } from '../../model/autonomy.js';

/**
 * `<trust-card>`: how far the assistant is trusted, and the way down to observer; another lever than the pause, and both
 * can be pulled. Method `show`; event `trust` with {tier, demote}.
 */
export class TrustCard extends HTMLElement {
  #now = h('strong');
  #radios = TIERS.map(({ tier }) =>
    h('input', { type: 'radio', name: 'trustTier', id: `tier-${tier}`, value: tier, 'aria-describedby': `about-${tier}` }),
  );
  #set = h('button', { type: 'submit' }, 'Change level');
  #demote = h('button', { type: 'button', onclick: () => this.#tell('observer', true) }, 'Demote to observer…');
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
      h('p', { class: 'muted' }, 'How much your assistant may do by itself while nothing is paused. It is now at ', this.#now, '.'),
      h('fieldset', {}, h('legend', { class: 'unseen' }, 'Level of trust'), ...choices),
      h('div', { class: 'actions' }, this.#set, this.#demote),
      this.#note,
      this.#refusal,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#tell(this.#chosen(), false);
    });
    form.addEventListener('change', () => this.#showButtons(false));
    this.append(form);
  }

  /** @param model {tier, command} */
  show({ tier, command }) {
    const busy = command !== null && command.phase !== 'refused';
    if (this.#shown === null || this.#chosen() === this.#shown || !this.#chosen()) this.#choose(tier);
    this.#shown = tier;
    setText(this.#now, tierLabel(tier));
    this.#showButtons(busy);
    setText(this.#note, command?.phase === 'pending' ? 'It is on its way: it takes a little longer than usual.' : '');
    setText(this.#refusal, command?.phase === 'refused' ? command.message : '');
  }

  #showButtons(busy) {
    this.#set.disabled = busy || this.#chosen() === this.#shown;
    this.#demote.disabled = busy || this.#shown === 'observer';
    setAttribute(this.#set, 'class', this.#set.disabled ? null : 'primary');
  }

  #choose(tier) {
    for (const radio of this.#radios) radio.checked = radio.value === tier;
  }

  #chosen() {
    return this.#radios.find(({ checked }) => checked)?.value ?? null;
  }

  #tell(tier, demote) {
    this.dispatchEvent(new CustomEvent('trust', { bubbles: true, detail: { tier, demote } }));
  }
}

customElements.define('trust-card', TrustCard);

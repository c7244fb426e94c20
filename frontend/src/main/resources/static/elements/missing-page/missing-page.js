import { h } from '../../dom/h.js';

/** `<missing-page>`: that an address leads nowhere; property `dashboard`, as every page has it. */
export class MissingPage extends HTMLElement {
  dashboard;

  connectedCallback() {
    const link = (href, label) => h('a', { href }, label);
    this.append(
      h(
        'div',
        { class: 'headline' },
        h('h1', { tabindex: '-1' }, 'There is no such page'),
        h('p', {}, 'Go to ', link('#/', 'your connections'), ' or ', link('#/approvals', 'what waits for you'), '.'),
      ),
    );
  }
}

customElements.define('missing-page', MissingPage);

import { h, setText } from '../../dom/h.js';
import { entries, ofAnother } from '../../model/timeline.js';
import { formField } from '../form-field/form-field.js';
import '../past-card/past-card.js';
import '../timeline-list/timeline-list.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LINES = 100;

/**
 * `<user-history>`: what one user's history was, for operators and auditors: the latest of the timeline, and how things
 * stood at any time. Property `dashboard`. That somebody asked is noted by the server.
 */
export class UserHistory extends HTMLElement {
  #dashboard;
  #id = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: 36 });
  #field = formField(this.#id, "User's id", 'That you asked is noted.');
  #past = h('past-card');
  #list = h('timeline-list', { grouped: true });
  #none = h('p', { class: 'muted' }, 'Nothing is known of this user.');
  #refused = h('p', { class: 'refused', role: 'alert' });
  #lines = h('div', { class: 'card' }, this.#list, this.#none);
  #found = h('div', { class: 'stack', hidden: true });

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
    this.#past.dashboard = dashboard;
  }

  connectedCallback() {
    if (this.firstChild) return;
    // What befell everybody befell nobody whom there never was.
    this.#past.addEventListener('past', ({ detail }) => (this.#lines.hidden = detail.known === false));
    this.#found.append(this.#past, this.#lines);
    this.append(
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'history-title' },
        h('h2', { id: 'history-title' }, "A user's history"),
        h(
          'form',
          { novalidate: true, onsubmit: (event) => this.#submit(event) },
          this.#field,
          h('button', { type: 'submit' }, 'Show'),
        ),
        this.#refused,
      ),
      this.#found,
    );
  }

  async #submit(event) {
    event.preventDefault();
    const id = this.#id.value.trim();
    this.#field.error = ID.test(id) ? '' : 'This is no id; it looks like 11111111-1111-4111-8111-111111111111.';
    if (!ID.test(id)) return;
    const path = `/api/ops/users/${id}`;
    try {
      const { items } = await this.#dashboard.look(`${path}/timeline?limit=${LINES}`);
      this.#list.entries = ofAnother(entries(items, this.#dashboard.me.connectors));
      this.#none.hidden = items.length > 0;
      this.#past.path = `${path}/past`;
      this.#found.hidden = false;
      setText(this.#refused, '');
    } catch (problem) {
      this.#found.hidden = true;
      setText(this.#refused, problem.message);
    }
  }
}

customElements.define('user-history', UserHistory);

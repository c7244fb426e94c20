import { h, setDisabled, setText } from '../../dom/h.js';
import { entries, ofAnother } from '../../model/timeline.js';
import { formField } from '../form-field/form-field.js';
import '../past-card/past-card.js';
import '../timeline-list/timeline-list.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `<user-history>`: what one user's history was, for operators and auditors: the timeline, and how things stood at any
 * time. Property `dashboard`. That somebody asked is noted by the server.
 */
export class UserHistory extends HTMLElement {
  #dashboard;
  #timeline = null;
  #id = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: 36 });
  #field = formField(this.#id, "User's id", 'That you asked is noted.');
  #past = h('past-card');
  #list = h('timeline-list', { grouped: true });
  #none = h('p', { class: 'muted' }, 'Nothing is known of this user.');
  #older = h('button', { type: 'button', onclick: () => this.#showOlder() }, 'Show older');
  #refused = h('p', { class: 'refused', role: 'alert' });
  #whose = h('code');
  #lines = h('div', { class: 'card' }, this.#list, this.#none, h('div', { class: 'more' }, this.#older));
  #found = h('div', { class: 'stack', hidden: true });

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
    this.#past.dashboard = dashboard;
  }

  connectedCallback() {
    if (this.firstChild) return;
    // What befell everybody befell nobody whom there never was.
    this.#past.addEventListener('past', ({ detail }) => (this.#lines.hidden = detail.known === false));
    this.#found.append(h('h2', {}, 'User ', this.#whose), this.#past, this.#lines);
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
    const timeline = this.#dashboard.timelineAt(`${path}/timeline`);
    this.#timeline = timeline;
    const problem = await problemOf(timeline.catchUp());
    if (timeline !== this.#timeline) return; // somebody else was asked about meanwhile
    setText(this.#refused, problem);
    this.#found.hidden = problem !== '';
    if (problem !== '') return;
    setText(this.#whose, id);
    this.#past.path = `${path}/past`;
    this.#show();
  }

  async #showOlder() {
    const timeline = this.#timeline;
    setDisabled(this.#older, true);
    const problem = await problemOf(timeline.older());
    setDisabled(this.#older, false);
    if (timeline !== this.#timeline) return;
    setText(this.#refused, problem);
    this.#show();
  }

  #show() {
    const { items, complete } = this.#timeline;
    this.#list.entries = ofAnother(entries(items, this.#dashboard.me.connectors, complete));
    this.#none.hidden = items.length > 0;
    this.#older.hidden = complete;
  }
}

/** Why a reading failed, in words; empty where it did not. */
function problemOf(reading) {
  return reading.then(() => '', ({ message }) => message);
}

customElements.define('user-history', UserHistory);

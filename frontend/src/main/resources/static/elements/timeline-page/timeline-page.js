import { h, setDisabled, setText } from '../../dom/h.js';
import { areWhole } from '../../model/timeline.js';
import '../past-card/past-card.js';
import '../timeline-list/timeline-list.js';

/** How many entries are shown at first, and more with each click. */
const STEP = 50;

/** `<timeline-page>`: all that ever happened to the user's connections; property `dashboard`. */
export class TimelinePage extends HTMLElement {
  #dashboard;
  #shown = STEP;
  #past = h('past-card');
  #list = h('timeline-list', { grouped: true });
  #problem = h('p', { class: 'refused', role: 'alert' });
  #empty = h('p', { class: 'muted', hidden: true }, 'Nothing has happened yet.');
  #older = h('button', { type: 'button', hidden: true, onclick: () => this.#showOlder() }, 'Show older');
  #refused = h('p', { class: 'refused', role: 'alert' });
  #render = () => this.#show();

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  connectedCallback() {
    this.#past.dashboard = this.#dashboard;
    this.#past.path = `/api/users/${this.#dashboard.me.userId}/past`;
    this.append(
      h(
        'div',
        { class: 'headline' },
        h('h1', { tabindex: '-1' }, 'Timeline'),
        h('p', {}, 'What happened to your connections and what your assistant did, newest first.'),
      ),
      h('div', { class: 'stack' }, this.#past, h('div', { class: 'card' }, this.#problem, this.#list, this.#empty)),
      h('div', { class: 'more' }, this.#older, this.#refused),
    );
    this.#dashboard.addEventListener('change', this.#render);
    this.#show();
  }

  disconnectedCallback() {
    this.#dashboard.removeEventListener('change', this.#render);
  }

  #show() {
    const { timeline } = this.#dashboard;
    const all = this.#dashboard.entries;
    setText(this.#problem, timeline.problem ?? '');
    this.#list.entries = all.slice(0, this.#shown);
    this.#empty.hidden = !timeline.loaded || all.length > 0;
    this.#older.hidden = !timeline.loaded || (timeline.complete && all.length <= this.#shown);
  }

  async #showOlder() {
    setDisabled(this.#older, true);
    this.#refused.textContent = '';
    try {
      this.#shown += STEP;
      const { timeline } = this.#dashboard;
      const enough = () => timeline.complete || areWhole(this.#dashboard.entries, this.#shown + 1);
      while (!enough()) await this.#dashboard.olderTimeline();
    } catch (problem) {
      this.#refused.textContent = problem.message;
    }
    setDisabled(this.#older, false);
    this.#show();
  }
}

customElements.define('timeline-page', TimelinePage);

import { clock } from '../../dom/clock.js';
import { h, setText } from '../../dom/h.js';
import { SPANS, pastLines } from '../../model/past.js';
import { whenWords } from '../../model/time.js';
import { formField } from '../form-field/form-field.js';

const STEPS = 1000;

/** For how long the slider must stand still before it is asked what was so then. */
const SETTLED = 200;

/**
 * `<past-card>`: how things stood at an earlier time, by a slider. Properties `dashboard` and `path`, the address that
 * tells, or null for nobody's. Event `past` with what was told.
 */
export class PastCard extends HTMLElement {
  #dashboard;
  #path = null;
  #asked = 0;
  #settling = null;
  #end = clock.now();
  #span = h('select', {}, ...SPANS.map(({ label }, index) => h('option', { value: index }, label)));
  #slider = h('input', { type: 'range', min: 0, max: STEPS, value: STEPS, step: 1 });
  #at = h('p', { class: 'at', role: 'status' });
  #list = h('ul');
  #refused = h('p', { class: 'refused', role: 'alert' });

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  set path(path) {
    if (path === this.#path) return;
    this.#path = path;
    this.#begin();
  }

  connectedCallback() {
    if (this.firstChild) return;
    this.#span.addEventListener('change', () => this.#begin());
    this.#slider.addEventListener('input', () => this.#moved());
    this.append(
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'past-title' },
        h('h2', { id: 'past-title' }, 'As it was'),
        h('p', { class: 'muted' }, 'How everything stood at an earlier time, and what the screen said then.'),
        h(
          'div',
          { class: 'when' },
          formField(this.#span, 'Look back over'),
          formField(this.#slider, 'The time'),
        ),
        this.#at,
        this.#list,
        this.#refused,
      ),
    );
    this.#begin();
  }

  disconnectedCallback() {
    clearTimeout(this.#settling);
  }

  #begin() {
    this.#end = clock.now();
    this.#slider.value = STEPS;
    this.#moved();
  }

  #moved() {
    const span = SPANS[this.#span.value].milliseconds;
    const at = Math.round(this.#end - span * (1 - this.#slider.value / STEPS));
    setText(this.#at, whenWords(at, clock.now()));
    this.#slider.setAttribute('aria-valuetext', this.#at.textContent);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#ask(at), SETTLED);
  }

  async #ask(at) {
    if (this.#path === null || !this.isConnected) return;
    const asked = ++this.#asked;
    try {
      const past = await this.#dashboard.look(`${this.#path}?at=${encodeURIComponent(new Date(at).toISOString())}`);
      if (asked !== this.#asked) return; // the slider has moved on
      setText(this.#refused, '');
      this.dispatchEvent(new CustomEvent('past', { detail: past }));
      this.#list.replaceChildren(...pastLines(past, this.#dashboard.me.connectors, clock.now()).map(line));
    } catch (problem) {
      if (asked !== this.#asked) return;
      this.#list.replaceChildren();
      setText(this.#refused, problem.message);
    }
  }
}

function line({ text, tone, detail }) {
  return h(
    'li',
    { class: tone },
    h('i', { class: 'dot', 'aria-hidden': 'true' }),
    h('div', {}, text, detail && h('p', { class: 'muted' }, detail)),
  );
}

customElements.define('past-card', PastCard);

import { clock } from '../../dom/clock.js';
import { h, keyed, setAttribute, setText, steady } from '../../dom/h.js';
import { headline } from '../../model/headline.js';
import { labelOf } from '../../model/names.js';
import { strip } from '../../model/strip.js';
import { LOST } from '../../net/live.js';
import { LATEST } from '../../state/dashboard.js';
import '../autonomy-card/autonomy-card.js';
import '../connector-card/connector-card.js';
import '../relative-time/relative-time.js';
import '../timeline-list/timeline-list.js';

/** `<overview-page>`: how everything is, in one sentence and in a card a connector; property `dashboard`. */
export class OverviewPage extends HTMLElement {
  #dashboard;
  #stops = [];
  #settings;
  #title = h('h1', { tabindex: '-1' }, 'Your connections');
  #detail = h('span');
  #fresh = h('span', {}, h('span'), h('relative-time'), '.');
  #cards = steady(h('div', { class: 'stack' }));
  #autonomy = h('autonomy-card');
  #latest = h('timeline-list');
  #problem = h('p', { class: 'refused', role: 'alert' });
  #nothing = h('p', { class: 'muted', hidden: true }, 'Nothing has happened yet.');
  #all = h('p', { class: 'all', hidden: true }, h('a', { href: '#/timeline' }, 'The whole timeline'));
  #render = () => this.#show();

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  connectedCallback() {
    this.#fresh.hidden = true;
    this.toggleAttribute('loading', true);
    this.#cards.append(...[1, 2].map(() => h('div', { class: 'card skeleton', 'aria-hidden': 'true' })));
    this.append(
      h('div', { class: 'headline' }, this.#title, h('p', {}, this.#detail, ' ', this.#fresh)),
      this.#cards,
      h(
        'aside',
        { class: 'stack', 'aria-label': 'Auto-execution and latest' },
        this.#autonomy,
        h(
          'section',
          { class: 'card latest' },
          h('h2', {}, 'Timeline'),
          this.#problem,
          this.#latest,
          this.#nothing,
          this.#all,
        ),
      ),
    );
    this.#dashboard.addEventListener('change', this.#render);
    const settings = this.#dashboard.watch(`/api/users/${this.#dashboard.me.userId}/autonomy-settings`);
    this.#settings = settings.resource;
    this.#stops = [settings.stop, clock.everySecond(this.#render)];
    this.#show();
  }

  disconnectedCallback() {
    this.#dashboard.removeEventListener('change', this.#render);
    this.#stops.forEach((stop) => stop());
  }

  #show() {
    const now = clock.now();
    if (this.#dashboard.connectors !== null) {
      const known = this.#dashboard.knownAt(now);
      this.removeAttribute('loading');
      this.#showHeadline(known);
      this.#showCards(known, now);
      const { value, problem } = this.#settings;
      this.#autonomy.show(this.#dashboard.autonomy, problem === null ? value : null);
      this.#showLatest();
    } else if (this.#dashboard.link === LOST) {
      this.removeAttribute('loading');
      setText(this.#title, 'We do not know how your connections are');
    }
  }

  #showLatest() {
    const { timeline } = this.#dashboard;
    const latest = this.#dashboard.entries.slice(0, LATEST);
    this.#latest.entries = latest;
    setText(this.#problem, timeline.problem ?? '');
    this.#nothing.hidden = !timeline.loaded || latest.length > 0;
    this.#all.hidden = latest.length === 0;
  }

  #showHeadline(known) {
    const { connectors, me, asOf } = this.#dashboard;
    const rows = Object.entries(connectors);
    const labelled = rows.map(([name, { condition, errorCode }]) => {
      return { label: labelOf(name, me.connectors), condition, errorCode };
    });
    const { text, detail } = headline(labelled, known);
    setText(this.#title, text);
    setText(this.#detail, detail);
    this.#fresh.hidden = asOf === null;
    setText(this.#fresh.firstElementChild, known ? 'Checked ' : 'Last checked ');
    setAttribute(this.#fresh.querySelector('relative-time'), 'at', asOf && new Date(asOf).toISOString());
  }

  #showCards(known, now) {
    this.#cards.querySelectorAll('.skeleton').forEach((skeleton) => skeleton.remove());
    const models = this.#names().map((name) => this.#model(name, known, now));
    const update = (card, model) => card.show(model);
    keyed(this.#cards, models, (model) => model.name, () => h('connector-card'), update);
  }

  /** What is connected, then what could be; each in the order of the catalogue. */
  #names() {
    const { connectors, me } = this.#dashboard;
    const offered = me.connectors.map((entry) => entry.name);
    const unlisted = Object.keys(connectors).filter((name) => !offered.includes(name));
    const all = [...offered, ...unlisted];
    return [...all.filter((name) => name in connectors), ...all.filter((name) => !(name in connectors))];
  }

  #model(name, known, now) {
    const { connectors, me, asOf, commands } = this.#dashboard;
    const row = Object.hasOwn(connectors, name) ? connectors[name] : null;
    const first = this.#names().find((other) => connectors[other]?.account === row?.account);
    return {
      name,
      label: labelOf(name, me.connectors),
      row,
      sameAccount: Boolean(row?.account) && first !== name,
      known,
      asOf,
      history: row && this.#history(name, known, now),
      command: commands.get(name) ?? null,
      now,
    };
  }

  #history(name, known, now) {
    const { connectorHistory: history, asOf } = this.#dashboard;
    // What it does not tell at the moment is not drawn as if nothing had happened.
    if (!history.loaded || history.problem !== null) return null;
    const knownUntil = known ? now : (asOf ?? 0);
    return strip(history.items, name, { complete: history.complete, knownUntil, now });
  }
}

customElements.define('overview-page', OverviewPage);

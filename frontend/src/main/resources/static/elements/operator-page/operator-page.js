import { clock } from '../../dom/clock.js';
import { h, keyed, setAttribute, setText } from '../../dom/h.js';
import {
  asOfWords,
  behindWords,
  conditionTable,
  differingWords,
  withheldWords,
  partWords,
  projectionWords,
  remedyWords,
  verificationWords,
} from '../../model/fleet.js';
import { clockTime, counted, instant } from '../../model/time.js';
import '../operator-pauses/operator-pauses.js';
import '../user-history/user-history.js';

const KEY = 'operator:pause';

/** `<operator-page>`: how the whole is, and the brakes for everybody; for operators. Property `dashboard`. */
export class OperatorPage extends HTMLElement {
  #dashboard;
  #fleet;
  #stops = [];
  #pauses = h('operator-pauses');
  #fresh = h('p', {}, ' ');
  #problem = h('p', { class: 'refused', role: 'alert' });
  #conditions = scrolling('Connectors by condition and provider');
  #codes = scrolling('Error codes');
  #lag = h('dl');
  #proven = h('p');
  #differing = h('ul');
  #unreadable = h('ul');
  #unread = card('Commands that can not be read', this.#unreadable);
  #rest = h('div', { class: 'stack', hidden: true });
  #history = h('user-history');
  #render = () => this.#show();

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  connectedCallback() {
    this.#history.dashboard = this.#dashboard;
    const { resource, stop } = this.#dashboard.watch('/api/ops/fleet');
    this.#fleet = resource;
    this.#rest.append(
      this.#unread,
      card('Connectors', this.#conditions),
      card('Error codes', this.#codes),
      card('How far behind', this.#lag),
      card('Proven by the log', this.#proven, this.#differing),
    );
    this.append(
      h('div', { class: 'headline' }, h('h1', { tabindex: '-1' }, 'Operator'), this.#fresh),
      this.#problem,
      h('div', { class: 'stack' }, this.#pauses, this.#rest, this.#history),
    );
    this.addEventListener('operator-pause', ({ detail }) => this.#pause(detail.scope));
    this.addEventListener('operator-resume', ({ detail }) => this.#resume(detail.pause));
    this.#dashboard.addEventListener('change', this.#render);
    this.#stops = [stop, clock.everySecond(this.#render)];
    this.#show();
  }

  disconnectedCallback() {
    this.#dashboard.removeEventListener('change', this.#render);
    this.#stops.forEach((stop) => stop());
    if (this.#dashboard.commands.get(KEY)?.phase === 'refused') this.#dashboard.dismiss(KEY);
  }

  #show() {
    const fleet = this.#fleet.value;
    const asOf = instant(fleet?.asOf);
    const { commands, me } = this.#dashboard;
    setText(this.#problem, this.#fleet.problem ?? '');
    // The brake does not depend on what all the others are counted by.
    this.#pauses.show({
      pauses: fleet?.pauses ?? [],
      asOf,
      connectors: me.connectors,
      command: commands.get(KEY) ?? null,
      readOnly: this.#readOnly,
    });
    if (fleet === null) return;
    this.#rest.hidden = false;
    const counts = `${counted(fleet.users, 'user')}, ${counted(total(fleet), 'connector')}`;
    setText(this.#fresh, `${counts}, ${asOfWords(asOf, clock.now())}.`);
    this.#showConditions(fleet);
    this.#showCodes(fleet);
    this.#showLag(fleet);
    this.#showProven(fleet);
    this.#showUnreadable(fleet.unreadable ?? []);
  }

  /** An auditor changes nothing. */
  get #readOnly() {
    return (this.#dashboard.me.roles ?? []).includes('auditor');
  }

  #showConditions({ connectors }) {
    const { providers, rows } = conditionTable(connectors);
    const several = providers.length > 1;
    table(
      this.#conditions,
      ['Condition', ...providers, ...(several ? ['All'] : [])],
      rows.map(({ words, tone, counts, total: all }) => [pill(words, tone), ...counts, ...(several ? [all] : [])]),
      'Nobody has connected anything yet.',
    );
  }

  #showCodes({ errorCodes }) {
    const rows = errorCodes.map((row) => [
      h('div', {}, h('code', {}, row.errorCode), h('p', {}, remedyWords(row))),
      row.provider,
      row.count,
    ]);
    table(this.#codes, ['Error code, and what to do', 'Provider', 'Connectors'], rows, 'There are none.');
  }

  #showLag({ now: told, lag }) {
    const now = instant(told);
    const due = instant(lag.pollers.oldestDueBy);
    const overdue = lag.pollers.overdue;
    const late = `${overdue} overdue, ${behindWords(lag.pollers.oldestDueBy, now)}`;
    const pollers = overdue === 0 ? 'nothing overdue' : late;
    const lines = [
      { name: 'Pollers', words: pollers, wrong: due !== null && overdue > 0 },
      ...lag.projector.map(({ projection, caughtUpAt }) => ({
        name: `Projector: ${projectionWords(projection)}`,
        words: behindWords(caughtUpAt, now),
        wrong: instant(caughtUpAt) === null || now - instant(caughtUpAt) > 10_000,
      })),
    ];
    const make = ({ name }) => h('div', {}, h('dt', {}, name), h('dd'));
    keyed(this.#lag, lines, ({ name }) => name, make, (line, { words, wrong }) => {
      setText(line.lastChild, words);
      setAttribute(line, 'class', wrong && 'wrong');
    });
  }

  #showProven({ now, verification }) {
    const { words, wrong } = verificationWords(verification, instant(now));
    setText(this.#proven, words);
    setAttribute(this.#proven, 'class', wrong ? 'refused' : 'muted');
    const make = (differing) => {
      const { row, more } = differingWords(differing);
      return h('li', {}, h('p', {}, row, ' ', h('code', {}, more)));
    };
    const rows = verification?.first ?? [];
    this.#differing.hidden = rows.length === 0;
    keyed(this.#differing, rows, ({ table, key }) => `${table} ${key}`, make, () => {});
  }

  #showUnreadable(records) {
    this.#unread.hidden = records.length === 0;
    const key = ({ source }) => `${source.topic} ${source.partition} ${source.offset}`;
    const make = (record) =>
      h(
        'li',
        {},
        h('p', {}, h('code', {}, key(record)), ' ', h('span', { class: 'muted' })),
        h('button', { type: 'button', onclick: () => this.#resolve(record) }, 'Resolve…'),
      );
    keyed(this.#unreadable, records, key, make, (item, record) => {
      const { at } = record;
      item.querySelector('button').hidden = this.#readOnly;
      const who = withheldWords(record);
      const when = instant(at) === null ? '' : ` Since ${clockTime(instant(at), clock.now())}.`;
      setText(item.querySelector('.muted'), who + when);
    });
  }

  #pause(scope) {
    this.#ask(
      {
        title: `Pause ${whom(scope)}?`,
        text:
          `Nothing ${partWords(scope) === null ? '' : 'of it '}is done by itself any more, also what was decided and has not ` +
          'begun. It waits for approval, and everybody is told, with the reason.' +
          asWritten(scope),
        yes: 'Pause',
        reason: true,
      },
      (reason) => this.#put({ paused: true, scope, ...(reason ? { reason } : {}) }),
    );
  }

  #resume({ scope, version }) {
    this.#ask(
      {
        title: `Resume ${whom(scope)}?`,
        text: 'What waits for this alone is judged again, and what is allowed is done.',
        yes: 'Resume',
        danger: false,
      },
      () => this.#put({ paused: false, scope, version }),
    );
  }

  #put(body) {
    return this.#dashboard.carryOut(KEY, 'save', { method: 'PUT', path: '/api/ops/autonomy-pause', body });
  }

  #resolve({ source }) {
    const body = { source };
    this.#ask(
      {
        title: 'Has it been looked into?',
        text: 'It withholds nothing any more. What it asked for is not carried out; have it asked for again.',
        yes: 'Resolve',
      },
      () => this.#dashboard.carryOut(KEY, 'save', { method: 'POST', path: '/api/ops/unreadable/resolve', body }),
    );
  }

  #ask(question, then) {
    this.dispatchEvent(new CustomEvent('ask', { bubbles: true, detail: { question, then } }));
  }
}

function whom(scope) {
  return partWords(scope) ?? 'everybody';
}

/** A name that was mistyped holds back nothing, and nobody else can tell. */
function asWritten({ value }) {
  return value ? ` What is not called “${value}” goes on.` : '';
}

function card(title, ...content) {
  return h('section', { class: 'card' }, h('h2', {}, title), ...content);
}

/** A table may be wider than a telephone: then it is scrolled by itself, also with the keyboard. */
function scrolling(name) {
  return h('div', { class: 'scrolling', role: 'region', tabindex: '0', 'aria-label': name });
}

function table(place, heads, rows, none) {
  const drawing = JSON.stringify([heads, rows.map((row) => row.map((cell) => cell.textContent ?? cell))]);
  if (place.dataset.drawn === drawing) return;
  place.dataset.drawn = drawing;
  const head = h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)));
  const body = rows.map(([first, ...rest]) =>
    h('tr', {}, h('th', { scope: 'row' }, first), ...rest.map((cell) => h('td', {}, String(cell)))),
  );
  const made = h('table', {}, h('thead', {}, head), h('tbody', {}, ...body));
  place.replaceChildren(rows.length === 0 ? h('p', { class: 'muted' }, none) : made);
}

function pill(words, tone) {
  return h('span', { class: `pill ${tone}` }, h('i', { class: 'dot', 'aria-hidden': 'true' }), words);
}

function total({ connectors }) {
  return connectors.reduce((all, { count }) => all + count, 0);
}

customElements.define('operator-page', OperatorPage);

import { h, keyed, setAttribute, setDisabled, setText, steady } from '../../dom/h.js';
import { describe, meaning } from '../../model/condition.js';
import { monogram } from '../../model/names.js';
import { progress } from '../../model/progress.js';
import { interruptionSentence, stripSentence } from '../../model/strip.js';
import { clockTime, instant } from '../../model/time.js';
import '../health-strip/health-strip.js';
import '../relative-time/relative-time.js';

/** What a button says while its command is on its way. */
const UNDER_WAY = { disable: 'Disabling…', enable: 'Enabling…', remove: 'Removing…' };

/**
 * `<connector-card>`: one connector, connected or to be had; method `show`. Events `command` with {verb, name, label}
 * when the user asks for a change, `dismiss` with {name} when he has read a refusal.
 */
export class ConnectorCard extends HTMLElement {
  #model;
  #title = h('h2');
  #account = h('span', { class: 'muted' });
  #mono = h('span', { class: 'mono', 'aria-hidden': 'true' });
  #words = h('span');
  #pill = h('span', { class: 'pill' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), this.#words);
  #meaning = h('p', { class: 'meaning' });
  #strip = h('health-strip');
  #history = h('div', { class: 'history' }, this.#strip, ends());
  #read = h('p', { class: 'muted read' }, h('span'), h('relative-time'), h('span'));
  #code = h('code');
  #detail = h('details', {}, h('summary', {}, 'Detail'), h('p', {}, this.#code, h('span')));
  #actions = steady(h('div', { class: 'actions' }));
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });
  #article = h(
    'article',
    { class: 'card' },
    h('div', { class: 'row' }, this.#mono, h('div', { class: 'who' }, this.#title, this.#account), this.#pill),
    this.#meaning,
    this.#history,
    h('div', { class: 'foot' }, this.#read, this.#actions),
    this.#detail,
    this.#note,
    this.#refusal,
  );

  connectedCallback() {
    if (!this.firstChild) this.append(this.#article);
  }

  /**
   * @param model {name, label, row (null: not connected), sameAccount, known, asOf, history (null: not read yet),
   *   command (null: none), now}
   */
  show(model) {
    this.#model = model;
    const { name, label, row } = model;
    const id = `connector-${name}`;
    setAttribute(this.#title, 'id', id);
    setAttribute(this.#article, 'aria-labelledby', id);
    setText(this.#title, label);
    setText(this.#mono, monogram(label));
    if (row === null) this.#showOffer();
    else this.#showRow();
    this.#showActions();
    this.#showCommand();
  }

  /** Puts the focus on the first of what can be asked for. */
  focus() {
    this.#actions.querySelector('button')?.focus();
  }

  #showOffer() {
    setAttribute(this.#article, 'class', 'card offer');
    const { known, asOf, now } = this.#model;
    setText(this.#account, known ? 'Not connected' : unknownSince(asOf, now));
    for (const part of [this.#pill, this.#meaning, this.#history, this.#read, this.#detail]) part.hidden = true;
  }

  #showRow() {
    const { row, known, asOf, sameAccount, now } = this.#model;
    const { words, tone } = describe(row.condition);
    const shown = known ? tone : 'grey';
    setAttribute(this.#article, 'class', `card ${shown}`);
    setText(this.#account, [row.account, sameAccount && 'same account'].filter(Boolean).join(' · '));
    setAttribute(this.#pill, 'class', `pill ${shown}`);
    setText(this.#words, this.#unknown() ? unknownSince(known ? instant(row.lastSuccessAt) : asOf, now) : words);
    setText(this.#meaning, known ? meaning(row) : `It was last seen as: ${words}.`);
    this.#pill.hidden = false;
    this.#meaning.hidden = this.#meaning.textContent === '';
    this.#history.hidden = false;
    this.#showRead();
    this.#showHistory();
    this.#showDetail();
  }

  #unknown() {
    return !this.#model.known || describe(this.#model.row.condition) === describe('stale');
  }

  #showRead() {
    const { row, now, history, known } = this.#model;
    const [before, ago, after] = this.#read.children;
    const at = instant(row.lastSuccessAt);
    const recent = known && row.condition === 'ok';
    this.#read.hidden = false;
    setText(before, at === null ? 'Not read yet' : recent ? 'Read ' : `Last read ${clockTime(at, now)}, `);
    setAttribute(ago, 'at', row.lastSuccessAt);
    setText(after, history ? ` · ${interruptionSentence(history, now)}` : '');
  }

  #showHistory() {
    const { history, now } = this.#model;
    if (history) this.#strip.show(history.days, stripSentence(history, now), now);
  }

  #showDetail() {
    const { row, now } = this.#model;
    this.#detail.hidden = !row.errorCode || row.condition === 'ok';
    setText(this.#code, row.errorCode ?? '');
    const at = instant(row.lastFailureAt);
    setText(this.#code.nextElementSibling, at === null ? '' : ` · last failure ${clockTime(at, now)}`);
  }

  #showActions() {
    const { command } = this.#model;
    const { busy } = progress(command);
    const update = (control, action) => {
      const mine = busy && command.verb === action.verb;
      setText(control, mine ? UNDER_WAY[action.verb] : action.text);
      if (action.verb) setDisabled(control, busy);
    };
    keyed(this.#actions, this.#available(), (action) => action.text, (action) => this.#control(action), update);
    setAttribute(this.#article, 'aria-busy', busy && 'true');
  }

  #available() {
    const { name, row } = this.#model;
    const consent = (text) => ({ text, href: `/connect/${encodeURIComponent(name)}`, look: 'primary' });
    if (row === null) return [consent('Connect')];
    const enable = { verb: 'enable', text: 'Enable' };
    const disable = { verb: 'disable', text: 'Disable', look: 'quiet' };
    const toggle = row.condition === 'disabled' ? enable : disable;
    const remove = { verb: 'remove', text: 'Remove…', look: 'quiet' };
    return row.condition === 'needs_reauth' ? [consent('Reconnect'), toggle, remove] : [toggle, remove];
  }

  #control({ verb, href, text, look }) {
    const { name, label } = this.#model;
    const spoken = `${text.replace('…', '')} ${label}`;
    if (href) return h('a', { class: `button ${look}`, href, 'aria-label': spoken }, text);
    const ask = () => this.dispatchEvent(new CustomEvent('command', { bubbles: true, detail: { verb, name, label } }));
    return h('button', { type: 'button', class: look, 'aria-label': spoken, onclick: ask }, text);
  }

  #showCommand() {
    const { note, refusal } = progress(this.#model.command);
    setText(this.#note, note);
    setText(this.#refusal, refusal);
  }
}

function ends() {
  return h('div', { class: 'ends', 'aria-hidden': 'true' }, h('span', {}, '30 days ago'), h('span', {}, 'today'));
}

function unknownSince(at, now) {
  return at === null ? 'Unknown' : `Unknown since ${clockTime(at, now)}`;
}

customElements.define('connector-card', ConnectorCard);

import { clock } from '../../dom/clock.js';
import { h, setAttribute, setDisabled, setText } from '../../dom/h.js';
import {
  dimensionRows,
  isGrave,
  mainReason,
  originWords,
  otherReasons,
  parameterRows,
  reasonWords,
  riskWords,
} from '../../model/approval.js';
import { costWords } from '../../model/money.js';
import { labelOf } from '../../model/names.js';
import { progress } from '../../model/progress.js';
import { clockTime, instant } from '../../model/time.js';
import '../relative-time/relative-time.js';

/**
 * `<approval-card>`: one action that waits for the user; method `show`. Events `approve`, `reject` and `withdraw` (the
 * first of two confirmations) with {approval}.
 */
export class ApprovalCard extends HTMLElement {
  #approval = null;
  #timer = null;
  #asked = false;
  #title = h('h2', { tabindex: '-1' });
  #risk = h('span');
  #pill = h('span', { class: 'pill' }, h('i', { class: 'dot', 'aria-hidden': 'true' }), this.#risk);
  #where = h('span', { class: 'muted' });
  #why = h('p', { class: 'why' });
  #also = h('p', { class: 'muted also' });
  #facts = h('p', { class: 'muted facts' });
  #left = h('relative-time', { until: true });
  #until = h('p', { class: 'muted until' }, h('span'), this.#left, '.');
  #groups = { does: group('What it does'), risk: group('How risky'), why: group('Why it waits') };
  #exactly = h('dl', { class: 'exactly' });
  #detail = h('details', {}, h('summary', {}, 'Detail'), ...Object.values(this.#groups));
  #confirm = h('p', { class: 'confirm', role: 'status' });
  #approve = h('button', { type: 'button', onclick: () => this.#tell('approve') });
  #second = h('button', { type: 'button', class: 'danger', onclick: () => this.#tell('approve') });
  #withdraw = h('button', { type: 'button', class: 'quiet', onclick: () => this.#tell('withdraw') }, 'Not now');
  #reject = h('button', { type: 'button', onclick: () => this.#tell('reject') });
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });
  #article = h(
    'article',
    { class: 'card' },
    h('div', { class: 'row' }, h('div', { class: 'what' }, this.#title, this.#where), this.#pill),
    this.#why,
    this.#also,
    this.#facts,
    this.#exactly,
    this.#until,
    this.#confirm,
    h('div', { class: 'actions' }, this.#approve, this.#second, this.#reject, this.#withdraw),
    this.#note,
    this.#refusal,
    this.#detail,
  );

  connectedCallback() {
    if (!this.firstChild) this.append(this.#article);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  /** @param model {approval, catalogue, confirmation (null: the first has not been given), command (null: none)} */
  show({ approval, catalogue, confirmation, command }) {
    // What it does may be long, and is shown every second: what was read once is told once.
    if (approval !== this.#approval) this.#tellAll(approval, catalogue);
    setAttribute(this.#article, 'class', `card ${confirmation ? 'red' : ''}`);
    const expires = instant(approval.expiresAt);
    setText(this.#until.firstElementChild, expires === null ? '' : `Until ${clockTime(expires, clock.now())}, `);
    // Who is to read it once more must not have to look for it.
    if (confirmation !== null && !this.#asked) this.#detail.open = true;
    this.#asked = confirmation !== null;
    this.#showButtons(confirmation, command);
  }

  #tellAll(approval, catalogue) {
    this.#approval = approval;
    const { action } = approval;
    const { words, tone } = riskWords(action.risk, approval.confirmationLevel);
    const id = `approval-${approval.approvalId}`;
    setAttribute(this.#title, 'id', id);
    setAttribute(this.#article, 'aria-labelledby', id);
    setText(this.#title, action.description.trim() || action.actionType);
    const connector = action.connector && labelOf(action.connector, catalogue);
    setText(this.#where, [action.domain, connector].filter(Boolean).join(' · '));
    setText(this.#risk, words);
    setAttribute(this.#pill, 'class', `pill ${tone}`);
    const why = mainReason(approval, catalogue);
    setText(this.#why, why);
    const others = otherReasons(approval, catalogue);
    setText(this.#also, others && `Also: ${others}`);
    setText(this.#facts, facts(approval).filter((fact) => fact !== why).join(' '));
    setAttribute(this.#left, 'at', approval.expiresAt);
    this.#until.hidden = instant(approval.expiresAt) === null;
    const exactly = isGrave(approval) ? parameterRows(action) : [];
    this.#exactly.hidden = exactly.length === 0;
    list(this.#exactly, exactly);
    this.#showDetail(catalogue);
  }

  /** Puts the focus on what it is about: the button that had it is gone. */
  focus() {
    this.#title.focus();
  }

  #showButtons(confirmation, command) {
    const { busy, note, refusal } = progress(command);
    const dual = this.#approval.confirmationLevel === 'dual';
    const name = this.#title.textContent;
    setText(this.#approve, dual ? 'Approve…' : 'Approve');
    setAttribute(this.#approve, 'class', dual ? null : 'primary');
    setText(this.#second, 'Yes, do it');
    setText(this.#reject, 'Reject');
    const spoken = [[this.#approve, 'Approve'], [this.#second, 'Yes, do it'], [this.#reject, 'Reject']];
    for (const [button, verb] of spoken) setAttribute(button, 'aria-label', `${verb}: ${name}`);
    this.#approve.hidden = confirmation !== null;
    this.#second.hidden = this.#withdraw.hidden = confirmation === null;
    for (const button of [this.#approve, this.#reject, this.#withdraw]) setDisabled(button, busy);
    this.#showSecond(confirmation, busy);
    setAttribute(this.#article, 'aria-busy', busy && 'true');
    setText(this.#note, note);
    setText(this.#refusal, refusal);
  }

  /** The second confirmation is possible from its instant on, by the server's clock, and not a tick later. */
  #showSecond(confirmation, busy) {
    clearTimeout(this.#timer);
    const wait = confirmation === null ? 0 : (instant(confirmation.notBefore) ?? 0) - clock.now();
    setText(this.#confirm, confirmation === null ? '' : confirmWords(wait));
    if (confirmation === null) return;
    setDisabled(this.#second, busy || wait > 0);
    if (wait > 0) this.#timer = setTimeout(() => this.#showSecond(confirmation, busy), Math.min(wait + 20, 60_000));
  }

  #showDetail(catalogue) {
    const { action, findings } = this.#approval;
    const against = findings.filter(({ effect }) => effect !== 'allow');
    const why = (finding) => [
      reasonWords(finding, action, catalogue),
      [finding.code, finding.detail].filter(Boolean).join(': '),
    ];
    const rows = {
      does: [['Kind of action', action.actionType], ...parameterRows(action)],
      risk: dimensionRows(action.risk),
      why: against.map(why),
    };
    for (const [name, place] of Object.entries(this.#groups)) {
      place.hidden = rows[name].length === 0;
      list(place.lastChild, rows[name]);
    }
  }

  #tell(event) {
    this.dispatchEvent(new CustomEvent(event, { bubbles: true, detail: { approval: this.#approval } }));
  }
}

/** A part of the detail, whose list is filled later. */
function group(title) {
  return h('section', {}, h('h3', {}, title), h('dl'));
}

/** Makes a list of names and values; one that stays as it was is not touched, for somebody may be reading it. */
function list(place, rows) {
  const drawing = JSON.stringify(rows);
  if (place.dataset.drawn === drawing) return;
  place.dataset.drawn = drawing;
  place.replaceChildren(
    ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, h('code', {}, value)))),
  );
}

/** What is to be done before the second confirmation, for which a button opens after so long. */
function confirmWords(wait) {
  return wait > 0
    ? 'This is dangerous. Read once more what it is: the button opens in a moment.'
    : 'This is dangerous. Read once more what it is, then confirm.';
}

/** What nobody but the assistant says is told as that where it matters most. */
function facts({ action: { reversible, estimatedCostCents, provenance }, confirmationLevel }) {
  const can = confirmationLevel === 'dual' ? 'It is said that it can be undone.' : 'It can be undone.';
  const undone = reversible ? can : 'It can not be undone.';
  return [undone, costWords(estimatedCostCents), originWords(provenance)];
}

customElements.define('approval-card', ApprovalCard);

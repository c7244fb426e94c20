import { clock } from '../../dom/clock.js';
import { h, keyed, setText, steady } from '../../dom/h.js';
import { waitedWords, waitingWords } from '../../model/autonomy.js';
import '../approval-card/approval-card.js';

/** `<approvals-page>`: what the assistant wants to do and waits for; property `dashboard`. */
export class ApprovalsPage extends HTMLElement {
  #dashboard;
  #stops = [];
  #refused = null;
  #count = h('p', {}, ' ');
  #list = steady(h('div', { class: 'stack' }));
  #empty = h('p', { class: 'card muted', hidden: true }, 'When your assistant needs you, it is told here.');
  #more = h('button', { type: 'button', hidden: true, onclick: () => this.#widen() }, 'Show more');
  #said = h('p', { class: 'said', role: 'status' });
  #problem = h('p', { class: 'refused', role: 'alert' });
  #render = () => this.#show();

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  connectedCallback() {
    this.append(
      h('div', { class: 'headline' }, h('h1', { tabindex: '-1' }, 'Approvals'), this.#count),
      this.#problem,
      this.#said,
      this.#list,
      this.#empty,
      h('div', { class: 'more' }, this.#more),
    );
    this.addEventListener('approve', ({ detail }) => this.#approve(detail.approval));
    this.addEventListener('reject', ({ detail }) => this.#reject(detail.approval));
    this.addEventListener('withdraw', ({ detail }) => this.#withdraw(detail.approval));
    this.#dashboard.addEventListener('change', this.#render);
    this.#stops = [this.#dashboard.autonomy.list(), clock.everySecond(this.#render)];
    this.#dashboard.refresh();
    this.#show();
  }

  disconnectedCallback() {
    this.#dashboard.removeEventListener('change', this.#render);
    this.#stops.forEach((stop) => stop());
  }

  #show() {
    const { autonomy, me, commands } = this.#dashboard;
    setText(this.#problem, autonomy.problem ?? this.#refusal());
    this.#more.hidden = !autonomy.more || autonomy.approvals === null;
    const now = clock.now();
    const { count, cutAt, approvalsAsOf } = autonomy;
    const known = autonomy.approvalsKnownAt(now);
    const words = known ? waitingWords(count, cutAt) : waitedWords(count, approvalsAsOf, now);
    if (count !== null || autonomy.problem !== null) setText(this.#count, words);
    if (autonomy.approvals === null) return;
    const had = this.#list.contains(document.activeElement);
    const update = (card, approval) =>
      card.show({
        approval,
        catalogue: me.connectors,
        confirmation: autonomy.confirmations.get(approval.approvalId) ?? null,
        command: commands.get(keyOf(approval)) ?? null,
      });
    keyed(this.#list, autonomy.approvals, keyOf, () => h('approval-card'), update);
    this.#empty.hidden = autonomy.approvals.length > 0;
    if (had && !this.#list.contains(document.activeElement)) this.#focusNext();
  }

  /** What was refused is said by its card; here, once that is gone. */
  #refusal() {
    return this.#refused === null || this.#waits(this.#refused.key) ? '' : this.#refused.text;
  }

  #waits(key) {
    return this.#dashboard.autonomy.approvals?.some((each) => keyOf(each) === key) ?? true;
  }

  #focusNext() {
    (this.#list.firstElementChild ?? this.querySelector('h1')).focus();
  }

  /** Shows what has other buttons now: the focus, where one that is gone had it, goes to what it is about. */
  #showAnew(approval) {
    const card = [...this.#list.children].find((each) => each.dataset.key === keyOf(approval));
    const had = card?.contains(document.activeElement);
    this.#show();
    if (had && card.isConnected) card.focus();
  }

  /** Approves; where two confirmations are needed, the first answer brings what the second has to carry. */
  async #approve(approval) {
    const { autonomy } = this.#dashboard;
    const { approvalId } = approval;
    const given = autonomy.confirmations.get(approvalId);
    const body = {
      ...(approval.actionHash ? { actionHash: approval.actionHash } : {}),
      ...(given ? { confirmationToken: given.confirmationToken } : {}),
    };
    const { done, answer } = await this.#ask('approve', approval, body);
    if (!done) {
      if (given) this.#withdraw(approval);
      return;
    }
    const told = answer ?? (await this.#again(approval, body));
    if (told?.status === 'confirmation_required') {
      autonomy.confirmations.set(approvalId, told);
      this.#showAnew(approval);
    } else if (told?.status === 'approved' || (!told && !this.#waits(keyOf(approval)))) {
      this.#say('Approved', approval);
    }
  }

  /** What took long has no answer of its own: what waits nevertheless, asked again, answers as it did. */
  async #again(approval, body) {
    return this.isConnected && this.#waits(keyOf(approval)) ? (await this.#ask('approve', approval, body)).answer : null;
  }

  async #reject(approval) {
    const { done } = await this.#ask('reject', approval, {});
    if (done) this.#say('Rejected', approval);
  }

  #withdraw(approval) {
    this.#dashboard.autonomy.confirmations.delete(approval.approvalId);
    this.#showAnew(approval);
  }

  async #ask(verb, approval, body) {
    const { me, commands } = this.#dashboard;
    const key = keyOf(approval);
    const path = `/api/users/${me.userId}/approvals/${encodeURIComponent(approval.approvalId)}/${verb}`;
    const outcome = await this.#dashboard.carryOut(key, verb, { method: 'POST', path, body });
    const text = `${nameOf(approval)}: ${commands.get(key)?.message}`;
    this.#refused = outcome.done ? null : { key, text };
    setText(this.#said, '');
    this.#show();
    return outcome;
  }

  #say(what, approval) {
    setText(this.#said, `${what}: ${nameOf(approval)}`);
  }

  #widen() {
    this.#dashboard.autonomy.widen();
    this.#dashboard.refresh();
  }
}

function nameOf({ action }) {
  return action.description || action.actionType;
}

function keyOf({ approvalId }) {
  return `approval:${approvalId}`;
}

customElements.define('approvals-page', ApprovalsPage);

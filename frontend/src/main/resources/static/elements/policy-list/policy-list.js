import { h, keyed, setAttribute, setDisabled, setText } from '../../dom/h.js';
import { newId } from '../../dom/id.js';
import { progress } from '../../model/progress.js';
import { newRule, ruleSentence } from '../../model/rule.js';
import '../policy-editor/policy-editor.js';

/** `<policy-list>`: the user's own rules, in the order in which they are tried; property `dashboard`, method `show`. */
export class PolicyList extends HTMLElement {
  #dashboard;
  #policies = [];
  #editor = null;
  #list = h('div', { class: 'policies' });
  #place = h('div', { class: 'editing' });
  #none = h('p', { class: 'muted', hidden: true }, 'You have no rules of your own.');
  #add = h('button', { type: 'button', onclick: () => this.#edit(fresh()) }, 'Add rules');

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'rules-title' },
        h('h2', { id: 'rules-title', tabindex: '-1' }, 'Rules'),
        h(
          'p',
          { class: 'muted' },
          'Your own rules, tried one after the other: the highest priority first, and from the top down. A rule that ' +
            'makes an exception spares an action the rules below it. Your limits, a pause and the level of trust hold ' +
            'all the same.',
        ),
        this.#list,
        this.#none,
        this.#place,
        h('div', { class: 'actions' }, this.#add),
      ),
    );
  }

  /** @param policies in the order in which they are tried */
  show(policies) {
    this.#policies = policies;
    const make = ({ policyId }) => this.#make(policyId);
    const update = (item, policy) => this.#update(item, policy);
    keyed(this.#list, policies, ({ policyId }) => policyId, make, update);
    this.#none.hidden = policies.length > 0 || this.#editor !== null;
    this.#add.hidden = this.#editor !== null;
    if (this.#editor) this.#editor.element.show(this.#command(this.#editor.policyId));
  }

  #make(policyId) {
    const find = () => this.#policies.find((policy) => policy.policyId === policyId);
    const title = `policy-${policyId}`;
    return h(
      'article',
      { 'aria-labelledby': title },
      h('div', { class: 'row' }, h('h3', { id: title }), h('span', { class: 'pill' })),
      h('p', { class: 'muted' }),
      h('ol'),
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', onclick: () => this.#edit(find()) }, 'Edit'),
        h('button', { type: 'button', class: 'quiet', onclick: () => this.#remove(find()) }, 'Remove…'),
      ),
      h('p', { class: 'refused', role: 'alert' }),
    );
  }

  #update(item, policy) {
    const { name, description, priority, enabled, rules, policyId } = policy;
    const { busy, refusal } = progress(this.#command(policyId));
    setText(item.querySelector('h3'), name);
    const pill = item.querySelector('.pill');
    setText(pill, enabled ? 'Applies' : 'Switched off');
    setAttribute(pill, 'class', `pill ${enabled ? 'ok' : ''}`);
    setText(item.querySelector('.muted'), [description, `Priority ${priority}.`].filter(Boolean).join(' '));
    const lines = rules.map((rule, index) => ({ words: ruleWords(rule), index }));
    const say = (line, { words }) => setText(line, words);
    keyed(item.querySelector('ol'), lines, ({ index }) => String(index), () => h('li'), say);
    const [edit, remove] = item.querySelectorAll('button');
    for (const [button, verb] of [[edit, 'Edit'], [remove, 'Remove']]) {
      setAttribute(button, 'aria-label', `${verb} ${name}`);
      setDisabled(button, busy || (button === edit && this.#editor !== null));
    }
    const editing = this.#editor?.policyId === policyId;
    item.hidden = editing;
    setText(item.querySelector('.refused'), editing ? '' : refusal);
  }

  #command(policyId) {
    return this.#dashboard.commands.get(keyOf(policyId)) ?? null;
  }

  #edit(policy) {
    if (this.#dashboard.commands.has(keyOf(policy.policyId))) this.#dashboard.dismiss(keyOf(policy.policyId));
    const element = document.createElement('policy-editor');
    element.dashboard = this.#dashboard;
    element.policy = policy;
    element.addEventListener('save', ({ detail }) => this.#save(detail));
    element.addEventListener('cancel', () => this.#close());
    this.#editor = { policyId: policy.policyId, version: policy.version, element };
    this.#place.replaceChildren(element);
    this.show(this.#policies);
  }

  #close() {
    this.#editor = null;
    this.#place.replaceChildren();
    this.show(this.#policies);
    this.querySelector('h2').focus();
  }

  /** With the version that was opened, so that what another window has written since is not undone. */
  async #save({ policyId, ...written }) {
    const body = { ...written, version: this.#editor?.version };
    const request = { method: 'PUT', path: this.#path(policyId), body };
    const { done } = await this.#dashboard.carryOut(keyOf(policyId), 'save', request);
    if (done && this.#editor?.policyId === policyId) this.#close();
  }

  #remove({ policyId, name }) {
    const text = 'Its rules apply no more. What was decided by them stays.';
    const question = { title: `Remove ${name}?`, text, yes: 'Remove' };
    const then = async () => {
      await this.#dashboard.carryOut(keyOf(policyId), 'remove', { method: 'DELETE', path: this.#path(policyId) });
      if (document.activeElement === document.body) this.querySelector('h2').focus();
    };
    this.dispatchEvent(new CustomEvent('ask', { bubbles: true, detail: { question, then } }));
  }

  #path(policyId) {
    return `/api/users/${this.#dashboard.me.userId}/policies/${encodeURIComponent(policyId)}`;
  }
}

function fresh() {
  return { policyId: newId(), name: '', description: '', priority: 0, enabled: true, rules: [newRule()] };
}

function ruleWords(rule) {
  return ruleSentence(rule) + (rule.reason ? `: ${rule.reason}` : '');
}

function keyOf(policyId) {
  return `policy:${policyId}`;
}

customElements.define('policy-list', PolicyList);

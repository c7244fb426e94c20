import { h, setDisabled, setText } from '../../dom/h.js';
import { progress } from '../../model/progress.js';
import { exampleWords, inWords, isWritten, newRule, previewWords } from '../../model/rule.js';
import { formField, showProblems } from '../form-field/form-field.js';
import '../rule-row/rule-row.js';

/** How long after the last keystroke a preview is asked for. */
const PAUSE = 400;

/**
 * `<policy-editor>`: one policy being written, with a preview of each rule; properties `dashboard` and `policy`. Events
 * `save` with the policy, `cancel`.
 */
export class PolicyEditor extends HTMLElement {
  #dashboard;
  #policy;
  #timer = null;
  #round = 0;
  #fields = {
    name: formField(h('input', { type: 'text', name: 'name', autocomplete: 'off' }), 'Name'),
    priority: formField(
      h('input', { type: 'number', name: 'priority', step: 1 }),
      'Priority',
      'The highest is tried first. Of the rules that apply the strictest counts; one that allows ends the search.',
    ),
    description: formField(
      h('input', { type: 'text', name: 'description', autocomplete: 'off' }),
      'Description (optional)',
    ),
    enabled: formField(h('input', { type: 'checkbox', name: 'enabled' }), 'These rules apply'),
  };
  #rows = h('div', { class: 'stack' });
  #preview = h('p', { class: 'note', role: 'status' });
  #save = h('button', { type: 'submit', class: 'primary' }, 'Save rules');
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });
  #refused = null;

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  set policy(policy) {
    this.#policy = policy;
    this.#fields.name.control.value = policy.name;
    this.#fields.priority.control.value = policy.priority;
    this.#fields.description.control.value = policy.description ?? '';
    this.#fields.enabled.control.checked = policy.enabled;
    this.#rows.replaceChildren(...policy.rules.map(row));
  }

  connectedCallback() {
    if (this.firstChild) return;
    const { name, priority, description, enabled } = this.#fields;
    const form = h(
      'form',
      { novalidate: true, 'aria-label': 'Rules' },
      h('div', { class: 'parts' }, name, priority),
      description,
      enabled,
      this.#rows,
      h('button', { type: 'button', onclick: () => this.#add() }, 'Add a rule'),
      this.#preview,
      h(
        'div',
        { class: 'actions' },
        this.#save,
        h('button', { type: 'button', onclick: () => this.#tell('cancel') }, 'Cancel'),
      ),
      this.#note,
      this.#refusal,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#tell('save', this.#written());
    });
    for (const event of ['input', 'change']) form.addEventListener(event, () => this.#later());
    this.addEventListener('discard', ({ target }) => this.#drop(target));
    this.addEventListener('move', ({ target, detail }) => this.#move(target, detail.by));
    this.append(form);
    this.#number();
    this.#ask();
    name.control.focus();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  /** @param command how saving goes; null when it does not */
  show(command) {
    const { busy, note, refusal } = progress(command);
    setDisabled(this.#save, busy);
    setText(this.#note, note);
    if (!refusal) this.#refused = null;
    else if (this.#refused !== command) this.#refuse(command);
  }

  #refuse(command) {
    this.#refused = command;
    const [, index, part] = /^rules\[(\d+)\]\.?(.*)$/.exec(command.field ?? '') ?? [];
    const target = this.#rows.children[index];
    const rest = target
      ? target.problems({ [part]: command.message })
      : showProblems(this.#fields, { [command.field ?? '']: command.message });
    setText(this.#refusal, rest.join(' '));
  }

  #written() {
    const { name, priority, description, enabled } = this.#fields;
    return {
      policyId: this.#policy.policyId,
      name: name.control.value.trim(),
      description: description.control.value.trim(),
      priority: Number(priority.control.value) || 0,
      enabled: enabled.control.checked,
      rules: [...this.#rows.children].map(({ rule }) => rule),
    };
  }

  #add() {
    const added = row(newRule());
    this.#rows.append(added);
    this.#number();
    added.querySelector('select').focus();
    this.#later();
  }

  #drop(target) {
    const next = target.nextElementSibling ?? target.previousElementSibling;
    target.remove();
    this.#number();
    (next?.querySelector('select') ?? this.#fields.name.control).focus();
    this.#later();
  }

  #move(target, by) {
    const focused = document.activeElement;
    if (by < 0) target.previousElementSibling?.before(target);
    else target.nextElementSibling?.after(target);
    this.#number();
    focused.focus();
    this.#later();
  }

  #number() {
    const rows = [...this.#rows.children];
    rows.forEach((each, index) => each.number(index + 1, rows.length));
  }

  #later() {
    clearTimeout(this.#timer);
    for (const each of this.#rows.children) each.problems({});
    showProblems(this.#fields, {});
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  /** Tries the rules as they are written; a rule that is being written can not be tried yet, which is no fault. */
  async #ask() {
    const round = ++this.#round;
    const rows = [...this.#rows.children];
    const written = this.#written();
    if (!written.rules.every(isWritten)) {
      rows.forEach((each) => each.preview('', []));
      setText(this.#preview, 'Once every rule has a value, you see here what it would have changed.');
      return;
    }
    try {
      const path = `/api/users/${this.#dashboard.me.userId}/policies/preview`;
      const { actions, rules } = await this.#dashboard.question(path, written);
      if (round !== this.#round) return;
      rows.forEach((each, index) => showPreview(each, rules[index], actions));
      setText(this.#preview, '');
    } catch (problem) {
      if (round !== this.#round) return;
      rows.forEach((each) => each.preview('', []));
      setText(this.#preview, `The rules can not be tried like this: ${inWords(problem.message)}`);
    }
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function showPreview(target, told, actions) {
  if (told) target.preview(previewWords(told, actions), (told.examples ?? []).map(exampleWords));
  else target.preview('', []);
}

function row(rule) {
  const made = document.createElement('rule-row');
  made.rule = rule;
  return made;
}

customElements.define('policy-editor', PolicyEditor);

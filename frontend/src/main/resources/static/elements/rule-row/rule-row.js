import { h, setDisabled, setText } from '../../dom/h.js';
import { EFFECTS, FIELDS, OPERATORS, listHint, takesList, valueLabel, valueOf, valueText } from '../../model/rule.js';
import { formField, showProblems } from '../form-field/form-field.js';

/**
 * `<rule-row>`: one rule being written, and what it would have done; property `rule`. Events `input` as it is written,
 * `move` with {by} and `discard`.
 */
export class RuleRow extends HTMLElement {
  #rule = null;
  #field = select('field', labels(FIELDS));
  #operator = select('operator', OPERATORS);
  #effect = select('effect', EFFECTS);
  #reason = h('input', { type: 'text', name: 'reason', autocomplete: 'off' });
  #fields = {};
  #place = h('legend');
  #earlier = this.#button('Earlier', 'move', { by: -1 });
  #later = this.#button('Later', 'move', { by: 1 });
  #value = h('div', { class: 'value' });
  #preview = h('p', { class: 'note', role: 'status' });
  #examples = h('ul');
  #details = h('details', { hidden: true }, h('summary', {}, 'Which ones'), this.#examples);

  constructor() {
    super();
    this.#fields = {
      field: formField(this.#field, 'If'),
      operator: formField(this.#operator, 'Compared'),
      effect: formField(this.#effect, 'Then'),
      reason: formField(this.#reason, 'Why (optional)'),
    };
  }

  connectedCallback() {
    if (this.firstChild) return;
    const { field, operator, effect, reason } = this.#fields;
    this.append(
      h(
        'fieldset',
        {},
        this.#place,
        h('div', { class: 'parts' }, field, operator, this.#value, effect, reason),
        h('div', { class: 'actions' }, this.#earlier, this.#later, this.#button('Remove rule', 'discard')),
        this.#preview,
        this.#details,
      ),
    );
    this.#field.addEventListener('change', () => this.#fieldChanged());
    this.#operator.addEventListener('change', () => this.#showValue(this.#written()));
  }

  set rule(rule) {
    this.#rule = rule;
    this.#field.value = rule.field;
    this.#showOperators(rule.operator);
    this.#showValue(valueText(rule));
    this.#effect.value = rule.effect;
    this.#reason.value = rule.reason ?? '';
  }

  get rule() {
    const shape = { field: this.#field.value, operator: this.#operator.value };
    const value = valueOf(shape, this.#written(), this.#rule);
    return { ...shape, value, effect: this.#effect.value, reason: this.#reason.value.trim() };
  }

  /** Which it is, from 1, of how many. */
  number(place, count) {
    setText(this.#place, `Rule ${place}`);
    setDisabled(this.#earlier, place === 1);
    setDisabled(this.#later, place === count);
    this.#earlier.hidden = this.#later.hidden = count === 1;
  }

  /** @param sentence what it would have done; @param examples actions in words */
  preview(sentence, examples) {
    setText(this.#preview, sentence);
    this.#details.hidden = examples.length === 0;
    this.#examples.replaceChildren(...examples.map((words) => h('li', {}, words)));
  }

  /** @param problems by the name of the part; @returns what concerns no part */
  problems(problems) {
    return showProblems(this.#fields, problems);
  }

  #fieldChanged() {
    this.#showOperators(this.#operator.value);
    this.#showValue('');
  }

  #showOperators(wanted) {
    const { operators } = FIELDS[this.#field.value] ?? { operators: Object.keys(OPERATORS) };
    this.#operator.replaceChildren(...operators.map((value) => h('option', { value }, OPERATORS[value])));
    this.#operator.value = operators.includes(wanted) ? wanted : operators[0];
  }

  #showValue(written) {
    const { words = [], hint: what = '' } = FIELDS[this.#field.value] ?? {};
    const list = takesList(this.#operator.value);
    const choices = Object.fromEntries(words.map((word) => [word, valueLabel(this.#field.value, word)]));
    const picked = words.length > 0 && !list;
    const text = () => h('input', { type: 'text', name: 'value', autocomplete: 'off' });
    const control = picked ? select('value', choices) : text();
    control.value = picked && !words.includes(written) ? words[0] : written;
    const hint = list ? listHint(this.#field.value) : '';
    this.#fields.value = formField(control, 'Value', [what, hint].filter(Boolean).join(' '));
    this.#value.replaceChildren(this.#fields.value);
  }

  #written() {
    return this.#fields.value?.control.value ?? '';
  }

  #button(text, name, detail) {
    return h('button', { type: 'button', class: 'quiet', onclick: () => this.#tell(name, detail) }, text);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

function select(name, choices) {
  const options = Object.entries(choices).map(([value, label]) => h('option', { value }, label));
  return h('select', { name }, ...options);
}

function labels(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, label]));
}

customElements.define('rule-row', RuleRow);

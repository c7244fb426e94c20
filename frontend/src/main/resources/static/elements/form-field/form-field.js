import { h, setAttribute, setText } from '../../dom/h.js';

let count = 0;

/**
 * `<form-field>`: a control with its label, a hint, and what is wrong with it. Made by {@link formField}; property
 * `error` ('' for none) and `doubt`, of what can hardly be meant, likewise.
 */
export class FormField extends HTMLElement {
  #control;
  #label;
  #error = h('p', { class: 'refused' });
  #doubt = h('p', { class: 'doubt', role: 'status' });

  /** @param control the input, select or textarea; a checkbox stands before its label */
  fill(control, label, hint = '') {
    const id = `field-${++count}`;
    this.#control = control;
    this.#label = label;
    setAttribute(control, 'id', id);
    setAttribute(control, 'aria-describedby', `${id}-error${hint ? ` ${id}-hint` : ''}`);
    setAttribute(this.#error, 'id', `${id}-error`);
    const name = h('label', { for: id }, label);
    const parts = control.type === 'checkbox' ? [h('div', { class: 'check' }, control, name)] : [name, control];
    this.replaceChildren(...parts, this.#doubt, this.#error);
    if (hint) this.#doubt.before(h('p', { id: `${id}-hint`, class: 'hint' }, hint));
  }

  get label() {
    return this.#label;
  }

  get control() {
    return this.#control;
  }

  set error(message) {
    setText(this.#error, message);
    setAttribute(this.#control, 'aria-invalid', message !== '' && 'true');
  }

  set doubt(message) {
    setText(this.#doubt, message);
  }

  get error() {
    return this.#error.textContent;
  }
}

customElements.define('form-field', FormField);

/** A field around a control. */
export function formField(control, label, hint) {
  const field = document.createElement('form-field');
  field.fill(control, label, hint);
  return field;
}

/**
 * Says at each field what is wrong with it, and puts the focus on the first.
 *
 * @param fields by name
 * @param problems messages by name; a name that no field has, or a part of which is one's name, goes to the next best
 * @returns {string[]} what concerns no field
 */
export function showProblems(fields, problems) {
  const rest = [];
  const found = new Map();
  for (const [name, message] of Object.entries(problems)) {
    const known = nearest(Object.keys(fields), name);
    if (known === undefined) rest.push(message);
    else found.set(known, saidOf(fields[known].label, name, message));
  }
  for (const [name, field] of Object.entries(fields)) field.error = found.get(name) ?? '';
  Object.keys(fields).some((name) => found.has(name) && (fields[name].control.focus(), true));
  return rest;
}

/** A message that begins with the name that the server has for a field, with the field's own label instead. */
function saidOf(label, name, message) {
  const [first] = message.split(' ', 1);
  return first === name || first.endsWith(`.${name}`) ? label + message.slice(first.length) : message;
}

/** The field itself, or the one that it is a part of: `allowedDomains[3]` is in `allowedDomains`. */
function nearest(names, name) {
  const part = (each) => name.startsWith(`${each}[`) || name.startsWith(`${each}.`);
  return names.find((each) => each === name) ?? names.find(part);
}

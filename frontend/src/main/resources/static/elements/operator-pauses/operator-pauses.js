import { clock } from '../../dom/clock.js';
import { h, keyed, setAttribute, setDisabled, setText } from '../../dom/h.js';
import { scopeWords } from '../../model/fleet.js';
import { isKnown } from '../../model/freshness.js';
import { progress } from '../../model/progress.js';
import { clockTime, instant, whenWords } from '../../model/time.js';
import { formField, showProblems } from '../form-field/form-field.js';

const KINDS = {
  everything: 'Everybody',
  domain: 'One domain',
  connector: 'One connector',
  action_type: 'One action type',
};

/**
 * `<operator-pauses>`: the operator's brakes, those that are pulled and one to pull; method `show`. Events
 * `operator-pause` with {scope} and `operator-resume` with {pause}: whoever hears them asks first.
 */
export class OperatorPauses extends HTMLElement {
  #pauses = h('ul');
  #none = h('p', { class: 'muted', hidden: true }, 'The operator pauses nothing.');
  #unknown = h('p', { class: 'refused', role: 'status' });
  #kind = h(
    'select',
    { name: 'kind' },
    ...Object.entries(KINDS).map(([value, label]) => h('option', { value }, label)),
  );
  #value = h('input', { type: 'text', name: 'value', autocomplete: 'off' });
  #connectors = h('datalist', { id: 'pausable-connectors' });
  #fields = { 'scope.kind': formField(this.#kind, 'Pause'), 'scope.value': formField(this.#value, 'Name') };
  #button = h('button', { type: 'submit', class: 'danger' }, 'Pause…');
  #form = h(
    'form',
    { novalidate: true, 'aria-label': 'Pause auto-execution' },
    h('div', { class: 'parts' }, ...Object.values(this.#fields)),
    h('div', { class: 'actions' }, this.#button),
  );
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });
  #refused = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#pause();
    });
    this.#kind.addEventListener('change', () => this.#showValue());
    this.append(
      h(
        'section',
        { class: 'card', 'aria-labelledby': 'brakes-title' },
        h('h2', { id: 'brakes-title', tabindex: '-1' }, 'Pause auto-execution'),
        h(
          'p',
          { class: 'muted' },
          'Everybody sees it, and nobody but an operator lifts it. What a person approves is done nevertheless.',
        ),
        this.#unknown,
        this.#pauses,
        this.#none,
        this.#form,
        this.#connectors,
        this.#note,
        this.#refusal,
      ),
    );
    this.#showValue();
  }

  /**
   * @param model {pauses, asOf, connectors, command, readOnly}: `asOf` is when that was last known, null when it never
   *     was; `connectors` [{name, label}] are those that there are
   */
  show({ pauses, asOf, connectors, command, readOnly = false }) {
    const now = clock.now();
    const known = isKnown(asOf, now);
    const { busy, note, refusal } = progress(command);
    this.#form.hidden = readOnly;
    const update = (item, pause) => this.#update(item, pause, busy, readOnly);
    keyed(this.#pauses, pauses, ({ scope }) => `${scope.kind} ${scope.value ?? ''}`, make, update);
    setText(this.#unknown, known ? '' : unknownWords(pauses, asOf, now));
    this.#none.hidden = pauses.length > 0 || !known;
    const offer = ({ name }) => h('option', { value: name });
    keyed(this.#connectors, connectors, ({ name }) => name, offer, (option, { label }) => setText(option, label));
    setDisabled(this.#button, busy);
    setText(this.#note, note);
    if (!refusal) {
      this.#refused = null;
      setText(this.#refusal, '');
    } else if (this.#refused !== command) {
      this.#refused = command;
      setText(this.#refusal, showProblems(this.#fields, { [command.field ?? '']: command.message }).join(' '));
    }
  }

  #update(item, pause, busy, readOnly) {
    const { scope, reason, since } = pause;
    const at = instant(since);
    setText(item.querySelector('strong'), scopeWords(scope));
    const when = at === null ? '' : `since ${clockTime(at, clock.now())}`;
    setText(item.querySelector('.muted'), [when, reason && `“${reason}”`].filter(Boolean).join(': '));
    const button = item.querySelector('button');
    button.hidden = readOnly || scope.kind === 'environment';
    setDisabled(button, busy);
    setAttribute(button, 'aria-label', `Resume ${scopeWords(scope)}`);
    button.onclick = () => this.#tell('operator-resume', { pause });
  }

  #pause() {
    const everything = this.#kind.value === 'everything';
    const value = this.#value.value.trim();
    const missing = !everything && value === '';
    showProblems(this.#fields, missing ? { 'scope.value': 'Name what is to be paused.' } : {});
    setText(this.#refusal, '');
    if (missing) return;
    this.#tell('operator-pause', { scope: { kind: this.#kind.value, value: everything ? null : value } });
  }

  #showValue() {
    this.#fields['scope.value'].hidden = this.#kind.value === 'everything';
    setAttribute(this.#value, 'list', this.#kind.value === 'connector' && this.#connectors.id);
    showProblems(this.#fields, {});
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

function unknownWords(pauses, asOf, now) {
  const how = pauses.length > 0 ? 'this is how it stood' : 'nothing was';
  const then = asOf === null ? '' : `; ${how} ${whenWords(asOf, now)}`;
  return `What is paused is not known${then}.`;
}

function make() {
  return h(
    'li',
    {},
    h('i', { class: 'dot', 'aria-hidden': 'true' }),
    h('p', {}, h('strong'), ' ', h('span', { class: 'muted' })),
    h('button', { type: 'button' }, 'Resume…'),
  );
}

customElements.define('operator-pauses', OperatorPauses);

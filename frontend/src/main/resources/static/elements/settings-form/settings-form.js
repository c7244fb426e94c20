import { h, setDisabled, setText } from '../../dom/h.js';
import { progress } from '../../model/progress.js';
import { doubtsOf, draftOf, quietZone, settingsOf, timeZones } from '../../model/settings.js';
import { formField, showProblems } from '../form-field/form-field.js';

const text = (name, attributes = {}) => h('input', { type: 'text', name, autocomplete: 'off', ...attributes });
const amount = (name) => text(name, { inputmode: 'decimal' });
const zones = () => h('datalist', { id: 'time-zones' }, ...timeZones().map((value) => h('option', { value })));

const SAVED = 'Saved.';
const ELSEWHERE =
  'They were changed elsewhere meanwhile. Saving replaces no more of that than you have changed here.';

/**
 * `<settings-form>`: limits, domains and quiet hours. Method `show`; event `settings` with those that were changed here.
 * What is being written is never replaced by what came meanwhile.
 */
export class SettingsForm extends HTMLElement {
  #settings = null;
  #before = null;
  #fields = {
    maxSpendPerActionCents: formField(amount('maxSpendPerActionCents'), 'Most for one action', 'Such as 12.50.'),
    maxDailySpendCents: formField(
      amount('maxDailySpendCents'),
      'Most in one day',
      'While either is empty, nothing that costs anything is done.',
    ),
    requireApprovalForIrreversible: formField(
      h('input', { type: 'checkbox', name: 'requireApprovalForIrreversible' }),
      'Ask me about everything that can not be undone',
    ),
    allowedDomains: formField(
      text('allowedDomains'),
      'Allowed domains',
      'Such as email, calendar. When there are any, all others are denied.',
    ),
    blockedDomains: formField(text('blockedDomains'), 'Blocked domains', 'What belongs to them is denied.'),
    quiet: formField(h('input', { type: 'checkbox', name: 'quiet' }), 'In quiet hours everything waits for me'),
    'quietHours.start': formField(h('input', { type: 'time', name: 'quietHours.start' }), 'From'),
    'quietHours.end': formField(h('input', { type: 'time', name: 'quietHours.end' }), 'To'),
    timeZone: formField(text('timeZone', { list: 'time-zones' }), 'Time zone', 'Such as Europe/Berlin.'),
  };
  #save = h('button', { type: 'submit' }, 'Save');
  #undo = h('button', { type: 'button', class: 'quiet', onclick: () => this.#reset('') }, 'Undo changes');
  #note = h('p', { class: 'note', role: 'status' });
  #refusal = h('p', { class: 'refused', role: 'alert' });
  #refused = null;
  #said = '';

  connectedCallback() {
    if (this.firstChild) return;
    const group = (title, ...names) =>
      h('fieldset', {}, h('legend', {}, title), ...names.map((name) => this.#fields[name]));
    const form = h(
      'form',
      { class: 'card', novalidate: true, 'aria-labelledby': 'limits-title' },
      h('h2', { id: 'limits-title' }, 'What it may do'),
      group('Spending', 'maxSpendPerActionCents', 'maxDailySpendCents', 'requireApprovalForIrreversible'),
      group('Domains', 'allowedDomains', 'blockedDomains'),
      group('Quiet hours', 'quiet', 'quietHours.start', 'quietHours.end', 'timeZone'),
      zones(),
      h('div', { class: 'actions' }, this.#save, this.#undo),
      this.#note,
      this.#refusal,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener('input', ({ target }) => {
      if (target.name === 'quiet' && target.checked) this.#suggestZone();
      if (this.#said === SAVED) this.#said = '';
      this.#showDoubts();
      this.#showButtons(false);
    });
    this.append(form);
  }

  /** @param model {settings, command} */
  show({ settings, command }) {
    const untouched = this.#before === null || !this.#changed();
    const same = JSON.stringify(settings) === JSON.stringify(this.#settings);
    this.#settings = settings;
    if (untouched) this.#reset();
    else if (this.#isSaved()) this.#reset(SAVED);
    else if (!same) this.#said = ELSEWHERE;
    const { busy, note, refusal } = progress(command);
    setText(this.#note, note || this.#said);
    this.#showButtons(busy);
    if (!refusal) this.#refused = null;
    else if (this.#refused !== command) this.#refuse(command);
  }

  #refuse(command) {
    this.#refused = command;
    const problems = { [command.field ?? '']: command.message };
    setText(this.#refusal, showProblems(this.#fields, problems).join(' '));
  }

  #submit() {
    const { settings, problems } = settingsOf(this.#draft(), this.#before);
    setText(this.#refusal, showProblems(this.#fields, problems).join(' '));
    if (Object.keys(problems).length > 0) return;
    this.#said = '';
    const isWritten = ([name, value]) => JSON.stringify(value) !== JSON.stringify(this.#before[name]);
    const detail = Object.fromEntries(Object.entries(settings).filter(isWritten));
    this.dispatchEvent(new CustomEvent('settings', { bubbles: true, detail }));
  }

  /** Shows what holds; `said` is what to say of that. */
  #reset(said = this.#said) {
    this.#said = said;
    this.#before = this.#settings;
    const base = this.#base;
    for (const [name, { control }] of Object.entries(this.#fields)) {
      if (control.type === 'checkbox') control.checked = base[name];
      else if (control.value !== base[name]) control.value = base[name];
    }
    showProblems(this.#fields, {});
    this.#showDoubts();
    setText(this.#note, said);
    setText(this.#refusal, '');
    this.#showButtons(false);
  }

  /** What the form said before anything was changed in it. */
  get #base() {
    return draftOf(this.#before);
  }

  #draft() {
    const valueOf = ({ control }) => (control.type === 'checkbox' ? control.checked : control.value);
    return Object.fromEntries(Object.keys(this.#base).map((name) => [name, valueOf(this.#fields[name])]));
  }

  #changed() {
    return JSON.stringify(this.#draft()) !== JSON.stringify(this.#base);
  }

  /** Whether what was changed here is what holds by now, however it was written. */
  #isSaved() {
    const { settings, problems } = settingsOf(this.#draft(), this.#before);
    if (Object.keys(problems).length > 0) return false;
    const base = this.#base;
    const written = draftOf(settings);
    const holds = draftOf(this.#settings);
    return Object.keys(written).every((name) => [base[name], holds[name]].includes(written[name]));
  }

  #suggestZone() {
    const { control } = this.#fields.timeZone;
    control.value = quietZone(this.#before, control.value);
  }

  #showDoubts() {
    const doubts = doubtsOf(settingsOf(this.#draft(), this.#before).settings);
    for (const [name, field] of Object.entries(this.#fields)) field.doubt = doubts[name] ?? '';
  }

  #showButtons(busy) {
    const changed = this.#before !== null && this.#changed();
    for (const name of ['quietHours.start', 'quietHours.end']) {
      this.#fields[name].hidden = !this.#fields.quiet.control.checked;
    }
    this.#save.className = changed ? 'primary' : '';
    setDisabled(this.#save, busy || !changed);
    this.#undo.hidden = !changed;
  }
}

customElements.define('settings-form', SettingsForm);

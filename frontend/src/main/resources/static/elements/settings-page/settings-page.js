import { clock } from '../../dom/clock.js';
import { h, setText } from '../../dom/h.js';
import { deniedBy, deniedWords } from '../../model/settings.js';
import '../demote-card/demote-card.js';
import '../pause-card/pause-card.js';
import '../policy-list/policy-list.js';
import '../settings-form/settings-form.js';
import '../trust-card/trust-card.js';

/** `<settings-page>`: the levers of the user; property `dashboard`. */
export class SettingsPage extends HTMLElement {
  #dashboard;
  #stops = [];
  #settings;
  #policies;
  #pause = h('pause-card');
  #demote = h('demote-card', { hidden: true });
  #trust = h('trust-card');
  #form = h('settings-form');
  #rules = h('policy-list');
  #problem = h('p', { class: 'refused', role: 'alert' });
  #rest = h('div', { class: 'stack', hidden: true }, this.#trust, this.#form, this.#rules);
  #render = () => this.#show();

  set dashboard(dashboard) {
    this.#dashboard = dashboard;
  }

  connectedCallback() {
    const user = `/api/users/${this.#dashboard.me.userId}`;
    const settings = this.#dashboard.watch(`${user}/autonomy-settings`);
    const policies = this.#dashboard.watch(`${user}/policies`);
    this.#settings = settings.resource;
    this.#policies = policies.resource;
    this.#rules.dashboard = this.#dashboard;
    this.append(
      h(
        'div',
        { class: 'headline' },
        h('h1', { tabindex: '-1' }, 'Settings'),
        h('p', {}, 'What your assistant may do without asking you, and how to stop it.'),
      ),
      h('div', { class: 'stack' }, h('div', { class: 'levers' }, this.#pause, this.#demote), this.#problem, this.#rest),
    );
    this.addEventListener('demote', () => this.#askToDemote());
    this.addEventListener('trust', ({ detail }) => this.#trustIn(detail.tier, 'settings:trust'));
    this.addEventListener('settings', ({ detail }) => this.#limit(detail));
    this.#dashboard.addEventListener('change', this.#render);
    this.#stops = [settings.stop, policies.stop, clock.everySecond(this.#render)];
    this.#show();
  }

  disconnectedCallback() {
    this.#dashboard.removeEventListener('change', this.#render);
    this.#stops.forEach((stop) => stop());
    for (const key of ['settings:form', 'settings:trust', 'settings:demote', 'autonomy:pause']) {
      if (this.#dashboard.commands.get(key)?.phase === 'refused') this.#dashboard.dismiss(key);
    }
  }

  #show() {
    const { autonomy, commands } = this.#dashboard;
    const command = (key) => commands.get(key) ?? null;
    this.#pause.show({
      state: autonomy.state,
      known: autonomy.knownAt(clock.now()),
      settings: this.#settings.problem === null ? this.#settings.value : null,
      command: command('autonomy:pause'),
    });
    setText(this.#problem, this.#settings.problem ?? this.#policies.problem ?? '');
    this.#problem.hidden = this.#problem.textContent === '';
    const settings = this.#settings.value;
    if (settings === null) return;
    this.#rest.hidden = this.#demote.hidden = false;
    this.#demote.show({ tier: settings.trustTier, command: command('settings:demote') });
    this.#trust.show({ tier: settings.trustTier, command: command('settings:trust') });
    this.#form.show({ settings: meant(settings), command: command('settings:form') });
    if (this.#policies.value !== null) this.#rules.show(this.#policies.value.items);
  }

  #askToDemote() {
    const question = {
      title: 'Demote to observer?',
      text:
        'Your assistant goes on looking, and whatever it wants to do waits for you, until you choose another level. ' +
        'This is not the pause: what was approved already may still be done.',
      yes: 'Demote',
    };
    this.#ask(question, () => this.#trustIn('observer', 'settings:demote'));
  }

  /** The level alone, so that nothing that was changed elsewhere keeps a demotion from going through. */
  async #trustIn(trustTier, key) {
    const path = `/api/users/${this.#dashboard.me.userId}/trust-tier`;
    await this.#dashboard.carryOut(key, 'save', { method: 'PUT', path, body: { trustTier } });
  }

  /**
   * All settings are written at once: what was not changed here is read anew, lest another window's change be undone, and
   * what changes even then is not overwritten: the server knows by the version. Where it can not be read nothing is written,
   * and the page says why.
   */
  async #limit(written) {
    let waiting = { items: [], count: 0 };
    try {
      await this.#settings.readAnew();
      if (['allowedDomains', 'blockedDomains'].some((name) => name in written)) {
        waiting = await this.#dashboard.autonomy.look();
      }
    } catch (failure) {
      this.#settings.problem = failure.message;
    }
    if (this.#settings.problem !== null) {
      this.#settings.problem = `Nothing was changed. ${this.#settings.problem}`;
      this.#show();
      return;
    }
    const path = `/api/users/${this.#dashboard.me.userId}/autonomy-settings`;
    const { version } = this.#settings.value;
    const body = { ...meant(this.#settings.value), ...written, version };
    const save = () => this.#dashboard.carryOut('settings:form', 'save', { method: 'PUT', path, body });
    const denied = deniedBy(body, waiting.items.map(({ action }) => action));
    const more = waiting.count > waiting.items.length;
    if (denied.length === 0) await save();
    else this.#ask({ title: 'Deny what waits?', text: deniedWords(denied, more), yes: 'Save' }, save);
  }

  #ask(question, then) {
    this.dispatchEvent(new CustomEvent('ask', { bubbles: true, detail: { question, then } }));
  }
}

/** What is written back: the settings, without what else an answer says. */
function meant(settings) {
  const names = [
    'trustTier',
    'maxSpendPerActionCents',
    'maxDailySpendCents',
    'allowedDomains',
    'blockedDomains',
    'requireApprovalForIrreversible',
    'quietHours',
    'timeZone',
  ];
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

customElements.define('settings-page', SettingsPage);

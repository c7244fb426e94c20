import { tierLabel } from './autonomy.js';
import { amountText, centsOf } from './money.js';
import { listed, own } from './names.js';
import { browserZone } from './time.js';

/** A user's settings as they stand in a form: texts only, so that two can be compared. */
export function draftOf(settings) {
  return {
    maxSpendPerActionCents: amountText(settings.maxSpendPerActionCents),
    maxDailySpendCents: amountText(settings.maxDailySpendCents),
    allowedDomains: settings.allowedDomains.join(', '),
    blockedDomains: settings.blockedDomains.join(', '),
    requireApprovalForIrreversible: settings.requireApprovalForIrreversible,
    quiet: settings.quietHours !== null,
    'quietHours.start': settings.quietHours?.start ?? '22:00',
    'quietHours.end': settings.quietHours?.end ?? '07:00',
    timeZone: settings.timeZone,
  };
}

/**
 * What a form says, on top of the settings that it does not show. What stands in a field as it stood is what it was: not
 * everything that can be set can be written in it, such as a name with a comma.
 *
 * @returns {{settings: object, problems: object}} problems by the name of the field; the settings are meant only when
 *   there are none
 */
export function settingsOf(draft, settings) {
  const problems = {};
  const base = draftOf(settings);
  const read = (name, parse) => (draft[name] === base[name] ? settings[name] : parse(name));
  const cents = (name) => {
    const amount = centsOf(draft[name]);
    if (amount === undefined) problems[name] = 'Write an amount such as 12.50, or leave it empty.';
    return amount ?? null;
  };
  const quiet = { start: draft['quietHours.start'], end: draft['quietHours.end'] };
  for (const end of ['start', 'end']) {
    if (draft.quiet && quiet[end] === '') problems[`quietHours.${end}`] = 'Give a time such as 22:00.';
  }
  if (draft.quiet && quiet.start !== '' && quiet.start === quiet.end) {
    problems['quietHours.end'] = 'It ends when it begins. To have everything wait all day, pause instead.';
  }
  const names = (name) => listOf(draft[name]);
  const written = {
    trustTier: settings.trustTier,
    maxSpendPerActionCents: read('maxSpendPerActionCents', cents),
    maxDailySpendCents: read('maxDailySpendCents', cents),
    allowedDomains: read('allowedDomains', names),
    blockedDomains: read('blockedDomains', names),
    requireApprovalForIrreversible: draft.requireApprovalForIrreversible,
    quietHours: draft.quiet ? quiet : null,
    timeZone: draft.timeZone.trim(),
  };
  return { settings: written, problems };
}

/** What of settings can hardly be meant, by the name of the field; they can be saved nevertheless. */
export function doubtsOf({ maxSpendPerActionCents, maxDailySpendCents, allowedDomains, blockedDomains }) {
  const doubts = {};
  if (maxDailySpendCents !== null && maxSpendPerActionCents > maxDailySpendCents) {
    doubts.maxSpendPerActionCents = 'This is more than the most in one day, which holds for one action as well.';
  }
  const both = blockedDomains.filter((domain) => isIn(allowedDomains, domain));
  if (both.length > 0) {
    const what = both.length > 1 ? 'They are' : 'It is';
    doubts.blockedDomains = `You allow ${listed(both)} as well. ${what} denied: what is blocked counts more.`;
  }
  return doubts;
}

/** "email, calendar" as a list of each once; what people write between names is no part of one. */
export function listOf(text) {
  const names = text.split(/[,;\n]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Capitals make no other name. */
function isIn(domains, domain) {
  return domains.some((each) => each.toLowerCase() === domain.toLowerCase());
}

/** Which actions settings deny by their domain. */
export function deniedBy({ allowedDomains, blockedDomains }, actions) {
  const isDenied = ({ domain }) =>
    isIn(blockedDomains, domain) || (allowedDomains.length > 0 && !isIn(allowedDomains, domain));
  return actions.filter(isDenied);
}

/** How many are told by name. */
const NAMED = 5;

/** What becomes of actions that settings would deny. @param more whether there may be others */
export function deniedWords(actions, more) {
  const count = actions.length === 1 ? '1 waiting action' : `${actions.length} waiting actions`;
  const named = actions.slice(0, NAMED).map(({ description, actionType }) => `“${description.trim() || actionType}”`);
  const rest = actions.length > NAMED ? [`${actions.length - NAMED} more`] : [];
  const which = listed([...named, ...rest]);
  return `${more ? 'At least ' : ''}${count} would be denied, and can not be brought back: ${which}.`;
}

/** Each setting as it is told in a sentence: what it is, and what a value of it means. */
const TOLD = {
  trustTier: ['level of trust', tierLabel],
  maxSpendPerActionCents: ['most for one action', (cents) => amountText(cents) || 'not set'],
  maxDailySpendCents: ['most in one day', (cents) => amountText(cents) || 'not set'],
  allowedDomains: ['allowed domains', (domains) => listed(domains) || 'all'],
  blockedDomains: ['blocked domains', (domains) => listed(domains) || 'none'],
  requireApprovalForIrreversible: ['approval of what can not be undone', (asks) => (asks ? 'needed' : 'not needed')],
  quietHours: ['quiet hours', (hours) => (hours ? `${hours.start} to ${hours.end}` : 'none')],
  timeZone: ['time zone', (zone) => zone],
};

/** "most in one day 20.00, before 10.00; time zone Asia/Tokyo, before UTC". @param changes [{setting, from, to}] */
export function changesWords(changes) {
  return changes
    .map(({ setting, from, to }) => {
      const [what, words] = own(TOLD, setting) ?? [setting, (value) => JSON.stringify(value)];
      return `${what} ${words(to)}, before ${words(from)}`;
    })
    .join('; ');
}

/** The time zone that settings have before anybody has set one. */
const UNSET_ZONE = 'UTC';

/** In which time zone quiet hours begin to be written: the one that was set, and where none was, the user's own. */
export function quietZone({ quietHours, timeZone }, written, here = browserZone()) {
  return quietHours === null && [timeZone, written].every((zone) => zone === UNSET_ZONE) ? here : written;
}

/** The time zones to pick from; any other can be written. */
export function timeZones() {
  return ['UTC', ...(Intl.supportedValuesOf?.('timeZone') ?? []).filter((zone) => zone !== 'UTC')];
}

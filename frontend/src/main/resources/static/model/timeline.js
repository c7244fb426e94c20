import { tierLabel } from './autonomy.js';
import { describe, doingWords, isSilent } from './condition.js';
import { partWords } from './fleet.js';
import { labelOf, listed } from './names.js';
import { changesWords } from './settings.js';
import { instant, startOfDay } from './time.js';

/** Alike things are told as one while no more than so many milliseconds lie between one and the next... */
const TOGETHER = 5000;

/** ...and so many between the first and the last, lest what never ends be told as one. */
const AT_MOST = 60_000;

/** Actions come in batches, and mixed: what is alike is looked for among so many entries. */
const AMONG = 8;

/**
 * The timeline as entries for people, newest first: the same change of several connectors at one moment is one entry,
 * and so is a batch of actions.
 *
 * @param items [{id, at, kind, connector, subject, description, changes, from, to, errorCode}] newest first, without gaps
 * @param catalogue [{name, label}]
 * @param complete whether nothing is older than the items; else what is older may belong to the last entries as well
 * @returns {Array<{id: string, at: number, text: string, tone: string, errorCode: string|null, parts: Array, whole: boolean}>}
 *     `parts` are the actions of a batch, {id, at, text}; `whole` where no item that is not among these can belong to the
 *     entry
 */
export function entries(items, catalogue, complete = true) {
  const groups = [];
  for (const item of items) {
    const at = instant(item.at);
    if (at === null) continue;
    const near = groups.slice(item.connector ? -1 : -AMONG);
    const group = near.find((each) => isOpen(each, at) && belongs(item, each));
    if (group) {
      group.connectors.unshift(item.connector);
      group.items.push(item);
      group.last = at;
    } else groups.push({ at, last: at, item, connectors: [item.connector], items: [item] });
  }
  const reached = complete ? -Infinity : (instant(items.at(-1)?.at) ?? Infinity);
  return groups.map((group) => {
    const { at, item, connectors } = group;
    const whole = complete || !isOpen(group, reached);
    const text = autonomyWords(group.items, whole) ?? connectorWords(item, connectors, catalogue);
    // What joins an entry as it happens is newer than its first item.
    const id = group.items.at(-1).id;
    return { id, at, text, tone: tone(item), errorCode: item.errorCode ?? null, parts: partsOf(group.items), whole };
  });
}

/** What was told as one. */
function partsOf(items) {
  if (items.length === 1 || items[0].connector) return [];
  return items.map(({ id, at, description, subject }) => ({ id, at: instant(at), text: description || subject || '' }));
}

/** Entries as they are told to somebody else than their user. */
export function ofAnother(list) {
  const told = (text) =>
    text
      .replace(/^You /, 'The user ')
      .replace(/^(An action waits|\S+ actions wait) for you/, '$1 for the user')
      .replace('your organisation', 'their organisation');
  return list.map((entry) => ({ ...entry, text: told(entry.text) }));
}

/** Whether so many entries, the newest, can be told in full. */
export function areWhole(entries, count) {
  return entries.length >= count && entries.slice(0, count).every(({ whole }) => whole);
}

/** Entries by calendar day, newest day first: [{day, entries}]. */
export function byDay(list) {
  const days = [];
  for (const entry of list) {
    const day = startOfDay(entry.at);
    if (days.at(-1)?.day !== day) days.push({ day, entries: [] });
    days.at(-1).entries.push(entry);
  }
  return days;
}

/** Whether something of that time can belong to a group. */
function isOpen({ at, last }, time) {
  return last - time <= TOGETHER && at - time <= AT_MOST;
}

function belongs(item, { item: first, connectors }) {
  const alike = ['kind', 'from', 'to', 'errorCode'].every((field) => (first[field] ?? null) === (item[field] ?? null));
  return alike && (item.connector ? !connectors.includes(item.connector) : AUTONOMY[item.kind]?.many !== undefined);
}

function inCatalogueOrder(names, catalogue) {
  const place = (name) => {
    const index = catalogue.findIndex((entry) => entry.name === name);
    return index < 0 ? catalogue.length : index;
  };
  return [...names].sort((one, other) => place(one) - place(other));
}

/** What concerns the assistant and no connector; `many` where it comes in batches. */
const AUTONOMY = {
  user_paused: { text: 'You paused auto-execution', tone: 'red' },
  user_resumed: { text: 'You resumed auto-execution', tone: 'ok' },
  operator_paused: { text: 'The operator paused auto-execution', tone: 'red' },
  operator_resumed: { text: 'The operator resumed auto-execution', tone: 'ok' },
  settings_changed: { text: 'You changed what the assistant may do', tone: 'off' },
  policy_changed: { text: 'You changed your rules', tone: 'off' },
  policy_removed: { text: 'You removed rules', tone: 'off' },
  approval_requested: { text: 'An action waits for you', many: '# actions wait for you', tone: 'amber' },
  approval_granted: { text: 'You approved an action', many: 'You approved # actions', tone: 'ok' },
  approval_rejected: { text: 'You rejected an action', many: 'You rejected # actions', tone: 'off' },
  approval_expired: { text: 'An action expired unanswered', many: '# actions expired unanswered', tone: 'off' },
  approval_withdrawn: {
    text: 'An action needs no answer any more',
    many: '# actions need no answer any more',
    tone: 'off',
  },
  action_refused: {
    text: 'An action was held back right before it began',
    many: '# actions were held back right before they began',
    tone: 'amber',
  },
  action_denied: { text: 'An action was denied', many: '# actions were denied', tone: 'off' },
  action_expired: { text: 'An action was not begun in time', many: '# actions were not begun in time', tone: 'off' },
  action_admitted: { text: 'An action was begun', many: '# actions were begun', tone: 'ok' },
  action_completed: { text: 'An action was done', many: '# actions were done', tone: 'ok' },
  action_failed: { text: 'An action failed', many: '# actions failed', tone: 'amber' },
};

/** Why a person is asked no more, where that is not that nobody needs to be. */
const WITHDRAWN = {
  voided: { text: 'The approval of an action counts no more', many: 'The approvals of # actions count no more' },
  denied: { text: 'An action is not allowed any more', many: '# actions are not allowed any more' },
};

/** What happened to the assistant or to so many actions; null for what happened to a connector. */
function autonomyWords(items, whole) {
  const [{ kind, to, connector, errorCode }] = items;
  const count = items.length;
  if (kind === 'trust_tier_changed') return `You changed the level of trust to ${tierLabel(to ?? 'another')}`;
  if (Object.hasOwn(AUTONOMY, kind ?? '')) {
    const withdrawn = kind === 'approval_withdrawn' && Object.hasOwn(WITHDRAWN, errorCode ?? '');
    const { text, many } = withdrawn ? WITHDRAWN[errorCode] : AUTONOMY[kind];
    const what = common(items.map(aboutWords)) ?? common(items.map(({ subject }) => after(subject))) ?? '';
    return (count === 1 ? text : many.replace('#', whole ? count : `${count} or more`)) + what;
  }
  if (connector) return null;
  return kind === 'command_rejected' ? 'A change was refused' : 'Something changed';
}

/** What an item is about, after a colon: what the action is, what is held back and why, what was changed. */
function aboutWords({ kind, subject, description, changes }) {
  const why = description && `“${description}”`;
  if (kind === 'settings_changed') return after(changesWords(changes ?? []));
  if (kind === 'user_paused' || kind.startsWith('policy_')) return after(why);
  if (!kind.startsWith('operator_')) return after(description || subject);
  return scoped(subject) + (why ? `, ${why}` : '');
}

function scoped(subject) {
  const [scope, ...value] = (subject ?? '').split(' ');
  const part = partWords({ kind: scope, value: value.join(' ') });
  return part === null ? ' of everybody' : after(part);
}

/** What all of them are; null where they differ. */
function common(texts) {
  return texts.every((text) => text === texts[0]) ? texts[0] : null;
}

const after = (words) => (words ? `: ${words}` : '');

function connectorWords(item, connectors, catalogue) {
  const who = listed(inCatalogueOrder(connectors, catalogue).map((name) => labelOf(name, catalogue)));
  const several = connectors.length > 1;
  const were = several ? 'were' : 'was';
  switch (item.kind) {
    case 'connected':
      return `${who} connected`;
    case 'reauthorized':
      return item.to === 'disabled' ? `${who} reconnected, still disabled` : `${who} reconnected`;
    case 'disabled':
      return `${who} ${were} disabled`;
    case 'enabled':
      return item.to === 'needs_reauth' ? `${who} ${were} enabled, and must be reconnected` : `${who} ${were} enabled`;
    case 'removed':
      return `${who} ${were} removed`;
    case 'command_rejected':
      return `A change of ${who} was refused`;
    default:
      return changed(item, who, several);
  }
}

function changed(item, who, several) {
  switch (item.to) {
    case 'ok':
      return recovered(item.from, who, several);
    case 'retrying':
      return isSilent(item.errorCode)
        ? `${who} stopped answering`
        : `${who} can not be read: the provider ${doingWords(item.errorCode)}`;
    case 'needs_reauth':
      return item.errorCode === 'insufficient_scope'
        ? `${who} ${several ? 'lack' : 'lacks'} a permission that was not given`
        : `${who} disconnected: access was revoked or has expired`;
    case 'needs_admin':
      return `${who} stopped: your organisation's admin has to allow this`;
    case 'operator_fault':
      return `${who} stopped: a problem on our side`;
    case 'stale':
      return `${who} ${several ? 'have' : 'has'} not been heard of: state unknown`;
    default:
      return `${who} changed`;
  }
}

function recovered(from, who, several) {
  const are = several ? 'are' : 'is';
  if (from === 'operator_fault') return `${who} ${are} read again: the problem on our side is solved`;
  // It may have answered all the time: what was not heard of was lost sight of.
  if (from === 'stale') return `${who} ${are} heard of again`;
  if (from === 'needs_admin') return `${who} ${are} allowed again`;
  return `${who} ${several ? 'answer' : 'answers'} again`;
}

function tone(item) {
  if (Object.hasOwn(AUTONOMY, item.kind ?? '')) return AUTONOMY[item.kind].tone;
  if (!item.connector || ['removed', 'disabled', 'command_rejected'].includes(item.kind)) return 'off';
  return describe(item.to ?? 'ok').tone;
}

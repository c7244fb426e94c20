import { tierLabel } from './autonomy.js';
import { describe } from './condition.js';
import { labelOf, listed } from './names.js';
import { instant, startOfDay } from './time.js';

/** Alike things that happen within so many milliseconds of each other are told as one. */
const TOGETHER = 5000;

/**
 * The timeline as entries for people, newest first: the same change of several connectors at one moment is one entry.
 *
 * @param items [{at, kind, connector, from, to, errorCode}] newest first
 * @param catalogue [{name, label}]
 * @returns {Array<{at: number, text: string, tone: string, errorCode: string|null}>}
 */
export function entries(items, catalogue) {
  const groups = [];
  for (const item of items) {
    const at = instant(item.at);
    if (at === null) continue;
    const group = groups.at(-1);
    if (group && alike(group.item, item) && group.at - at <= TOGETHER && !group.connectors.includes(item.connector)) {
      group.connectors.unshift(item.connector);
    } else {
      groups.push({ at, item, connectors: [item.connector] });
    }
  }
  return groups.map(({ at, item, connectors }) => {
    const who = listed(inCatalogueOrder(connectors, catalogue).map((name) => labelOf(name, catalogue)));
    const text = sentence(item, who, connectors.length > 1);
    return { at, text, tone: tone(item), errorCode: item.errorCode ?? null };
  });
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

function alike(one, other) {
  return ['kind', 'from', 'to', 'errorCode'].every((field) => (one[field] ?? null) === (other[field] ?? null));
}

function inCatalogueOrder(names, catalogue) {
  const place = (name) => {
    const index = catalogue.findIndex((entry) => entry.name === name);
    return index < 0 ? catalogue.length : index;
  };
  return [...names].sort((one, other) => place(one) - place(other));
}

/** What concerns the assistant and no connector. */
const AUTONOMY = {
  user_paused: { text: 'You paused auto-execution', tone: 'red' },
  user_resumed: { text: 'You resumed auto-execution', tone: 'ok' },
  operator_paused: { text: 'The operator paused auto-execution', tone: 'red' },
  operator_resumed: { text: 'The operator resumed auto-execution', tone: 'ok' },
  settings_changed: { text: 'You changed what the assistant may do', tone: 'off' },
  policy_changed: { text: 'You changed your rules', tone: 'off' },
  policy_removed: { text: 'You removed rules', tone: 'off' },
  approval_requested: { text: 'An action waits for you', tone: 'amber' },
  approval_granted: { text: 'You approved an action', tone: 'ok' },
  approval_rejected: { text: 'You rejected an action', tone: 'off' },
  approval_expired: { text: 'An action expired unanswered', tone: 'off' },
  approval_withdrawn: { text: 'An action needs no answer any more', tone: 'off' },
  action_denied: { text: 'An action was denied', tone: 'off' },
  action_refused: { text: 'An action was held back right before it began', tone: 'amber' },
  action_expired: { text: 'An action was not begun in time', tone: 'off' },
  action_admitted: { text: 'An action was begun', tone: 'ok' },
  action_completed: { text: 'An action was done', tone: 'ok' },
  action_failed: { text: 'An action failed', tone: 'amber' },
};

function sentence(item, who, several) {
  if (item.kind === 'trust_tier_changed') return `Level of trust changed to ${tierLabel(item.to ?? 'another')}`;
  if (Object.hasOwn(AUTONOMY, item.kind ?? '')) return AUTONOMY[item.kind].text;
  if (!item.connector) return item.kind === 'command_rejected' ? 'A change was refused' : 'Something changed';
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
      return `${who} stopped answering`;
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
  if (from === 'needs_admin') return `${who} ${are} allowed again`;
  return `${who} ${several ? 'answer' : 'answers'} again`;
}

function tone(item) {
  if (Object.hasOwn(AUTONOMY, item.kind ?? '')) return AUTONOMY[item.kind].tone;
  if (!item.connector || ['removed', 'disabled', 'command_rejected'].includes(item.kind)) return 'off';
  return describe(item.to ?? 'ok').tone;
}

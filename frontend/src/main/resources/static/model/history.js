import { instant } from './time.js';

/** A connector that is not there: before it was connected, and after its removal. */
export const ABSENT = 'absent';
/** Nobody knows how it was: the timeline does not reach back so far, or is itself out of date. */
export const UNKNOWN = 'unknown';

/**
 * The life of one connector as spans of one condition each, oldest first, without gaps.
 *
 * @param items the user's timeline, newest first
 * @param connector the connector's name
 * @param complete whether the items reach back to the user's beginning
 * @param from where the first span begins
 * @param knownUntil what comes after is unknown
 * @param now where the last span ends
 * @returns {Array<{from: number, to: number, condition: string}>}
 */
export function spans(items, connector, { complete, from, knownUntil, now }) {
  let condition = complete ? ABSENT : UNKNOWN;
  const changes = [];
  for (const item of items.filter((each) => each.connector === connector).reverse()) {
    const at = instant(item.at);
    const next = after(item, condition);
    if (at === null || next === condition) continue;
    changes.push({ at, condition: next });
    condition = next;
  }
  if (knownUntil < now) changes.push({ at: knownUntil, condition: UNKNOWN });
  return cut(complete ? ABSENT : UNKNOWN, changes, from, now);
}

/** The condition that an item of the timeline leaves its connector in. */
function after(item, before) {
  switch (item.kind) {
    case 'removed':
      return ABSENT;
    case 'command_rejected':
      return before;
    case 'disabled':
      return 'disabled';
    case 'connected':
    case 'reauthorized':
    case 'enabled':
      return item.to ?? 'ok';
    default:
      return item.to ?? before;
  }
}

function cut(initial, changes, from, now) {
  const result = [];
  let condition = initial;
  let start = from;
  for (const change of changes) {
    const end = Math.min(Math.max(change.at, start), now);
    if (end > start) result.push({ from: start, to: end, condition });
    condition = change.condition;
    start = end;
  }
  if (now > start) result.push({ from: start, to: now, condition });
  return result;
}

import { ABSENT, UNKNOWN, spans } from './history.js';
import { clockTime, counted, daysBetween, lasting, startOfDay } from './time.js';

/** How many days a strip shows, today being the last. */
export const DAYS = 30;

/** What a part of a day is drawn as, top to bottom. `empty` is what is not known, or was not there to be known. */
export const PARTS = ['empty', 'ok', 'off', 'unread', 'needs-you'];

/** What lasts no longer ended no interruption; in milliseconds. */
const MOMENT = 5000;

/** The least share of a day at which a part is still seen. */
const VISIBLE = 0.14;

const PART_OF = {
  ok: 'ok',
  disabled: 'off',
  retrying: 'unread',
  operator_fault: 'unread',
  needs_reauth: 'needs-you',
  needs_admin: 'needs-you',
};

/**
 * The last thirty days of one connector.
 *
 * @param items of the user's timeline what is about connectors, newest first
 * @param connector the connector's name
 * @param options complete, knownUntil, now as in {@link spans}
 * @returns {{days: Array, interruptions: number, interrupted: number, since: number|null}} per day its start and the
 *   milliseconds of each part; how often and how long in all it was not read though it should have been; since when
 *   that is known, as since it was connected, if that lies within the days, else null
 */
export function strip(items, connector, { complete, knownUntil, now }) {
  const from = startOfDay(now, 1 - DAYS);
  const life = spans(items, connector, { complete, knownUntil, now, from });
  const days = Array.from({ length: DAYS }, (_, index) => day(life, startOfDay(now, 1 - DAYS + index), now));
  const broken = interruptions(life);
  return {
    days,
    interruptions: broken.length,
    interrupted: broken.reduce((sum, span) => sum + span.to - span.from, 0),
    since: [ABSENT, UNKNOWN].includes(life[0]?.condition) ? (life[1]?.from ?? null) : null,
  };
}

/** The parts of a day as shares of its height: each part that occurs is visible, and together they are 1. */
export function shares(parts) {
  const total = PARTS.reduce((sum, part) => sum + parts[part], 0);
  if (total === 0) return [{ part: 'empty', share: 1 }];
  const raised = PARTS.filter((part) => parts[part] > 0).map((part) => ({
    part,
    share: Math.max(parts[part] / total, VISIBLE),
  }));
  const sum = raised.reduce((all, each) => all + each.share, 0);
  return raised.map(({ part, share }) => ({ part, share: share / sum }));
}

/** "No interruption in 30 days", "No interruption since 15:00" (of what is younger than today), "1 interruption in 9 days, 14 minutes in all". */
export function interruptionSentence({ interruptions, interrupted, since }, now) {
  const days = since === null ? DAYS : Math.min(daysBetween(since, now) + 1, DAYS);
  const period = days === 1 && since !== null ? `since ${clockTime(since, now)}` : `in ${days} days`;
  if (interruptions === 0) return `No interruption ${period}`;
  return `${counted(interruptions, 'interruption')} ${period}, ${lasting(interrupted)} in all`;
}

/** The strip in words, for those who do not see it. */
export function stripSentence(summary, now) {
  const known = summary.days.filter(({ parts }) => parts.empty === 0 || parts.ok > 0).length;
  const reach = known === DAYS ? `Last ${DAYS} days` : `Last ${DAYS} days, known for ${counted(known, 'day')}`;
  return `${reach}: ${interruptionSentence(summary, now).toLowerCase()}`;
}

function day(life, start, now) {
  const end = Math.min(startOfDay(start, 1), now);
  const parts = Object.fromEntries(PARTS.map((part) => [part, 0]));
  for (const span of life) {
    const overlap = Math.min(span.to, end) - Math.max(span.from, start);
    if (overlap > 0) parts[PART_OF[span.condition] ?? 'empty'] += overlap;
  }
  return { start, parts };
}

/**
 * Neighbouring spans in which it was not read are one interruption, whatever their conditions, and whatever lasted but a
 * moment between them: a consent that lacks a permission is renewed, and found lacking at the next reading.
 */
function interruptions(life) {
  const result = [];
  for (const span of life) {
    if (!['unread', 'needs-you'].includes(PART_OF[span.condition])) continue;
    const last = result.at(-1);
    if (last && span.from - last.to <= MOMENT) last.to = span.to;
    else result.push({ ...span });
  }
  return result;
}

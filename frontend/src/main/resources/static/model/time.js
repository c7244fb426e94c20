/**
 * Instants as people say them. All functions are pure: instants and "now" are milliseconds since the epoch, the time
 * zone is the browser's, and calendar days are counted by the calendar: one of 23 or 25 hours is still one day.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
];

/** The instant of an RFC 3339 text; null when there is none or it is unreadable. */
export function instant(text) {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/** "3 seconds ago", "14 minutes ago", "2 days ago"; "just now" within the last second and for what lies ahead. */
export function ago(at, now) {
  const elapsed = now - at;
  for (const [unit, length] of UNITS) {
    if (elapsed >= length) return `${counted(Math.floor(elapsed / length), unit)} ago`;
  }
  return 'just now';
}

/** "14 minutes left", "2 days left"; "expired" from the instant itself on. */
export function left(until, now) {
  return until > now ? `${lasting(until - now)} left` : 'expired';
}

/** "14 minutes", "2 hours 5 minutes", "3 days 4 hours": the two largest units; never "0 seconds". */
export function lasting(milliseconds) {
  const rest = Math.max(milliseconds, SECOND);
  const first = UNITS.findIndex(([, length]) => rest >= length);
  const [unit, length] = UNITS[first];
  const count = Math.floor(rest / length);
  const next = UNITS[first + 1];
  const remainder = next && unit !== 'minute' ? Math.floor((rest - count * length) / next[1]) : 0;
  return remainder > 0 ? `${counted(count, unit)} ${counted(remainder, next[0])}` : counted(count, unit);
}

/** "1 minute", "2 minutes". */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** "10:02", "yesterday at 10:02", "tomorrow at 10:02", "15 November at 10:02", "15 November 2025 at 10:02". */
export function clockTime(at, now, language = spoken()) {
  const time = timeOfDay(at, language);
  const days = daysBetween(at, now);
  if (days === 0) return time;
  return `${{ 1: 'yesterday', '-1': 'tomorrow' }[days] ?? date(at, now, language)} at ${time}`;
}

/** The same where a sentence goes on with it: "at 10:02", "yesterday at 10:02", "on 15 November at 10:02". */
export function whenWords(at, now, language = spoken()) {
  const days = daysBetween(at, now);
  const before = days === 0 ? 'at ' : Math.abs(days) === 1 ? '' : 'on ';
  return before + clockTime(at, now, language);
}

/** "Today", "Yesterday", "15 November", "15 November 2025": the heading of a day. */
export function dayName(at, now, language = spoken()) {
  const days = daysBetween(at, now);
  if (days === 0) return 'Today';
  return days === 1 ? 'Yesterday' : date(at, now, language);
}

/** The instant at which the calendar day of `at`, moved by so many days, begins. */
export function startOfDay(at, days = 0) {
  const moment = new Date(at);
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days).getTime();
}

/** How many calendar days lie between two instants: 0 on the same day, 1 when `at` is yesterday. */
export function daysBetween(at, now) {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY);
}

/** Milliseconds of "PT5S", "PT1M30S", "5s", "500ms" or "1m"; the fallback for anything else. */
export function duration(text, fallback) {
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(text ?? '');
  if (iso && iso[0].length > 2) return 1000 * (3600 * (iso[1] ?? 0) + 60 * (iso[2] ?? 0) + Number(iso[3] ?? 0));
  const simple = /^(\d+)(ms|s|m|h)$/.exec(text ?? '');
  return simple ? Number(simple[1]) * { ms: 1, s: SECOND, m: MINUTE, h: HOUR }[simple[2]] : fallback;
}

/** The time zone of the browser, by its IANA name. */
export function browserZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** "08:31" where the clock has 24 hours, "8:31 AM" where it has twelve. */
function timeOfDay(at, language) {
  const { hour12 } = new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions();
  return new Intl.DateTimeFormat(language, { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' }).format(at);
}

function date(at, now, language) {
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year }).format(at);
}

/** The dashboard speaks English; its clock times follow the reader's kind of English. */
function spoken() {
  const language = globalThis.navigator?.language ?? '';
  return language.startsWith('en') ? language : 'en-GB';
}

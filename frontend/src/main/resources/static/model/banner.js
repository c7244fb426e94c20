import { clockTime, instant, whenWords } from './time.js';

/** How the server begins to tell of the user's own pause. */
const OWN_PAUSE = /^You paused it/;

/**
 * What a banner says beside its text, as {detail, since}; `since` introduces "14 minutes ago", and is null where there
 * is nothing to introduce. The texts are the server's, times are rendered here, because only the browser knows the
 * reader's clock. The user's own pause tells its time in the sentence that says who paused.
 */
export function bannerWords({ kind, detail, since }, now) {
  const words = detail ?? '';
  const at = instant(since);
  if (at === null) return { detail: words, since: null };
  if (kind === 'user_pause' && OWN_PAUSE.test(words)) {
    return { detail: words.replace(OWN_PAUSE, (who) => `${who} ${whenWords(at, now)}`), since: null };
  }
  return { detail: words, since: `${sinceWords(kind)} ${clockTime(at, now)}, ` };
}

function sinceWords(kind) {
  switch (kind) {
    case 'operator_pause':
    case 'user_pause':
      return 'Paused since';
    case 'unknown':
      return 'Unknown since';
    default:
      return 'Nothing has been read since';
  }
}

/** The id of the banner that says so of everything; one that concerns a single grant has the grant in its id. */
export const EVERYTHING_UNKNOWN = 'unknown';

/**
 * Whether a banner says that nothing is known, and nothing later is known: how far the projector has come is told to
 * the stream once a second, so that for a moment an answer to a question may know more.
 *
 * @param asOf when it last was known how everything is, in milliseconds
 */
export function saysUnknown({ id, since }, asOf) {
  return id === EVERYTHING_UNKNOWN && (instant(since) ?? 0) >= asOf;
}

/** Red, amber, grey: the order in which banners stand, whatever order they came in. */
const ORDER = ['red', 'amber', 'grey'];

/**
 * The banners to show: those the server gave, and one of our own while what we know is too old and none of theirs
 * says so. While it is not, none says that it is.
 *
 * @param banners what the server last said
 * @param known whether it may still be relied on
 * @param asOf when it was so; null when nothing was ever known
 */
export function shownBanners(banners, known, asOf) {
  const shown = banners.filter((banner) => !known || banner.id !== EVERYTHING_UNKNOWN);
  if (!known && !shown.some((banner) => banner.id === EVERYTHING_UNKNOWN)) {
    shown.push({
      id: EVERYTHING_UNKNOWN,
      kind: 'unknown',
      severity: 'grey',
      text: 'We do not know how your connections are.',
      detail: 'Lifeline is not reporting. This page tries again by itself.',
      since: asOf === null ? null : new Date(asOf).toISOString(),
      cta: null,
    });
  }
  return shown.sort((one, other) => place(one) - place(other));
}

/** What the operator pauses stands before what the user pauses: it is not his to lift. */
function place({ kind, severity }) {
  return 2 * ORDER.indexOf(severity) + (kind === 'user_pause' ? 1 : 0);
}

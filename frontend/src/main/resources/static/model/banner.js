/**
 * How a banner's `since` is introduced; the clock time and "14 minutes ago" follow. The text of a banner is the
 * server's, the time is rendered here, because only the browser knows the reader's clock.
 */
export function sinceWords(kind) {
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

/** Red, amber, grey: the order in which banners stand, whatever order they came in. */
const ORDER = ['red', 'amber', 'grey'];

/**
 * The banners to show: those the server gave, and one of our own while what we know is too old and none of theirs
 * says so.
 *
 * @param banners what the server last said
 * @param known whether it may still be relied on
 * @param asOf when it was so; null when nothing was ever known
 */
export function shownBanners(banners, known, asOf) {
  const shown = [...banners];
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

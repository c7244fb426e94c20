import { describe } from './condition.js';
import { sentence } from './approval.js';
import { isKnown } from './freshness.js';
import { own } from './names.js';
import { ago, clockTime, counted, instant, lasting, whenWords } from './time.js';

/** The operator's view in words. */

const CLIENT_REFUSED =
  "The provider does not know Lifeline's client, or its secret is wrong or has expired. Give poller-service a valid one.";
const CLIENT_GONE = "Lifeline's client was deleted or suspended at the provider. Have it restored there.";

const KINDS = {
  everything: () => 'Everybody',
  environment: () => 'Everybody, by SKYTWIN_AUTO_EXECUTE_DISABLED where an instance was started; start it without to lift that:',
  domain: (value) => `Domain ${value}`,
  connector: (value) => `Connector ${value}`,
  action_type: (value) => `Action type ${value}`,
};

/** What a pause holds back. */
export function scopeWords({ kind, value }) {
  return Object.hasOwn(KINDS, kind ?? '') ? KINDS[kind](value) : `${sentence(String(kind))} ${value ?? ''}`.trim();
}

/** Which part a pause holds back: "domain email"; null where it is everything, whichever lever was pulled for it. */
export function partWords(scope) {
  if (scope.kind === 'everything' || scope.kind === 'environment') return null;
  const words = scopeWords(scope);
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** What users are told otherwise: it is the operator's to mend, or to look at. */
const FOR_OPERATORS = {
  operator_fault: { words: 'Lifeline is refused: yours to mend', tone: 'red' },
  retrying: { words: 'Retrying', tone: 'grey' },
  needs_admin: { words: 'Waiting for an admin', tone: 'amber' },
  stale: { words: 'Not heard of', tone: 'grey' },
};

/** What there is to do about a refusal, by who has to act. */
const REMEDIES = {
  REAUTH: 'The user reconnects; the banner asks for it.',
  ADMIN: "The user's organisation, or the provider, has to allow it.",
  CONFIG: 'The provider refuses Lifeline itself. Compare its client and settings there with those of poller-service.',
  TRANSIENT: 'It is tried again by itself. If it lasts, look at the state of the provider.',
};

/** Likewise, where the code itself says what is the matter. */
const REMEDIES_BY_CODE = {
  invalid_client: CLIENT_REFUSED,
  invalid_client_secret: CLIENT_REFUSED,
  incorrect_client_credentials: CLIENT_REFUSED,
  aadsts7000215: CLIENT_REFUSED,
  aadsts7000222: 'The secret of Lifeline’s client has expired. Make a new one there, and give it to poller-service.',
  deleted_client: CLIENT_GONE,
  disabled_client: CLIENT_GONE,
  application_suspended: CLIENT_GONE,
  api_not_enabled: "Switch the API on in the provider's console, for the project of Lifeline's client.",
  credential_unreadable: 'The keyset of poller-service lacks the key of these credentials. Give it back; nobody has to reconnect.',
  provider_not_offered: 'poller-service is not set to read these at that provider any more.',
};

/** What there is to do about an error code. */
export function remedyWords({ errorCode, failureClass }) {
  return own(REMEDIES_BY_CODE, errorCode.toLowerCase()) ?? own(REMEDIES, failureClass) ?? '';
}

/**
 * Counts of connectors as a table: conditions down, providers across.
 *
 * @param connectors [{provider, condition, count}]
 * @returns {{providers: string[], rows: [{words, tone, counts: number[], total: number}]}} the worst condition first
 */
export function conditionTable(connectors) {
  const providers = [...new Set(connectors.map(({ provider }) => provider))].sort();
  const conditions = [...new Set(connectors.map(({ condition }) => condition))].sort(worseFirst);
  const rows = conditions.map((condition) => {
    const counts = providers.map((provider) =>
      sum(connectors.filter((row) => row.provider === provider && row.condition === condition)),
    );
    const { words, tone } = own(FOR_OPERATORS, condition) ?? describe(condition);
    return { words, tone, counts, total: counts.reduce((all, each) => all + each, 0) };
  });
  return { providers, rows };
}

/** "lifeline-projector-connector-health" as "connector health". */
export function projectionWords(projection) {
  return projection.replace(/^lifeline-projector-/, '').replaceAll('-', ' ');
}

/** When all of it was last known; null when it never was. */
export function asOfWords(asOf, now) {
  if (asOf === null) return 'not known yet';
  return isKnown(asOf, now) ? `as of ${clockTime(asOf, now)}` : `last known ${whenWords(asOf, now)}`;
}

/** How far something is behind at an instant; null when that was never known. */
export function behindWords(caughtUpAt, now) {
  const at = instant(caughtUpAt);
  if (at === null) return 'not known';
  return now - at < 1000 ? 'up to date' : `${lasting(now - at)} behind`;
}

/**
 * How far what is shown has been proven by the log.
 *
 * @param verification of GET /api/ops/fleet; null where nothing is proven in the background
 * @returns {{words: string, wrong: boolean}} wrong where somebody should look
 */
export function verificationWords(verification, now) {
  if (!verification) return { words: 'Nothing is proven in the background.', wrong: false };
  const { partitions, proven, rows, unprovable, different, oldest, everySeconds } = verification;
  const at = instant(oldest);
  if (proven === 0 || at === null) return { words: 'Nothing has been proven yet.', wrong: false };
  const left = partitions - proven;
  const late = now - at > 2 * everySeconds * 1000;
  const when =
    left > 0
      ? `${left} of ${counted(partitions, 'part')} ${left === 1 ? 'is' : 'are'} still to be proven`
      : `least recently proven ${ago(at, now)}`;
  const older = unprovable > 0 ? ` ${unprovable.toLocaleString('en')} older than the log can not be proven.` : '';
  if (different > 0) {
    const are = different === 1 ? '1 row is' : `${different.toLocaleString('en')} rows are`;
    return { words: `${are} not what the log comes to; ${when}.${older}`, wrong: true };
  }
  return {
    words: `The ${rows.toLocaleString('en')} rows that were looked at are what the log comes to; ${when}.${older}`,
    wrong: late,
  };
}

const EVERYBODY = '00000000-0000-0000-0000-000000000000';

/** Whose actions wait because a command could not be read, and why it could not; that of the operator concerns everybody. */
export function withheldWords({ userId, source, reason }) {
  let whose = `What user ${userId} wants`;
  if (userId === EVERYBODY) whose = 'What anybody wants';
  if (userId === null) whose = `What anybody of partition ${source.partition} wants`;
  return `${whose} done needs approval (${reason}).`;
}

/** Where a row is that is not what the log comes to, and what tells more. */
export function differingWords({ table, key, userId }) {
  const more = userId ? `./lifeline audit --verify --user ${userId}` : './lifeline replay --into NAME';
  return { row: `${table} (${key})`, more };
}

const WORST_FIRST = ['needs_reauth', 'needs_admin', 'operator_fault', 'stale', 'retrying', 'disabled', 'ok'];

function worseFirst(one, other) {
  return WORST_FIRST.indexOf(one) - WORST_FIRST.indexOf(other);
}

function sum(rows) {
  return rows.reduce((all, { count }) => all + count, 0);
}

import { labelOf, listed } from './names.js';

/**
 * The conditions of a connector in words for people, and the colour that each means: `ok` green, `amber` needs the
 * user, `grey` not known or not being read, `off` switched off by the user.
 */

const CONDITIONS = {
  ok: { words: 'Connected', tone: 'ok' },
  retrying: { words: 'Retrying, the provider is not answering', tone: 'grey' },
  needs_reauth: { words: 'Needs reconnecting', tone: 'amber' },
  needs_admin: { words: "Your organisation's admin has to allow this", tone: 'amber' },
  operator_fault: { words: 'We are fixing a problem on our side', tone: 'grey' },
  disabled: { words: 'Disabled', tone: 'off' },
  stale: { words: 'Unknown', tone: 'grey' },
};

/** Short words and tone of a condition; one that this page does not know yet is unknown, never fine. */
export function describe(condition) {
  return Object.hasOwn(CONDITIONS, condition ?? '') ? CONDITIONS[condition] : CONDITIONS.stale;
}

const SLOW = /^http_429$|rate_?limit|too_?many_?requests|throttled|slow_down|exhausted|quota/i;
const SILENT = /^(no_answer|http_408|http_50[234]|deadline_exceeded)$|unavailable|time_?out/i;

/** What a provider does that is asked again: whatever code it gave, it has answered. */
export function doingWords(errorCode) {
  if (isSilent(errorCode)) return 'is not answering';
  return SLOW.test(errorCode) ? 'asks us to slow down' : 'answers with errors';
}

/** Whether a failure means that nobody answers. */
export function isSilent(errorCode) {
  return !errorCode || SILENT.test(errorCode);
}

/**
 * What the removal of a connector does to the access at its provider, to go on a sentence with; empty where that is not
 * known.
 *
 * @param connectors by name, as the server says
 */
export function accessWords(name, connectors, catalogue) {
  const { provider, account } = connectors[name] ?? {};
  if (!account) return '';
  const isShared = ([other, row]) => other !== name && row.provider === provider && row.account === account;
  const others = Object.entries(connectors).filter(isShared);
  if (others.length === 0) return `, and gives back its access to ${account}`;
  const needing = others.map(([other]) => labelOf(other, catalogue));
  return `, and keeps its access to ${account}, which ${listed(needing)} ${needing.length > 1 ? 'need' : 'needs'}`;
}

/** What a provider does that is not answering as it should; '' where it is silent. */
function asIs(errorCode) {
  return isSilent(errorCode) ? '' : `The provider ${doingWords(errorCode)}. `;
}

/** One sentence on what a connector's state means for its user; empty when it means nothing to him. */
export function meaning(connector) {
  switch (connector.condition) {
    case 'ok':
      return connector.lastSuccessAt ? '' : 'The first reading is on its way.';
    case 'retrying':
      return `${asIs(connector.errorCode)}It is tried again by itself. There is nothing for you to do.`;
    case 'needs_reauth':
      return connector.errorCode === 'insufficient_scope'
        ? 'Access to it was left out when consent was given. Reconnect and leave it ticked.'
        : 'Access was revoked or has expired. It is not read until you reconnect.';
    case 'needs_admin':
      return 'Ask your admin to allow Lifeline. It is tried again by itself.';
    case 'operator_fault':
      return 'It will be read again by itself. There is nothing for you to do.';
    case 'disabled':
      return 'It is not read until you enable it.';
    default:
      return 'It should have been heard of by now.';
  }
}

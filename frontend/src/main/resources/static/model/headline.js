import { isSilent } from './condition.js';
import { listed, numbered } from './names.js';

/**
 * The state of everything in one sentence, and what there is to do about it in another.
 *
 * @param connectors [{label, condition, errorCode}] of those that are connected
 * @param known whether what is shown is fresh enough to be relied on
 * @returns {{text: string, detail: string}} texts without a clock time
 */
export function headline(connectors, known) {
  if (!known) {
    return { text: 'We do not know how your connections are', detail: 'What you see below may have changed.' };
  }
  if (connectors.length === 0) {
    return { text: 'Nothing is connected yet', detail: 'Connect an account, and Lifeline watches over it.' };
  }
  for (const { condition, text, detail } of STATES) {
    const concerned = connectors.filter((connector) => conditionOf(connector) === condition);
    if (concerned.length > 0) {
      const others = connectors.filter((connector) => !concerned.includes(connector));
      return { text: text(concerned), detail: [detail, rest(others)].filter(Boolean).join(' ') };
    }
  }
  const disabled = connectors.filter((connector) => conditionOf(connector) === 'disabled');
  if (disabled.length === connectors.length) {
    return { text: 'Everything is disabled', detail: 'Nothing is read until you enable it.' };
  }
  const detail = disabled.length > 0 ? `${names(disabled)} ${be(disabled)} disabled.` : '';
  return { text: fine(connectors.filter((connector) => conditionOf(connector) === 'ok')), detail };
}

/** One that this page does not know yet, or none, is unknown, never fine. */
function conditionOf({ condition }) {
  const known = condition === 'ok' || condition === 'disabled' || STATES.some((state) => state.condition === condition);
  return known ? condition : 'stale';
}

/** What is not fine, worst first. */
const STATES = [
  {
    condition: 'needs_reauth',
    text: (concerned) => (concerned.length === 1 ? 'One connection needs you' : `${count(concerned)} need you`),
  },
  {
    condition: 'needs_admin',
    text: (concerned) =>
      `${count(concerned)} ${concerned.length === 1 ? 'waits' : 'wait'} for your organisation's admin`,
  },
  {
    condition: 'stale',
    text: (concerned) => `We have not heard of ${names(concerned)}`,
    detail: 'We are looking into it.',
  },
  {
    condition: 'operator_fault',
    text: () => 'We are fixing a problem on our side',
    detail: 'There is nothing for you to do.',
  },
  {
    condition: 'retrying',
    text: (concerned) =>
      concerned.every(({ errorCode }) => isSilent(errorCode))
        ? `${names(concerned)} ${be(concerned)} not answering`
        : `${names(concerned)} can not be read at the moment`,
    detail: 'We keep trying; there is nothing for you to do.',
  },
];

function fine(connectors) {
  if (connectors.length === 1) return `${names(connectors)} is connected`;
  return connectors.length === 2 ? 'Both connections are fine' : `All ${connectors.length} connections are fine`;
}

function rest(others) {
  const bad = others.filter((connector) => !['ok', 'disabled'].includes(conditionOf(connector)));
  if (others.length === 0 || others.every((connector) => conditionOf(connector) === 'disabled')) return '';
  return bad.length === 0 ? 'Everything else is fine.' : '';
}

const count = (connectors) => `${numbered(connectors.length)} connection${connectors.length === 1 ? '' : 's'}`;
const names = (connectors) => listed(connectors.map((connector) => connector.label));
const be = (connectors) => (connectors.length === 1 ? 'is' : 'are');

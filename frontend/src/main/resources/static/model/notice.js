import { labelOf } from './names.js';

/** The parameters with which the way back from a provider tells what came of it. */
const PARAMETERS = ['connected', 'notice', 'connector', 'expected', 'got'];

/**
 * What the address of the page says about a connection just tried; null when it says nothing.
 *
 * @param search the query of the address
 * @param catalogue [{name, label}]
 * @returns {{tone: 'ok'|'grey'|'amber', text: string, detail: string}|null} texts, never markup
 */
export function noticeOf(search, catalogue) {
  const parameters = new URLSearchParams(search);
  const connected = parameters.get('connected');
  if (connected !== null) {
    return { tone: 'ok', text: `${labelOf(connected, catalogue)} is connected.`, detail: '' };
  }
  const code = parameters.get('notice');
  if (code === null) return null;
  if (code === 'other_account') return otherAccount(parameters.get('expected'), parameters.get('got'));
  return Object.hasOwn(NOTICES, code) ? NOTICES[code] : UNFINISHED;
}

/** The address without what {@link noticeOf} reads, so that a reload does not say it again. */
export function withoutNotice(search) {
  const parameters = new URLSearchParams(search);
  for (const name of PARAMETERS) parameters.delete(name);
  const rest = parameters.toString();
  return rest ? `?${rest}` : '';
}

const UNFINISHED = {
  tone: 'grey',
  text: 'Nothing was changed.',
  detail: 'The connection was not completed. Try it again.',
};

const NOTICES = {
  access_denied: { tone: 'grey', text: 'Nothing was changed.', detail: 'You did not give access at the provider.' },
  sign_in_failed: { tone: 'amber', text: 'Signing in did not work.', detail: 'Try it once more.' },
  sign_in_unavailable: {
    tone: 'grey',
    text: 'Signing in is not possible at the moment.',
    detail: 'Try it again in a while.',
  },
};

function otherAccount(expected, got) {
  return {
    tone: 'amber',
    text: 'Nothing was changed: that was another account.',
    detail:
      expected && got
        ? `This connection belongs to ${expected}, and you chose ${got}. Reconnect with ${expected}.`
        : 'Reconnect with the account that was connected before.',
  };
}

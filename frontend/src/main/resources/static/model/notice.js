import { labelOf, listed } from './names.js';
import { clockTime, instant } from './time.js';

/** The parameters with which the way back from a provider tells what came of it. */
const PARAMETERS = ['connected', 'lacking', 'notice', 'connector', 'expected', 'got'];

/**
 * What the address of the page says about a connection just tried; null when it says nothing.
 *
 * @param search the query of the address
 * @param catalogue [{name, label}]
 * @returns {{tone: 'ok'|'grey'|'amber', text: string, detail: string, connectors: string[]?}|null} texts, never markup;
 *     the connectors that it calls fine, where it does
 */
export function noticeOf(search, catalogue) {
  const parameters = new URLSearchParams(search);
  const connectors = parameters.getAll('connected');
  const lacking = parameters.getAll('lacking');
  if (lacking.length > 0) return permissionMissing(lacking, connectors, catalogue);
  if (connectors.length > 0) {
    return { tone: 'ok', text: `${areOrIs(connectors, catalogue)} connected.`, detail: '', connectors };
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

function permissionMissing(lacking, connectors, catalogue) {
  const fine = connectors.length > 0 ? ` ${areOrIs(connectors, catalogue)} connected.` : '';
  return {
    tone: 'amber',
    text: `${areOrIs(lacking, catalogue)} not connected.`,
    detail: `You left out the permission to read ${lacking.length > 1 ? 'them' : 'it'}. Reconnect, and leave it ticked.${fine}`,
  };
}

function areOrIs(connectors, catalogue) {
  return `${listed(connectors.map((name) => labelOf(name, catalogue)))} ${connectors.length > 1 ? 'are' : 'is'}`;
}

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

/**
 * What is to be said of a pause that was asked for while one stood already, as in another window; null when it was not.
 *
 * @param answer what was answered to it; null where that is not known
 */
export function alreadyPaused(answer, reason, now) {
  if (answer === null || (answer.pausedReason ?? '').trim() === reason.trim()) return null;
  const at = instant(answer.pausedAt);
  const since = at === null ? '' : ` since ${clockTime(at, now)}`;
  return {
    tone: 'grey',
    text: `It was already paused${since}.`,
    detail: answer.pausedReason ? `Its reason stays: “${answer.pausedReason}”` : 'Your reason was not noted.',
  };
}

/** For how long good news stands; what went wrong stands until it is put away, or something else is asked for. */
const READ_WITHIN = 8000;

/** Whether a notice has been read by now, or what it says is no longer so. */
export class Notice {
  #since;
  #seen = false;

  constructor(notice, now) {
    this.notice = notice;
    this.#since = now;
  }

  /** @param connectors by name, as the server last said; null while that is not known */
  isOver(connectors, now) {
    const { tone, connectors: named = [] } = this.notice;
    if (tone === 'ok' && now - this.#since >= READ_WITHIN) return true;
    if (connectors === null || named.length === 0) return false;
    const fine = named.every((name) => connectors[name]?.condition === 'ok');
    this.#seen ||= fine;
    return this.#seen && !fine;
  }
}

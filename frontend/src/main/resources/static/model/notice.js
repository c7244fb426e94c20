import { labelOf, listed } from './names.js';
import { clockTime, instant } from './time.js';

/** The parameters with which the way back from a provider tells what came of it. */
const PARAMETERS = ['connected', 'lacking', 'notice', 'connector', 'expected', 'got'];

/** What may be the name of an account, such as an e-mail address, and is no sentence that an address wants said. */
const ACCOUNT = /^[\p{L}\p{N}._%+'|@-]{1,254}$/u;

/**
 * What the address of the page says about a connection just tried; null when it says nothing. Anybody can have made the
 * address up: what it calls connected is said once the server says so, see {@link Notice}.
 *
 * @param search the query of the address
 * @param catalogue [{name, label}]
 * @returns {{tone: 'ok'|'grey'|'amber', text: string, detail: string, connectors: string[]?, meanwhile: object?}|null}
 *     texts, never markup; the connectors that it calls fine, where it does, and what is said until they are
 */
export function noticeOf(search, catalogue) {
  const parameters = new URLSearchParams(search);
  const offered = (parameter) =>
    parameters.getAll(parameter).filter((name) => catalogue.some((entry) => entry.name === name));
  const connectors = offered('connected');
  const lacking = offered('lacking');
  if (lacking.length > 0) return permissionMissing(lacking, catalogue);
  if (connectors.length > 0) {
    const who = areOrIs(connectors, catalogue);
    const meanwhile = { tone: 'grey', text: `${who} being checked.`, detail: '' };
    return { tone: 'ok', text: `${who} connected.`, detail: '', connectors, meanwhile };
  }
  const code = parameters.get('notice');
  if (code === null) return null;
  if (code === 'other_account') return otherAccount(...['expected', 'got'].map((name) => parameters.get(name)));
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

function permissionMissing(lacking, catalogue) {
  return {
    tone: 'amber',
    text: `${areOrIs(lacking, catalogue)} not connected.`,
    detail: `You left out the permission to read ${lacking.length > 1 ? 'them' : 'it'}. Reconnect, and leave it ticked.`,
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
      ACCOUNT.test(expected ?? '') && ACCOUNT.test(got ?? '')
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

/** For how long good news is waited for; after that the cards say how it is. */
const CHECKED_WITHIN = 30_000;

/** A notice while it stands: until it has been read, or what it says is no longer so. */
export class Notice {
  #notice;
  #since;
  #seen = false;

  constructor(notice, now) {
    this.#notice = notice;
    this.#since = now;
  }

  /**
   * What is to be said now, {text, tone, detail}; null when it is over.
   *
   * @param connectors by name, as the server last said; null while that is not known
   */
  at(connectors, now) {
    const { tone, connectors: named = [], meanwhile } = this.#notice;
    const fine = named.every((name) => connectors?.[name]?.condition === 'ok');
    if (meanwhile && !this.#seen) {
      if (!fine) return now - this.#since < CHECKED_WITHIN ? meanwhile : null;
      this.#seen = true;
      this.#since = now;
    }
    if (connectors !== null && !fine) return null;
    return tone === 'ok' && now - this.#since >= READ_WITHIN ? null : this.#notice;
  }
}

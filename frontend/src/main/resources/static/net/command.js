import { Problem, SignedOut } from './api.js';

/** How long to wait between two looks at a command that is under way. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/** How long a command that was taken may be unknown where its Location points: what reads there lags behind. */
const KNOWN_WITHIN = 60_000;

/**
 * Asks for a change and sees it through: resolves to what the server answered, or to null when what became of it
 * has to be read anew. A refusal is a {@link Problem}; any other failure leaves it open.
 *
 * @param api the server
 * @param request {method, path, body}
 * @param onPending called once when the server has taken it but not carried it out yet
 */
export async function carryOut(api, { method, path, body }, onPending) {
  const answer = await api.change(method, path, body);
  if (answer.status !== 202 || !answer.location) return answer.body;
  onPending();
  await settled(api, pathOf(answer.location));
  return null;
}

async function settled(api, path) {
  const began = Date.now();
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const command = await look(api, path);
    if (command?.state === 'done') return;
    if (command?.state === 'rejected') throw new Problem(409, { detail: command.reason ?? 'It was refused.' });
    if (command === UNKNOWN && Date.now() - began > KNOWN_WITHIN) throw new Error('Nothing is known of it yet.');
  }
}

/** Nothing is there yet of what the server has just taken. */
const UNKNOWN = { state: 'unknown' };

/** A server that is away for a moment has not forgotten the command: what it will say is worth waiting for. */
async function look(api, path) {
  try {
    return await api.get(path);
  } catch (failure) {
    if (failure instanceof SignedOut) throw failure;
    return failure instanceof Problem && failure.status < 500 ? UNKNOWN : null;
  }
}

/** Only ever a path of this origin, wherever a Location points. */
function pathOf(location) {
  const url = new URL(location, globalThis.location.href);
  return url.pathname + url.search;
}

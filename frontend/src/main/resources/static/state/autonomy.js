import { isKnown } from '../model/freshness.js';
import { instant } from '../model/time.js';
import { Resource } from './resource.js';

/** How many actions that wait are read at first, and more with each wish. */
const STEP = 50;

/** How many the server tells at once. */
const MOST = 200;

/** Whether the user's assistant may act by itself, and what waits for him: read with every page. */
export class Autonomy {
  #state;
  #approvals;
  #limit = STEP;

  /** What was answered to the first of two confirmations, by approval: {confirmationToken, notBefore}. */
  confirmations = new Map();

  constructor(api, userId) {
    const user = `/api/users/${userId}`;
    this.#state = new Resource(api, `${user}/autonomy-state`);
    this.#approvals = new Resource(api, () => `${user}/approvals?status=pending&limit=${this.#limit}`);
  }

  async read() {
    await Promise.all([this.#state.read(), this.#approvals.read()]);
    const waiting = new Set(this.approvals?.map(({ approvalId }) => approvalId));
    for (const id of this.confirmations.keys()) if (!waiting.has(id)) this.confirmations.delete(id);
  }

  /** {userPause, globalPause, pausedAt, pausedReason, pauseVersion, reason, operator}; null while nothing was read. */
  get state() {
    return this.#state.value;
  }

  /** Whether {@link state} still holds at an instant. */
  knownAt(now) {
    return this.state !== null && this.#state.problem === null && isKnown(instant(this.state.asOf), now);
  }

  /** What waits for the user; null while nothing was read. */
  get approvals() {
    return this.#approvals.value?.items ?? null;
  }

  /** How many wait for the user, also of those that were not read; null while nothing was read. */
  get count() {
    return this.#approvals.value?.count ?? null;
  }

  /** Whether {@link approvals} are what waits at an instant. */
  approvalsKnownAt(now) {
    return this.approvals !== null && this.problem === null && isKnown(this.approvalsAsOf, now);
  }

  /** When {@link approvals} were what waits; null where that was never known. */
  get approvalsAsOf() {
    return instant(this.#approvals.value?.asOf);
  }

  /** Whether more waits than was read, and can be read. */
  get more() {
    return this.#beyond && this.#limit < MOST;
  }

  /** How many are shown where more wait than can be; null where that is not so. */
  get cutAt() {
    return this.#beyond && this.#limit >= MOST ? MOST : null;
  }

  get #beyond() {
    return Boolean(this.#approvals.value?.next);
  }

  /** Why what waits can not be told at the moment; null when it can. */
  get problem() {
    return this.#approvals.problem;
  }

  /** Reads more of what waits from now on. */
  widen() {
    this.#limit = Math.min(MOST, this.#limit + STEP);
  }
}

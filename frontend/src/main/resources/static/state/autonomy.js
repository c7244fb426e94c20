import { isKnown } from '../model/freshness.js';
import { instant } from '../model/time.js';
import { Resource } from './resource.js';

/** How many actions that wait are read where only their number is shown: each may be long. */
const COUNTED = 1;

/** How many are read at first where they are listed, and more with each wish. */
const STEP = 50;

/** How many the server tells at once. */
const MOST = 200;

/** Whether the user's assistant may act by itself, and what waits for him: read with every page. */
export class Autonomy {
  #api;
  #user;
  #state;
  #approvals;
  #limit = COUNTED;

  /** What was answered to the first of two confirmations, by approval: {confirmationToken, notBefore}. */
  confirmations = new Map();

  constructor(api, userId) {
    this.#api = api;
    this.#user = `/api/users/${userId}`;
    this.#state = new Resource(api, `${this.#user}/autonomy-state`);
    this.#approvals = new Resource(api, () => this.#waiting(this.#limit));
  }

  /** All that it reads. */
  get resources() {
    return [this.#state, this.#approvals];
  }

  /** {userPause, globalPause, pausedAt, pausedReason, pauseVersion, reason, operator}; null while nothing was read. */
  get state() {
    return this.#state.value;
  }

  /** Whether {@link state} still holds at an instant. */
  knownAt(now) {
    return this.state !== null && this.#state.problem === null && isKnown(instant(this.state.asOf), now);
  }

  /** What waits for the user; null while at most its number was read. */
  get approvals() {
    const items = this.#approvals.value?.items ?? null;
    return this.#beyond && items.length <= COUNTED ? null : items;
  }

  /** How many wait for the user, also of those that were not read; null while nothing was read. */
  get count() {
    return this.#approvals.value?.count ?? null;
  }

  /** Whether {@link count} and {@link approvals} are what waits at an instant. */
  approvalsKnownAt(now) {
    return this.count !== null && this.problem === null && isKnown(this.approvalsAsOf, now);
  }

  /** When they were what waits; null where that was never known. */
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

  /** Reads from now on what waits, and not only how many, until the function that is returned is called. */
  list() {
    this.#limit = STEP;
    return () => (this.#limit = COUNTED);
  }

  /** Reads once what waits, {items, count}: as much of it as the server tells at once. */
  look() {
    return this.#api.get(this.#waiting(MOST));
  }

  #waiting(limit) {
    return `${this.#user}/approvals?status=pending&limit=${limit}`;
  }

  /** Reads more of what waits from now on. */
  widen() {
    this.#limit = Math.min(MOST, this.#limit + STEP);
  }
}

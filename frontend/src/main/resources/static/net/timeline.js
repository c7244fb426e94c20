import { refusal } from './api.js';

const HEAD = 50;
const PAGE = 200;

/** How many pages are read at most to fill the strips; what lies before them is drawn as not known. */
const MOST_PAGES = 25;

/**
 * The newest part of a user's timeline, without gaps, grown at both ends: {@link Timeline#catchUp} reads what is new,
 * {@link Timeline#readUntil} what is old.
 */
export class Timeline {
  #api;
  #path;
  #about;
  #next = null;
  #loaded = false;
  #turn = Promise.resolve();

  /** Newest first. */
  items = [];
  /** Why {@link Timeline#read} failed the last time, in words; null when it did not. */
  problem = null;

  /** @param about `connectors` for what is about those alone; null for all */
  constructor(api, userId, about = null) {
    this.#api = api;
    this.#about = about === null ? {} : { about };
    this.#path = `/api/users/${userId}/timeline`;
  }

  /** Whether the items reach back to the user's beginning. */
  get complete() {
    return this.#loaded && this.#next === null;
  }

  /** Whether anything was read at all. */
  get loaded() {
    return this.#loaded;
  }

  /**
   * Catches up, and reads back until that is enough. What the server refuses to tell is a {@link Timeline#problem} of this
   * thing alone.
   */
  async read(enough) {
    try {
      await this.catchUp();
      await this.readUntil(enough);
      this.problem = null;
    } catch (failure) {
      this.problem = refusal(failure);
    }
  }

  /**
   * Reads the newest page, which also has what came late and belongs before what is known; all begins anew when more has
   * happened than one page holds.
   */
  catchUp() {
    return this.#inTurn(() => this.#readNewest());
  }

  async #readNewest() {
    const page = await this.#page(null, HEAD);
    const last = page.items.at(-1);
    const joint = last && page.next ? this.items.findIndex((item) => item.id === last.id) : -1;
    if (joint >= 0) {
      this.items = [...page.items, ...this.items.slice(joint + 1)];
    } else {
      this.items = page.items;
      this.#next = page.next ?? null;
    }
    this.#loaded = true;
  }

  /** Reads back until that is enough, to the beginning, or for as many pages as are read at most. */
  async readUntil(enough) {
    for (let pages = 0; pages < MOST_PAGES && !this.complete && !enough(); pages++) await this.older();
  }

  /** Reads one page more of what is old. */
  older() {
    return this.#inTurn(() => this.#readOlder());
  }

  /** One page after another: each begins where the one before it has left the items. */
  #inTurn(reading) {
    const read = this.#turn.then(reading);
    this.#turn = read.catch(() => {});
    return read;
  }

  async #readOlder() {
    if (this.#next === null) return;
    const page = await this.#page(this.#next, PAGE);
    this.items = [...this.items, ...page.items];
    this.#next = page.next ?? null;
  }

  /** Whether the items reach before an instant. */
  reaches(to) {
    const oldest = this.items.at(-1);
    return oldest !== undefined && Date.parse(oldest.at) < to;
  }

  #page(before, limit) {
    const query = new URLSearchParams({ limit, ...this.#about, ...(before === null ? {} : { before }) });
    return this.#api.get(`${this.#path}?${query}`);
  }
}

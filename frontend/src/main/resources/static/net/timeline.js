import { problemWords } from './api.js';

const HEAD = 50;
const PAGE = 200;

/** How many pages are read at most to fill the strips; what lies before them is drawn as not known. */
const MOST_PAGES = 25;

/** How many pages are read at most to come from what is new to what is known. */
const MOST_NEW_PAGES = 5;

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
  #filled = 0;
  #turn = Promise.resolve();

  /** Newest first. */
  items = [];
  /** Why {@link Timeline#read} failed the last time, in words; null when it did not. */
  problem = null;

  /**
   * @param path the address that tells it
   * @param about `connectors` for what is about those alone; null for all
   */
  constructor(api, path, about = null) {
    this.#api = api;
    this.#about = about === null ? {} : { about };
    this.#path = path;
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
      this.problem = problemWords(failure);
    }
  }

  /**
   * Reads what is newest down to what is known, also what came late and belongs before it; all begins anew when more has
   * happened than a few pages hold.
   */
  catchUp() {
    return this.#inTurn(() => this.#readNewest());
  }

  async #readNewest() {
    let { items, next } = await this.#page(null, HEAD);
    for (let pages = 0; next && pages < MOST_NEW_PAGES && this.#isBeyond(items); pages++) {
      const page = await this.#page(next, PAGE);
      items = [...items, ...page.items];
      next = page.next;
    }
    const joint = next ? this.#placeOf(items.at(-1)) : -1;
    if (joint >= 0) {
      this.items = [...items, ...this.items.slice(joint + 1)];
    } else {
      this.items = items;
      this.#next = next ?? null;
      this.#filled = 0;
    }
    this.#loaded = true;
  }

  /** Whether something may lie between such items, the newest, and those that are known. */
  #isBeyond(items) {
    const oldest = this.items.at(-1);
    return oldest !== undefined && this.#placeOf(items.at(-1)) < 0 && !items.some(({ id }) => id === oldest.id);
  }

  #placeOf(item) {
    return this.items.findIndex(({ id }) => id === item?.id);
  }

  /** Reads back until that is enough, to the beginning, or for as many pages as are read at most. */
  async readUntil(enough) {
    for (; this.#filled < MOST_PAGES && !this.complete && !enough(); this.#filled++) await this.older();
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

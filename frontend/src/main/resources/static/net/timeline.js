const HEAD = 50;
const PAGE = 200;

/** How many pages are read at most to fill the strips; what lies before them is drawn as not known. */
const MOST_PAGES = 25;

/**
 * The newest part of a user's timeline, without gaps, grown at both ends: {@link Timeline#catchUp} reads what is new,
 * {@link Timeline#reachBack} what is old.
 */
export class Timeline {
  #api;
  #path;
  #about;
  #next = null;
  #loaded = false;

  /** Newest first. */
  items = [];

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
   * Reads the newest page, which also has what came late and belongs before what is known; all begins anew when more has
   * happened than one page holds.
   */
  async catchUp() {
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

  /** Reads back until the items reach before an instant, to the beginning, or for as many pages as are read at most. */
  reachBack(to) {
    return this.readUntil(() => this.#reaches(to));
  }

  /** Reads back until that is enough, to the beginning, or for as many pages as are read at most. */
  async readUntil(enough) {
    for (let pages = 0; pages < MOST_PAGES && !this.complete && !enough(); pages++) await this.older();
  }

  /** Reads one page more of what is old. */
  async older() {
    if (this.#next === null) return;
    const page = await this.#page(this.#next, PAGE);
    this.items = [...this.items, ...page.items];
    this.#next = page.next ?? null;
  }

  #reaches(to) {
    const oldest = this.items.at(-1);
    return oldest !== undefined && Date.parse(oldest.at) < to;
  }

  #page(before, limit) {
    const query = new URLSearchParams({ limit, ...this.#about, ...(before === null ? {} : { before }) });
    return this.#api.get(`${this.#path}?${query}`);
  }
}

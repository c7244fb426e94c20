import { refusal } from '../net/api.js';

/**
 * Something that is read from one address and shown as it was last read. What the server refuses to tell is a
 * {@link Resource#problem} of this thing alone; that nobody answers, or that the session is over, concerns the whole
 * page and is thrown.
 */
export class Resource {
  #api;
  #path;
  #asked = 0;
  #shown = 0;

  /** The JSON as last read; null before that. */
  value = null;
  /** Why the last reading failed, in words; null when it did not. */
  problem = null;

  /** @param path the address, or a function that tells it anew each time */
  constructor(api, path) {
    this.#api = api;
    this.#path = typeof path === 'function' ? path : () => path;
  }

  /** Readings may overtake one another: what was asked for earlier does not replace what was asked for later. */
  async read() {
    const asked = ++this.#asked;
    try {
      const value = await this.#api.get(this.#path());
      this.#take(asked, { value, problem: null });
    } catch (failure) {
      this.#take(asked, { problem: refusal(failure) });
    }
  }

  #take(asked, answer) {
    if (asked < this.#shown) return;
    this.#shown = asked;
    Object.assign(this, answer);
  }
}

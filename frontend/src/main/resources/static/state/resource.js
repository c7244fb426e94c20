import { problemWords } from '../net/api.js';

/**
 * Something that is read from one address and shown as it was last read. What is not told, or not in time, is a
 * {@link Resource#problem} of this thing alone; that the session is over concerns the whole page and is thrown.
 */
export class Resource {
  #api;
  #path;
  #reading = null;

  /** The JSON as last read; null before that. */
  value = null;
  /** Why the last reading failed, in words; null when it did not. */
  problem = null;

  /** @param path the address, or a function that tells it anew each time */
  constructor(api, path) {
    this.#api = api;
    this.#path = typeof path === 'function' ? path : () => path;
  }

  /** Reads it; where that is under way it is waited for instead, so that what takes long is not asked for ever more often. */
  read() {
    this.#reading ??= this.#once().finally(() => (this.#reading = null));
    return this.#reading;
  }

  /** Reads it as it is from now on, which a reading that is under way may not tell. */
  async readAnew() {
    await this.#reading?.catch(() => {});
    await this.read();
  }

  async #once() {
    try {
      this.value = await this.#api.get(this.#path());
      this.problem = null;
    } catch (failure) {
      this.problem = problemWords(failure);
    }
  }
}

/**
 * The page's one clock. It ticks once a second for everything that shows a passing time, stands still while nobody
 * looks at the page, and keeps to the server's time: a wrong clock on this machine makes nothing look old or new.
 */
class Clock {
  #offset = 0;
  #listeners = new Set();
  #timer = null;

  constructor() {
    document.addEventListener('visibilitychange', () => this.#keep());
  }

  /** The present in milliseconds since the epoch, by the server's clock. */
  now() {
    return Date.now() + this.#offset;
  }

  /** Takes the server's time, read from an answer that just came. */
  setTo(serverNow) {
    this.#offset = serverNow - Date.now();
  }

  /** Calls a function at every tick until the function that is returned is called. */
  everySecond(listener) {
    this.#listeners.add(listener);
    this.#keep();
    return () => {
      this.#listeners.delete(listener);
      this.#keep();
    };
  }

  #keep() {
    const wanted = this.#listeners.size > 0 && !document.hidden;
    if (wanted && this.#timer === null) {
      this.#timer = setInterval(() => this.#tick(), 1000);
      queueMicrotask(() => this.#tick());
    } else if (!wanted && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  #tick() {
    for (const listener of [...this.#listeners]) listener(this.now());
  }
}

export const clock = new Clock();

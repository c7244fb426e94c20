import { SignedOut } from './api.js';

/** The page hears of changes when they happen. */
export const LIVE = 'live';
/** The stream is broken; the page asks every few seconds instead. */
export const POLLING = 'polling';
/** Nobody answers; the page keeps trying. */
export const LOST = 'lost';

/** A page that nobody looks at gives its connection back after so long: browsers allow only six to an origin. */
const PARK_AFTER = 5 * 60_000;

/**
 * Keeps a page up to date: listens to the stream of banners, and asks again at every change (event `banners`; `changed`
 * for one without a banner), every few seconds, whenever the page is looked at again and whenever the network is back.
 * What breaks is said, and tried again for ever.
 *
 * Events: `banners` with the stream's JSON, `link` when {@link Live#link} changed, `signedout`.
 */
export class Live extends EventTarget {
  #path;
  #every;
  #read;
  #stream = null;
  #timer = null;
  #round = null;
  #again = false;
  #answered = false;
  #hiddenSince = null;
  #stopped = true;
  #wake = () => this.#looked();

  /** LIVE, POLLING or LOST; null until the first answer. */
  link = null;

  /**
   * @param path of the stream
   * @param every milliseconds between two readings
   * @param read reads all that the page shows; returns a promise
   */
  constructor({ path, every, read }) {
    super();
    this.#path = path;
    this.#every = every;
    this.#read = read;
  }

  start() {
    this.#stopped = false;
    this.#noteHidden();
    document.addEventListener('visibilitychange', this.#wake);
    globalThis.addEventListener('online', this.#wake);
    this.#listen();
    this.refresh();
  }

  stop() {
    this.#stopped = true;
    document.removeEventListener('visibilitychange', this.#wake);
    globalThis.removeEventListener('online', this.#wake);
    clearTimeout(this.#timer);
    this.#hangUp();
  }

  /** Reads the page anew, now or right after the reading that is under way. */
  refresh() {
    if (this.#stopped) return;
    if (this.#round) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#round = this.#once().finally(() => {
      this.#round = null;
      if (this.#again) {
        this.#again = false;
        this.refresh();
      } else if (!this.#stopped) {
        this.#timer = setTimeout(() => this.refresh(), this.#every * (0.9 + 0.2 * Math.random()));
      }
    });
  }

  async #once() {
    try {
      await this.#read();
      if (this.#stopped) return;
      if (this.link === LOST || (this.link === null && this.#answered)) this.#set(POLLING);
      this.#answered = true;
      if (this.#parked()) this.#set(POLLING);
      else if (!this.#stream) this.#listen();
    } catch (failure) {
      if (!this.#stopped) this.#failed(failure);
    }
  }

  #failed(failure) {
    if (failure instanceof SignedOut) {
      this.stop();
      this.dispatchEvent(new CustomEvent('signedout', { detail: failure }));
    } else {
      this.#hangUp();
      this.#set(LOST);
    }
  }

  #listen() {
    const stream = new EventSource(this.#path);
    this.#stream = stream;
    stream.addEventListener('open', () => {
      if (stream === this.#stream) this.#set(LIVE);
    });
    stream.addEventListener('banners', (event) => {
      if (stream !== this.#stream) return;
      this.dispatchEvent(new CustomEvent('banners', { detail: JSON.parse(event.data) }));
      this.refresh();
    });
    stream.addEventListener('changed', () => {
      if (stream === this.#stream) this.refresh();
    });
    stream.addEventListener('error', () => {
      if (stream !== this.#stream) return;
      this.#hangUp();
      const wasLive = this.link === LIVE;
      if (this.link !== LOST) this.#set(POLLING);
      if (wasLive) this.refresh();
    });
  }

  #hangUp() {
    this.#stream?.close();
    this.#stream = null;
  }

  #parked() {
    if (this.#hiddenSince === null || Date.now() - this.#hiddenSince < PARK_AFTER) return false;
    this.#hangUp();
    return true;
  }

  #looked() {
    this.#noteHidden();
    if (!document.hidden) this.refresh();
  }

  #noteHidden() {
    this.#hiddenSince = document.hidden ? Date.now() : null;
  }

  #set(link) {
    if (this.link === link) return;
    this.link = link;
    this.dispatchEvent(new CustomEvent('link'));
  }
}

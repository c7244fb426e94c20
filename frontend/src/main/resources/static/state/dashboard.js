import { clock } from '../dom/clock.js';
import { saysUnknown, shownBanners } from '../model/banner.js';
import { isKnown, later } from '../model/freshness.js';
import { DAYS } from '../model/strip.js';
import { duration, instant, startOfDay } from '../model/time.js';
import { areWhole, entries } from '../model/timeline.js';
import { Problem } from '../net/api.js';
import { carryOut } from '../net/command.js';
import { LOST, Live } from '../net/live.js';
import { Timeline } from '../net/timeline.js';
import { Autonomy } from './autonomy.js';
import { Resource } from './resource.js';

/** How often the page asks, whatever the stream says: often enough that "checked" never is ten seconds ago. */
const EVERY = 5000;

/** For how many milliseconds a banner that was told may wait for what the page says of the same. */
const PATIENCE = 300;

/** For how many milliseconds all else waits for what the page shows beside the connectors. */
const MOMENT = 1000;

/** How many entries of the timeline the overview shows. */
export const LATEST = 5;

/** What a user can ask for, as requests. */
const COMMANDS = {
  disable: (path) => ({ method: 'POST', path: `${path}/disable` }),
  enable: (path) => ({ method: 'POST', path: `${path}/enable` }),
  remove: (path) => ({ method: 'DELETE', path }),
};

/**
 * All that the dashboard of one signed-in user shows, kept up to date. Elements read it and are told by the event
 * `change`; `signedout` says that the session is over.
 */
export class Dashboard extends EventTarget {
  #api;
  #live;
  #timeline;
  #connectorHistory;
  #telling = null;
  #watched = new Set();
  #banners = [];
  #connectors = {};
  #ready = false;
  #told = {};
  #latest = null;
  #asked = 0;
  #shown = 0;

  /** {userId, name, connectors: [{name, label, provider}], ...} */
  me;
  /** When the server was last known to be up to date with this user. */
  asOf = null;
  /**
   * What was asked for and is under way or was refused: name of the connector, or another name with a colon in it, to
   * {verb, phase, message, field}.
   */
  commands = new Map();

  constructor(api, me) {
    super();
    this.#api = api;
    const connectors = [...me.connectors].sort((one, other) => one.label.localeCompare(other.label));
    this.me = { ...me, connectors };
    const every = Math.min(EVERY, Math.max(1000, duration(me.pollInterval, EVERY)));
    this.every = every;
    const timeline = `/api/users/${me.userId}/timeline`;
    this.#timeline = new Timeline(api, timeline);
    this.#connectorHistory = new Timeline(api, timeline, 'connectors');
    this.autonomy = new Autonomy(api, me.userId);
    this.#live = new Live({
      path: `/api/users/${me.userId}/banners/stream`,
      every,
      read: () => this.#read().catch((failure) => this.#failed(failure)),
    });
    this.#live.addEventListener('banners', ({ detail }) => this.#hear(detail));
    this.#live.addEventListener('link', () => this.#changed());
    this.#live.addEventListener('signedout', () => this.dispatchEvent(new CustomEvent('signedout')));
  }

  start() {
    this.#live.start();
  }

  stop() {
    this.#live.stop();
  }

  /** The connectors by name as the server last said; null until all is known that the page needs at first. */
  get connectors() {
    return this.#ready ? this.#connectors : null;
  }

  /** LIVE, POLLING, LOST, or null before the first answer. */
  get link() {
    return this.#live.link;
  }

  /** Whether what is shown still holds at an instant. */
  knownAt(now) {
    return isKnown(this.asOf, now) && !this.#banners.some((banner) => saysUnknown(banner, this.asOf));
  }

  /** The banners to show at an instant, in order. */
  bannersAt(now) {
    if (!this.#ready && this.link !== LOST) return [];
    return shownBanners(this.#banners, this.knownAt(now), this.asOf);
  }

  /** The user's timeline, newest first; `complete` when it reaches back to the beginning. */
  get timeline() {
    return this.#timeline;
  }

  /** The timeline as entries for people. */
  get entries() {
    const { items, complete } = this.#timeline;
    if (items !== this.#told.items || complete !== this.#told.complete) {
      this.#told = { items, complete, entries: entries(items, this.me.connectors, complete) };
    }
    return this.#told.entries;
  }

  /** Of the timeline what is about connectors, back through all the days that the strips show. */
  get connectorHistory() {
    return this.#connectorHistory;
  }

  /** A timeline of somebody else, which whoever asks for it reads himself. */
  timelineAt(path) {
    return new Timeline(this.#api, path);
  }

  async olderTimeline() {
    await this.#timeline.older();
    this.#changed();
  }

  /** Something more to read with every round; `stop` ends that. */
  watch(path) {
    const resource = new Resource(this.#api, path);
    this.#watched.add(resource);
    this.#live.refresh();
    return { resource, stop: () => this.#watched.delete(resource) };
  }

  /** Reads everything anew. */
  refresh() {
    this.#live.refresh();
  }

  /** Reads something once; the answer, or a problem. */
  look(path) {
    return this.#api.get(path);
  }

  /** Asks the server something that changes nothing; the answer, or a problem. */
  async question(path, body) {
    return (await this.#api.change('POST', path, body)).body;
  }

  /** Carries out `disable`, `enable` or `remove` of a connector, and says in {@link commands} how that goes. */
  async command(verb, name) {
    const path = `/api/users/${this.me.userId}/connectors/${encodeURIComponent(name)}`;
    await this.carryOut(name, verb, COMMANDS[verb](path));
  }

  /**
   * Sees a change through, and says in {@link commands} under the key how that goes.
   *
   * @param request {method, path, body}
   * @returns {Promise<{done: boolean, refused: boolean, answer: object|null}>} what is neither done nor refused may have
   *   been carried out nevertheless; the answer is null where what became of it has to be read
   */
  async carryOut(key, verb, request) {
    this.#command(key, { verb, phase: 'sent' });
    try {
      const pending = () => this.#command(key, { verb, phase: 'pending' });
      const answer = await carryOut(this.#api, request, pending);
      await this.#readAnew().catch(() => {});
      this.#command(key, null);
      return { done: true, refused: false, answer };
    } catch (problem) {
      const refused = problem instanceof Problem && problem.status < 500;
      this.#command(key, { verb, phase: 'refused', message: problem.message, field: problem.field ?? null });
      return { done: false, refused, answer: null };
    } finally {
      this.#live.refresh();
    }
  }

  /** Forgets a refusal that has been read. */
  dismiss(name) {
    this.#command(name, null);
  }

  /** What takes long keeps nothing else from being told, and not from being read again either. */
  async #read() {
    const rest = Promise.all(this.#resources.map((resource) => resource.read()));
    await Promise.all([this.#readStatusAndBanners(), soon(rest, MOMENT)]);
    this.#ready = true;
    if (!isKnown(this.asOf, clock.now())) await this.#setClock();
    this.#changed();
    await soon(this.#readTimeline(), MOMENT);
  }

  /** Reads what a change may have changed, however long that takes. */
  async #readAnew() {
    await Promise.all([this.#readStatusAndBanners(), ...this.#resources.map((resource) => resource.readAnew())]);
  }

  get #resources() {
    return [...this.autonomy.resources, ...this.#watched];
  }

  /** His own is refused him: then somebody else has signed in meanwhile, in another tab, or it is a fault. */
  async #failed(failure) {
    if ([403, 404].includes(failure.status)) await this.#api.me();
    throw failure;
  }

  /** What just came looks old: then either it is, or this machine's clock was set meanwhile. */
  async #setClock() {
    clock.setTo(instant((await this.#api.me()).now) ?? Date.now());
  }

  /** What stands above the page and what it says are shown at once, or for a moment one would deny the other. */
  async #readStatusAndBanners() {
    const asked = ++this.#asked;
    const before = this.#latest;
    const [status, banners] = await Promise.all([
      this.#readStatus(),
      this.#api.get(`/api/users/${this.me.userId}/banners`),
    ]);
    // What was asked for later has been answered by now.
    if (asked < this.#shown) return;
    this.#shown = asked;
    this.#show(status, this.#latest === before ? banners : this.#latest);
  }

  #readStatus() {
    return this.#api.get(`/api/connectors/${this.me.userId}/status`);
  }

  /** Banners that were just told wait for the status that belongs to them, but not for long, and not for ever. */
  async #hear(banners) {
    const asked = ++this.#asked;
    this.#latest = banners;
    const status = await soon(this.#readStatus().catch(() => null), PATIENCE);
    if (this.#latest !== banners) return;
    // Without a status it is no answer to what the page asked before.
    if (status !== null) this.#shown = asked;
    this.#show(status, banners);
    if (!isKnown(this.asOf, clock.now())) this.#live.refresh();
  }

  #readTimeline() {
    this.#telling ??= Promise.all([
      this.#timeline.read(() => areWhole(this.entries, LATEST)),
      this.#connectorHistory.read(() => this.#connectorHistory.reaches(startOfDay(clock.now(), -DAYS))),
    ]).finally(() => {
      this.#telling = null;
      this.#changed();
    });
    return this.#telling;
  }

  /** @param status null: as it was */
  #show(status, latest) {
    const { asOf, banners } = latest;
    this.#latest = latest;
    this.#banners = banners;
    this.#connectors = status?.connectors ?? this.#connectors;
    // Not the latest ever told: the server's clock may have been set back, and then that would long seem to hold.
    this.asOf = later(instant(asOf), instant(status?.asOf));
    this.#changed();
  }

  #command(name, state) {
    if (state) this.commands.set(name, state);
    else this.commands.delete(name);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('change'));
  }
}

/** What a promise comes to; null where that takes longer than so many milliseconds. */
function soon(promise, milliseconds) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, milliseconds, null))]);
}

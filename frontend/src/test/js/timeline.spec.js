import { Timeline } from '../../main/resources/static/net/timeline.js';
import { Problem, SignedOut, Unreachable } from '../../main/resources/static/net/api.js';
import { equal, spec } from './spec.js';

/** A server that has so many items, the newest with the highest number, and answers each question when it is let. */
class Server {
  #waiting = [];
  count;

  constructor(count) {
    this.count = count;
  }

  get(path) {
    const query = new URL(path, location.href).searchParams;
    const [limit, below] = [Number(query.get('limit')), Number(query.get('before') ?? Infinity)];
    const answer = () => {
      const from = Math.min(this.count, below - 1);
      const to = Math.max(0, from - limit);
      const items = Array.from({ length: from - to }, (_, index) => ({ id: from - index }));
      return { items, next: to > 0 ? String(to + 1) : null };
    };
    return new Promise((resolve) => this.#waiting.push(() => resolve(answer())));
  }

  /** Answers all that is asked until nothing is asked any more. */
  async answerAll() {
    for (let idle = 0; idle < 5; idle++) {
      if (this.#waiting.length > 0) idle = 0;
      this.#waiting.splice(0).forEach((answer) => answer());
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

const ids = (timeline) => timeline.items.map(({ id }) => id);
const downFrom = (first, count) => Array.from({ length: count }, (_, index) => first - index);

async function loaded(server) {
  const timeline = new Timeline(server, '/timeline');
  await answered(server, timeline.catchUp());
  return timeline;
}

async function answered(server, reading) {
  await server.answerAll();
  await reading;
}

await spec('two who ask for older at once read each page once', async () => {
  const server = new Server(600);
  const timeline = await loaded(server);
  const reads = [timeline.older(), timeline.older()];
  await server.answerAll();
  await Promise.all(reads);
  equal(ids(timeline), downFrom(600, 450));
});

await spec('what happens while older is read leaves no gap', async () => {
  const server = new Server(600);
  const timeline = await loaded(server);
  const reads = [timeline.older(), timeline.catchUp(), timeline.older()];
  server.count = 700;
  await server.answerAll();
  await Promise.all(reads);
  equal(ids(timeline), downFrom(700, timeline.items.length));
});

await spec('what was read far back stays when much happens, and what is beyond reach begins anew', async () => {
  const server = new Server(600);
  const timeline = await loaded(server);
  const catchUp = async (happened) => {
    server.count += happened;
    await answered(server, timeline.catchUp());
  };
  await answered(server, timeline.older());
  await catchUp(100);
  equal(ids(timeline), downFrom(700, 350));
  await catchUp(2000);
  equal(ids(timeline)[0], 2700);
  equal(ids(timeline), downFrom(2700, timeline.items.length));
  equal(timeline.complete, false);
});

await spec('the past is read back by so many pages altogether, and not with every look', async () => {
  const server = new Server(20_000);
  const timeline = await loaded(server);
  for (const look of ['first', 'second']) {
    await answered(server, timeline.read(() => false));
    equal([look, timeline.items.length], [look, 50 + 25 * 200]);
  }
});

await spec('what is not told, or not in time, is a problem of the timeline alone', async () => {
  const failing = (failure) => new Timeline({ get: () => Promise.reject(failure) }, '/timeline');
  const refused = failing(new Problem(503, { detail: 'Try again in a moment.' }));
  await refused.read(() => true);
  equal([refused.problem, refused.loaded], ['Try again in a moment.', false]);
  const late = failing(new Unreachable());
  await late.read(() => true);
  equal(late.problem, 'Lifeline can not be reached at the moment.');
  const thrown = await failing(new SignedOut({})).read(() => true).catch(({ name }) => name);
  equal(thrown, 'SignedOut');
});

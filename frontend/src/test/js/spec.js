/**
 * The least that specifications of pure modules need, so that they run in the browser that the dashboard runs in, with
 * nothing to install. A module of specifications calls {@link spec} for each sentence; the runner imports it and reads
 * {@link outcomes}.
 */
export const outcomes = [];

/** States a fact and tries it. Where that takes time, its module awaits it. */
export async function spec(sentence, body) {
  try {
    await body();
    outcomes.push({ sentence, failure: null });
  } catch (failure) {
    outcomes.push({ sentence, failure: String(failure.stack ?? failure) });
  }
}

/** Fails unless both are equal, member by member. */
export function equal(actual, expected) {
  const [one, other] = [actual, expected].map((value) => JSON.stringify(value));
  if (one !== other) throw new Error(`expected ${other}, but was ${one}`);
}

/** Fails unless it holds. */
export function holds(condition, message = 'it does not hold') {
  if (!condition) throw new Error(message);
}

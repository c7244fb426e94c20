import { browserZone, counted, clockTime, instant, whenWords } from './time.js';

/** How far the assistant is trusted, from not at all upwards, in words for people. */
export const TIERS = [
  { tier: 'observer', label: 'Observer', words: 'The lowest level: whatever it wants to do waits for you. A demotion leads here.' },
  { tier: 'suggest', label: 'Suggest', words: 'As at Observer, each action waits for you. Who is new begins here.' },
  { tier: 'low_autonomy', label: 'Low autonomy', words: 'It does by itself what is of low risk at most.' },
  { tier: 'moderate_autonomy', label: 'Moderate autonomy', words: 'It does by itself what is of moderate risk at most.' },
  { tier: 'high_autonomy', label: 'High autonomy', words: 'It does by itself what is of high risk at most.' },
];

/** The label of a tier; the tier itself when this page does not know it yet. */
export function tierLabel(tier) {
  return TIERS.find((known) => known.tier === tier)?.label ?? tier;
}

/** What the pauses mean, worst first: whoever looks must see at once whether anything is done by itself. */
export function pauseState(state, known) {
  if (state === null) return { text: 'Not known', tone: 'grey' };
  const paused = state.globalPause || state.userPause;
  if (!known) return { text: `Not known; it was last seen ${paused ? 'paused' : 'running'}`, tone: 'grey' };
  if (paused) return { text: 'Paused', tone: 'red' };
  if (state.withheldSince) return { text: 'Not paused, but everything asks', tone: 'grey' };
  return (state.operator?.pauses ?? []).length > 0
    ? { text: 'Paused in part', tone: 'red' }
    : { text: 'Not paused', tone: 'ok' };
}

/**
 * Who paused it and since when, in one sentence; where nobody did, what that means at a level of trust.
 *
 * @param settings the user's; null where they are not known
 * @param known whether the state still holds
 */
export function pauseSentence(state, now, settings, known) {
  if (state === null || !known) return 'Whether auto-execution is paused is not known at the moment.';
  const at = instant(state.pausedAt);
  const own = `Paused by you${at === null ? '' : ` since ${clockTime(at, now)}`}`;
  if (state.globalPause && state.userPause) return `Paused by the operator. ${own} as well.`;
  if (state.globalPause) return 'Paused by the operator.';
  if (state.userPause) return `${own}.`;
  if (state.withheldSince) {
    return 'A command could not be read, and it may have been a pause: until we have looked into it, nothing is done without asking you.';
  }
  if ((state.operator?.pauses ?? []).length > 0) return 'The operator has paused a part of it.';
  return settings === null ? 'It is not paused.' : runningSentence(settings, now);
}

function runningSentence({ trustTier, ...settings }, now) {
  if (['observer', 'suggest'].includes(trustTier)) {
    return `It is not paused, but at the level ${tierLabel(trustTier)} nothing is done without asking you.`;
  }
  const quiet = quietUntil(settings, now);
  return quiet === null
    ? 'What your settings allow is done without asking you.'
    : `It is not paused, but these are your quiet hours: everything waits for you until ${quiet}.`;
}

/** When the quiet hours end in which an instant lies, with their time zone where the reader's is another; null outside of them. */
export function quietUntil({ quietHours, timeZone }, now) {
  if (!quietHours) return null;
  const { start, end } = quietHours;
  const shown = wallClock(timeZone, now);
  if (shown === null) return null;
  const quiet = start < end ? start <= shown && shown < end : start <= shown || shown < end;
  if (!quiet) return null;
  return timeZone === browserZone() ? end : `${end} in ${timeZone}`;
}

/** "22:00", as a clock in that time zone shows it; null where this browser does not know the zone, as the server may. */
function wallClock(timeZone, now) {
  try {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    return clock.format(now);
  } catch {
    return null;
  }
}

/** How many wait, where more do than can be shown. */
export function waitingWords(count, cutAt) {
  const cut = cutAt === null ? '' : ` The first ${cutAt} are shown; the others come as these are answered.`;
  return waitingSentence(count) + cut;
}

/** How many waited when that was last known; null for both where it never was. */
export function waitedWords(count, at, now) {
  if (count === null || at === null) return 'What waits is not known.';
  const waited = count === 0 ? 'Nothing was' : count === 1 ? 'One action was' : `${counted(count, 'action')} were`;
  return `${waited} waiting ${whenWords(at, now)}; what waits now is not known.`;
}

/** "Nothing is waiting.", "One action is waiting.", "302 actions are waiting." */
export function waitingSentence(count) {
  if (count === 0) return 'Nothing is waiting.';
  return count === 1 ? 'One action is waiting.' : `${counted(count, 'action')} are waiting.`;
}

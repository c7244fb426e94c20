import { tierLabel } from './autonomy.js';
import { describe } from './condition.js';
import { partWords } from './fleet.js';
import { labelOf } from './names.js';
import { clockTime, counted, instant } from './time.js';

const HOUR = 3_600_000;

/** Over what one can look back. */
export const SPANS = [
  { label: 'the last hour', milliseconds: HOUR },
  { label: 'the last day', milliseconds: 24 * HOUR },
  { label: 'the last week', milliseconds: 7 * 24 * HOUR },
  { label: 'the last month', milliseconds: 30 * 24 * HOUR },
  { label: 'the last year', milliseconds: 365 * 24 * HOUR },
];

/**
 * How things stood, as lines for people: what the screen said, the connectors, the levers.
 *
 * @param past the answer of `GET .../past`
 * @param catalogue [{name, label}]
 * @returns {Array<{text: string, tone: string, detail: string|null}>}
 */
export function pastLines(past, catalogue, now) {
  if (past.known === false) return [{ text: 'Nothing is known of a user with this id', tone: 'grey', detail: null }];
  const since = (time) => (instant(time) === null ? '' : ` since ${clockTime(instant(time), now)}`);
  const screen = past.screen.banners.map(({ text, detail, severity }) => ({
    text: `On the screen: “${text}”`,
    tone: severity,
    detail,
  }));
  const connectors = past.connectors.map(({ name, state, since: time }) => {
    const { words, tone } = describe(state.condition);
    return { text: `${labelOf(name, catalogue)}: ${words}${since(time)}`, tone, detail: state.account };
  });
  const pauses = [
    ...(past.userPause ? [{ who: 'the user', pause: past.userPause }] : []),
    ...past.operatorPauses.map((pause) => ({ who: 'the operator', pause, part: partWords(pause.scope) })),
  ].map(({ who, pause, part }) => ({
    text: `Paused by ${who}${since(pause.at)}${part ? `: ${part}` : ''}`,
    tone: 'red',
    detail: pause.reason,
  }));
  return [
    ...(screen.length > 0 ? screen : [{ text: 'No banner was on the screen', tone: 'ok', detail: null }]),
    ...(connectors.length > 0 ? connectors : [{ text: 'Nothing was connected', tone: 'off', detail: null }]),
    ...pauses,
    { text: `Level of trust: ${tierLabel(past.settings.trustTier)}`, tone: 'off', detail: null },
    ...waiting(past.waiting),
    ...(past.whole ? [] : [{ text: 'The timeline does not tell everything of that time', tone: 'grey', detail: null }]),
  ];
}

function waiting(actions) {
  if (actions.length === 0) return [];
  const types = [...new Set(actions.map(({ actionType }) => actionType).filter(Boolean))];
  return [{ text: `${counted(actions.length, 'action')} waited for an answer`, tone: 'amber', detail: types.join(', ') }];
}

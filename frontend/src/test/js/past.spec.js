import { pastLines } from '../../main/resources/static/model/past.js';
import { clockTime } from '../../main/resources/static/model/time.js';
import { equal, spec } from './spec.js';

const NOW = new Date(2026, 10, 24, 12, 0).getTime();
const AT = new Date(2026, 10, 24, 10, 2).toISOString();
const CATALOGUE = [{ name: 'gmail', label: 'Gmail' }];

const past = (more) => ({
  connectors: [],
  userPause: null,
  operatorPauses: [],
  settings: { trustTier: 'suggest' },
  waiting: [],
  screen: { banners: [] },
  whole: true,
  ...more,
});

const texts = (more) => pastLines(past(more), CATALOGUE, NOW).map(({ text }) => text);

spec('says of a time before everything that there was nothing', () => {
  equal(texts({}), ['No banner was on the screen', 'Nothing was connected', 'Level of trust: Suggest']);
});

spec('tells what the screen said first', () => {
  const [first, second] = pastLines(
    past({
      screen: { banners: [{ text: 'Gmail is disconnected.', detail: 'Access was revoked.', severity: 'amber' }] },
      connectors: [{ name: 'gmail', state: { condition: 'needs_reauth', account: 'a@example.org' }, since: AT }],
    }),
    CATALOGUE,
    NOW,
  );
  equal(first, { text: 'On the screen: “Gmail is disconnected.”', tone: 'amber', detail: 'Access was revoked.' });
  equal(second.tone, 'amber');
  equal(second.text.startsWith('Gmail: Needs reconnecting since '), true);
});

spec('tells who had paused, and what waited', () => {
  const told = texts({
    userPause: { at: AT, reason: 'on holiday' },
    operatorPauses: [
      { at: AT, reason: null, scope: { kind: 'environment', value: null } },
      { at: AT, reason: null, scope: { kind: 'domain', value: 'email' } },
    ],
    waiting: [{ actionType: 'email.archive' }, { actionType: 'email.archive' }],
  });
  const since = `since ${clockTime(Date.parse(AT), NOW)}`;
  equal(
    told.filter((text) => text.startsWith('Paused by the ')),
    [`Paused by the user ${since}`, `Paused by the operator ${since}`, `Paused by the operator ${since}: domain email`],
  );
  equal(told.at(-1), '2 actions waited for an answer');
});

spec('says what the timeline can not tell', () => {
  equal(texts({ known: false }), ['Nothing is known of a user with this id']);
  equal(texts({ whole: false }).at(-1), 'The timeline does not tell everything of that time');
});

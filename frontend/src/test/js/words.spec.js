import { EVERYTHING_UNKNOWN, bannerWords, saysUnknown, shownBanners } from '../../main/resources/static/model/banner.js';
import { accessWords, describe, meaning } from '../../main/resources/static/model/condition.js';
import { isKnown, later } from '../../main/resources/static/model/freshness.js';
import { headline } from '../../main/resources/static/model/headline.js';
import { labelOf, listed, monogram } from '../../main/resources/static/model/names.js';
import { Notice, alreadyPaused, noticeOf, withoutNotice } from '../../main/resources/static/model/notice.js';
import { clockTime } from '../../main/resources/static/model/time.js';
import { areWhole, byDay, entries, ofAnother } from '../../main/resources/static/model/timeline.js';
import { equal, holds, spec } from './spec.js';

const CATALOGUE = [
  { name: 'gmail', label: 'Gmail' },
  { name: 'google-calendar', label: 'Google Calendar' },
];
const NOW = Date.UTC(2026, 10, 24, 12, 0);
const of = (...conditions) =>
  conditions.map((condition, index) => ({ label: CATALOGUE[index]?.label ?? 'Slack', condition }));

spec('the headline says the state in one sentence', () => {
  equal(headline([], true).text, 'Nothing is connected yet');
  equal(headline(of('ok'), true).text, 'Gmail is connected');
  equal(headline(of('ok', 'ok'), true).text, 'Both connections are fine');
  equal(headline(of('ok', 'ok', 'ok'), true).text, 'All 3 connections are fine');
  equal(headline(of('needs_reauth', 'needs_reauth'), true), { text: 'Two connections need you', detail: '' });
  equal(headline(of('needs_reauth', 'ok'), true), {
    text: 'One connection needs you',
    detail: 'Everything else is fine.',
  });
  equal(headline(of('needs_admin'), true).text, "One connection waits for your organisation's admin");
  equal(headline(of('retrying', 'ok'), true).text, 'Gmail is not answering');
  equal(headline(of('operator_fault'), true).text, 'We are fixing a problem on our side');
  equal(headline(of('stale', 'ok'), true).text, 'We have not heard of Gmail');
  equal(headline(of('disabled', 'ok'), true), { text: 'Google Calendar is connected', detail: 'Gmail is disabled.' });
  equal(headline(of('disabled', 'disabled'), true).text, 'Everything is disabled');
});

spec('the worst is said first, and then nobody says that all else is fine unless it is', () => {
  const { text, detail } = headline(of('retrying', 'needs_reauth'), true);
  equal(text, 'One connection needs you');
  holds(!detail.includes('fine'));
});

spec('a condition that the page does not know is unknown, never fine', () => {
  for (const odd of ['some_day', 'toString', null, undefined]) {
    equal(headline(of(odd), true), { text: 'We have not heard of Gmail', detail: 'We are looking into it.' });
    equal(headline(of('disabled', odd), true).text, 'We have not heard of Google Calendar');
    equal(headline(of('ok', odd), true).text, 'We have not heard of Google Calendar');
    holds(!headline(of('needs_reauth', odd), true).detail.includes('fine'));
  }
});

spec('old knowledge is never good news', () => {
  equal(headline(of('ok', 'ok'), false).text, 'We do not know how your connections are');
  equal(headline([], false).text, 'We do not know how your connections are');
  holds(isKnown(NOW - 10_000, NOW));
  holds(!isKnown(NOW - 10_001, NOW));
  holds(!isKnown(null, NOW));
  holds(isKnown(NOW + 10_000, NOW));
  holds(!isKnown(NOW + 10_001, NOW));
  equal([later(null, 1), later(2, null), later(1, 2), later(null, null)], [1, 2, 2, null]);
});

spec('conditions have words and a tone; an unknown one is unknown', () => {
  equal(describe('ok').words, 'Connected');
  equal(describe('retrying').words, 'Retrying, the provider is not answering');
  equal(describe('needs_reauth').words, 'Needs reconnecting');
  equal(describe('needs_admin').words, "Your organisation's admin has to allow this");
  equal(describe('operator_fault').words, 'We are fixing a problem on our side');
  equal(describe('disabled').words, 'Disabled');
  for (const odd of ['toString', 'some_day', null, undefined]) equal(describe(odd).tone, 'grey');
});

spec('a provider that answers is not said to be silent', () => {
  const begins = (errorCode) => meaning({ condition: 'retrying', errorCode }).split('. ')[0];
  for (const code of [null, 'no_answer', 'http_503', 'temporarily_unavailable']) {
    equal(begins(code), 'It is tried again by itself');
  }
  for (const code of ['http_429', 'rate_limit_exceeded', 'slow_down']) {
    equal(begins(code), 'The provider asks us to slow down');
  }
  for (const code of ['unreadable_answer', 'no_access_token', 'http_500', 'server_error']) {
    equal(begins(code), 'The provider answers with errors');
  }
  const slow = { label: 'Gmail', condition: 'retrying', errorCode: 'http_429' };
  equal(headline([slow], true).text, 'Gmail can not be read at the moment');
  const item = { id: 1, at: new Date(NOW).toISOString(), kind: 'condition_changed', connector: 'gmail', to: 'retrying' };
  const told = (errorCode) => entries([{ ...item, errorCode }], CATALOGUE)[0].text;
  equal([null, 'http_429'].map(told), ['Gmail stopped answering', 'Gmail can not be read: the provider asks us to slow down']);
});

spec('no sentence for people holds an error code', () => {
  for (const condition of ['ok', 'retrying', 'needs_reauth', 'needs_admin', 'operator_fault', 'disabled', 'stale']) {
    for (const errorCode of ['invalid_grant', 'insufficient_scope', 'http_503']) {
      holds(!meaning({ condition, errorCode, lastSuccessAt: null }).includes('_'));
    }
  }
  holds(meaning({ condition: 'needs_reauth', errorCode: 'insufficient_scope' }).includes('left out'));
});

spec('a removal says what becomes of the access', () => {
  const mine = { provider: 'google', account: 'a@example.org' };
  const both = { gmail: mine, 'google-calendar': { ...mine } };
  const keeps = ', and keeps its access to a@example.org, which Google Calendar needs';
  equal(accessWords('gmail', both, CATALOGUE), keeps);
  equal(accessWords('gmail', { gmail: mine }, CATALOGUE), ', and gives back its access to a@example.org');
  const elsewhere = { ...both, 'google-calendar': { ...mine, account: 'b@example.org' } };
  equal(accessWords('gmail', elsewhere, CATALOGUE), ', and gives back its access to a@example.org');
  equal(accessWords('gmail', {}, CATALOGUE), '');
});

spec('names', () => {
  equal(CATALOGUE.map((entry) => monogram(entry.label)), ['G', 'C']);
  equal(monogram(''), '?');
  equal(labelOf('slack', CATALOGUE), 'slack');
  equal(listed(['Gmail', 'Slack', 'Google Calendar']), 'Gmail, Slack and Google Calendar');
});

spec('a batch of actions is one entry of a kind, however its items are mixed', () => {
  const kinds = ['action_refused', 'approval_requested', 'action_refused', 'approval_requested', 'user_paused'];
  const items = kinds.map((kind, index) => ({ at: new Date(NOW - 100 * index).toISOString(), kind, connector: null }));
  equal(entries(items, CATALOGUE).map(({ text }) => text), [
    '2 actions were held back right before they began',
    '2 actions wait for you',
    'You paused auto-execution',
  ]);
  const later = { ...items[0], at: new Date(NOW + 6000).toISOString() };
  equal(entries([later, ...items], CATALOGUE).length, 4);
});

spec('a batch tells each of its actions, and nothing else does', () => {
  const item = (id, some) => ({ id, at: new Date(NOW + 100 * id).toISOString(), connector: null, ...some });
  const batch = [
    item(3, { kind: 'approval_granted', description: 'Archive a newsletter', subject: 'email.archive' }),
    item(2, { kind: 'approval_granted', description: '', subject: 'email.send' }),
    item(1, { kind: 'approval_expired', description: 'Alone' }),
  ];
  equal(entries(batch, CATALOGUE).map(({ parts }) => parts.map(({ id, at, text }) => [id, at - NOW, text])), [
    [
      [3, 300, 'Archive a newsletter'],
      [2, 200, 'email.send'],
    ],
    [],
  ]);
});

spec('why nobody is asked any more is told', () => {
  const at = new Date(NOW).toISOString();
  const told = (errorCode) => entries([{ at, kind: 'approval_withdrawn', subject: 'email.send', errorCode }], CATALOGUE)[0].text;
  equal(told('no_longer_needed'), 'An action needs no answer any more: email.send');
  equal(told('voided'), 'The approval of an action counts no more: email.send');
  equal(told('denied'), 'An action is not allowed any more: email.send');
});

const refused = (...ages) =>
  ages.map((age) => ({ at: new Date(NOW - age).toISOString(), kind: 'action_refused', connector: null }));

spec('a batch that takes long is one entry, but what never ends is not', () => {
  equal(entries(refused(0, 4000, 8000, 12_000), CATALOGUE).length, 1);
  equal(entries(refused(0, 4000, 10_000), CATALOGUE).length, 2);
  equal(entries(refused(...Array.from({ length: 30 }, (_, each) => 4000 * each)), CATALOGUE).length, 2);
});

spec('a count is only told where all are known that belong to it', () => {
  const told = entries(refused(0, 1000, 60_000, 61_000), CATALOGUE, false);
  equal(told.map(({ text }) => text), [
    '2 actions were held back right before they began',
    '2 or more actions were held back right before they began',
  ]);
  equal([1, 2, 3].map((count) => areWhole(told, count)), [true, false, false]);
  holds(areWhole(entries(refused(0, 1000), CATALOGUE, true), 1));
});

spec('the operator is said to pause what he does', () => {
  const paused = (subject) => entries([{ ...refused(0)[0], kind: 'operator_resumed', subject }], CATALOGUE)[0].text;
  equal(paused('domain email'), 'The operator resumed auto-execution: domain email');
  equal(paused('action_type email.send'), 'The operator resumed auto-execution: action type email.send');
  equal(paused('everything'), 'The operator resumed auto-execution of everybody');
  equal(paused('environment'), 'The operator resumed auto-execution of everybody');
});

spec('what people wrote is told in their words, and a batch by what its actions have in common', () => {
  const told = (...items) => entries(items, CATALOGUE)[0].text;
  const at = new Date(NOW).toISOString();
  const asked = (description, subject = 'email.archive') => ({ at, kind: 'approval_requested', subject, description });
  equal(told(asked('Archive a newsletter')), 'An action waits for you: Archive a newsletter');
  equal(told(asked(null)), 'An action waits for you: email.archive');
  equal(told(asked('Archive one'), asked('Archive two')), '2 actions wait for you: email.archive');
  equal(told(asked('Archive one'), asked('Answer', 'email.send')), '2 actions wait for you');
  equal(told({ at, kind: 'user_paused', description: 'on holiday' }), 'You paused auto-execution: “on holiday”');
  equal(told({ at, kind: 'user_paused', description: null }), 'You paused auto-execution');
  equal(
    told({ at, kind: 'operator_paused', subject: 'domain email', description: 'incident 7' }),
    'The operator paused auto-execution: domain email, “incident 7”',
  );
});

spec('a change of settings says what they are and were, one of rules which', () => {
  const at = new Date(NOW).toISOString();
  const told = (item) => entries([{ at, ...item }], CATALOGUE)[0].text;
  const settings = (...changes) => told({ kind: 'settings_changed', changes });
  equal(settings(), 'You changed what the assistant may do');
  equal(told({ kind: 'settings_changed' }), 'You changed what the assistant may do');
  equal(
    settings(
      { setting: 'maxDailySpendCents', from: null, to: 2000 },
      { setting: 'maxSpendPerActionCents', from: 0, to: null },
      { setting: 'allowedDomains', from: ['email', 'notes'], to: [] },
      { setting: 'blockedDomains', from: [], to: ['bank'] },
    ),
    'You changed what the assistant may do: most in one day 20.00, before not set; most for one action not set, ' +
      'before 0.00; allowed domains all, before email and notes; blocked domains bank, before none',
  );
  equal(
    settings(
      { setting: 'quietHours', from: null, to: { start: '22:00', end: '07:00' } },
      { setting: 'timeZone', from: 'UTC', to: 'Asia/Tokyo' },
      { setting: 'requireApprovalForIrreversible', from: false, to: true },
      { setting: 'trustTier', from: 'suggest', to: 'observer' },
      { setting: 'constructor', from: 1, to: [2] },
    ),
    'You changed what the assistant may do: quiet hours 22:00 to 07:00, before none; time zone Asia/Tokyo, before UTC; ' +
      'approval of what can not be undone needed, before not needed; level of trust Observer, before Suggest; ' +
      'constructor [2], before 1',
  );
  equal(told({ kind: 'policy_changed', description: 'Newsletters' }), 'You changed your rules: “Newsletters”');
  equal(told({ kind: 'policy_removed', description: null }), 'You removed rules');
});

spec('what is told to an operator is not said to be his', () => {
  const told = (text) => ofAnother([{ text }])[0].text;
  equal(told('You paused auto-execution: “You”'), 'The user paused auto-execution: “You”');
  equal(told('3 actions wait for you: email.archive'), '3 actions wait for the user: email.archive');
  equal(told('An action waits for you: Answer'), 'An action waits for the user: Answer');
  equal(told('Gmail connected'), 'Gmail connected');
});

spec('banners stand in the order red, amber, grey', () => {
  const banners = ['grey', 'amber', 'red'].map((severity) => ({ id: severity, kind: severity, severity }));
  equal(shownBanners(banners, true, NOW).map((banner) => banner.id), ['red', 'amber', 'grey']);
});

spec('a page that knows nothing says so itself, once', () => {
  equal(shownBanners([], false, null).map((banner) => [banner.id, banner.since]), [[EVERYTHING_UNKNOWN, null]]);
  const said = { id: EVERYTHING_UNKNOWN, kind: 'unknown', severity: 'grey' };
  equal(shownBanners([said], false, NOW).length, 1);
  const ofOneGrant = { id: 'unknown:1', kind: 'unknown', severity: 'grey' };
  equal(shownBanners([ofOneGrant], false, NOW).length, 2);
  equal(shownBanners([], true, NOW), []);
});

spec('that nothing is known is not said over what is known by now', () => {
  const said = { id: EVERYTHING_UNKNOWN, kind: 'unknown', severity: 'grey', since: new Date(NOW).toISOString() };
  equal([NOW - 1, NOW, NOW + 1].map((asOf) => saysUnknown(said, asOf)), [true, true, false]);
  equal([null, NOW].map((asOf) => saysUnknown({ ...said, since: null }, asOf)), [true, false]);
  equal(saysUnknown({ ...said, id: 'unknown:1' }, NOW), false);
  equal(shownBanners([said], true, NOW + 1), []);
});

spec('banners tell their time', () => {
  const since = new Date(NOW).toISOString();
  const introduced = (kind) => bannerWords({ kind, detail: null, since }, NOW).since.replace(/ \d.*$/, '');
  equal(introduced('needs_reauth'), 'Nothing has been read since');
  equal(introduced('operator_pause'), 'Paused since');
  equal(introduced('unknown'), 'Unknown since');
  equal(bannerWords({ kind: 'unknown', detail: 'We lost sight.', since: null }, NOW).since, null);
});

spec('the user is told when he paused in the sentence that says so', () => {
  const since = new Date(2026, 10, 24, 9, 41).toISOString();
  const now = new Date(2026, 10, 24, 10, 0).getTime();
  const told = (detail) => bannerWords({ kind: 'user_pause', detail, since }, now);
  const time = clockTime(Date.parse(since), now);
  equal(told('You paused it.'), { detail: `You paused it at ${time}.`, since: null });
  equal(told('You paused it: “$&”. It waits.').detail, `You paused it at ${time}: “$&”. It waits.`);
  equal(told('It is paused.'), { detail: 'It is paused.', since: `Paused since ${time}, ` });
});

spec('the way back from a provider says what came of it', () => {
  equal(noticeOf('?connected=gmail', CATALOGUE).text, 'Gmail is connected.');
  const both = noticeOf('?connected=gmail&connected=google-calendar', CATALOGUE);
  equal(both.text, 'Gmail and Google Calendar are connected.');
  equal(withoutNotice('?connected=gmail&connected=google-calendar'), '');
  const lacking = noticeOf('?connected=gmail&lacking=google-calendar', CATALOGUE);
  equal(lacking.text, 'Google Calendar is not connected.');
  equal([lacking.tone, lacking.detail], [
    'amber',
    'You left out the permission to read it. Reconnect, and leave it ticked.',
  ]);
  const none = noticeOf('?lacking=gmail&lacking=google-calendar', CATALOGUE);
  equal(none.detail, 'You left out the permission to read them. Reconnect, and leave it ticked.');
  equal(withoutNotice('?connected=gmail&lacking=google-calendar'), '');
  equal(noticeOf('?notice=access_denied', CATALOGUE).text, 'Nothing was changed.');
  const other = noticeOf('?notice=other_account&expected=alice%40example.org&got=bob%40example.org', CATALOGUE);
  holds(other.detail.includes('alice@example.org') && other.detail.includes('bob@example.org'));
  equal(noticeOf('?notice=constructor', CATALOGUE).text, 'Nothing was changed.');
  equal(noticeOf('', CATALOGUE), null);
  equal(withoutNotice('?connected=gmail'), '');
  equal(withoutNotice('?notice=other_account&expected=a&got=b&keep=1'), '?keep=1');
});

spec('an address says nothing that only somebody made up', () => {
  equal(noticeOf('?connected=You+have+won', CATALOGUE), null);
  equal(noticeOf('?connected=gmail&connected=Call+0800', CATALOGUE).text, 'Gmail is connected.');
  equal(noticeOf('?lacking=constructor', CATALOGUE), null);
  const other = (expected, got) => noticeOf(`?${new URLSearchParams({ notice: 'other_account', expected, got })}`, CATALOGUE);
  holds(other('alice', "o'neil+mail@example.org").detail.includes("o'neil+mail@example.org"));
  for (const got of ['', 'bob, and call 0800', 'bob\u00a0says', '“bob”', 'b'.repeat(255)]) {
    equal(other('alice', got).detail, 'Reconnect with the account that was connected before.');
  }
});

spec('that something is connected is said once the server says so, until it was read or is no longer so', () => {
  const said = (notice, condition, age = 0) =>
    notice.at(condition && { gmail: { condition } }, NOW + age)?.text ?? null;
  const good = () => new Notice(noticeOf('?connected=gmail', CATALOGUE), NOW);
  const notice = good();
  equal([null, 'needs_reauth'].map((condition) => said(notice, condition)), [
    'Gmail is being checked.',
    'Gmail is being checked.',
  ]);
  equal(said(notice, 'ok', 20_000), 'Gmail is connected.');
  equal([27_999, 28_000].map((age) => said(notice, 'ok', age)), ['Gmail is connected.', null]);
  equal([29_999, 30_000].map((age) => said(good(), 'needs_reauth', age)), ['Gmail is being checked.', null]);
  const soonOver = good();
  equal(['ok', null, 'needs_reauth'].map((condition) => said(soonOver, condition)), [
    'Gmail is connected.',
    'Gmail is connected.',
    null,
  ]);
  holds(new Notice(noticeOf('?notice=other_account', CATALOGUE), NOW).at({}, NOW + 3_600_000) !== null);
});

spec('a pause that stood already keeps its reason, and that is said', () => {
  const answer = { pausedAt: new Date(NOW).toISOString(), pausedReason: 'holiday' };
  equal(alreadyPaused(answer, 'holiday', NOW), null);
  equal(alreadyPaused(null, 'holiday', NOW), null);
  holds(alreadyPaused(answer, 'another', NOW).detail.includes('holiday'));
});

spec('a level of trust is told with who set it', () => {
  const { text } = entries([{ at: new Date(NOW).toISOString(), kind: 'trust_tier_changed', to: 'observer' }], CATALOGUE)[0];
  equal(text, 'You changed the level of trust to Observer');
  equal(ofAnother([{ text }])[0].text, 'The user changed the level of trust to Observer');
});

const item = (kind, from, to, rest = {}) =>
  ({ at: new Date(NOW).toISOString(), kind, connector: 'gmail', from, to, errorCode: null, ...rest });
const told = (...items) => entries(items, CATALOGUE).map((entry) => entry.text);

spec('the timeline speaks in words', () => {
  equal(told(item('connected', null, 'ok')), ['Gmail connected']);
  equal(told(item('reauthorized', 'needs_reauth', 'ok')), ['Gmail reconnected']);
  equal(told(item('condition_changed', 'ok', 'needs_reauth', { errorCode: 'invalid_grant' })), [
    'Gmail disconnected: access was revoked or has expired',
  ]);
  equal(told(item('condition_changed', 'ok', 'retrying')), ['Gmail stopped answering']);
  equal(told(item('condition_changed', 'retrying', 'ok')), ['Gmail answers again']);
  equal(told(item('condition_changed', 'stale', 'ok')), ['Gmail is heard of again']);
  equal(told(item('condition_changed', 'operator_fault', 'ok')), [
    'Gmail is read again: the problem on our side is solved',
  ]);
  equal(told(item('disabled', 'ok', 'disabled')), ['Gmail was disabled']);
  equal(told(item('removed', 'ok', null)), ['Gmail was removed']);
  equal(told(item('some_day', 'ok', 'ok')).length, 1);
});

spec('what befalls several at one moment is told once, in the order of the catalogue', () => {
  const broken = item('condition_changed', 'ok', 'needs_reauth', { errorCode: 'invalid_grant' });
  equal(told({ ...broken, connector: 'google-calendar' }, broken), [
    'Gmail and Google Calendar disconnected: access was revoked or has expired',
  ]);
  const before = { ...broken, connector: 'google-calendar', at: new Date(NOW - 6000).toISOString() };
  equal(told(broken, before).length, 2);
  equal(told(broken, broken).length, 2);
});

spec('days group entries, newest first', () => {
  const list = entries([item('enabled', 'disabled', 'ok'), item('removed', 'ok', null)], CATALOGUE);
  const old = { ...list[0], at: NOW - 5 * 86_400_000 };
  equal(byDay([...list, old]).map((day) => day.entries.length), [2, 1]);
});

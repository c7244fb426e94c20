import { dimensionRows, mainReason, originWords, otherReasons, parameterText, reasonWords, riskWords } from '../../main/resources/static/model/approval.js';
import { TIERS, pauseSentence, pauseState, quietUntil, waitedWords, waitingSentence, waitingWords } from '../../main/resources/static/model/autonomy.js';
import { shownBanners } from '../../main/resources/static/model/banner.js';
import {
  conditionTable,
  differingWords,
  withheldWords,
  projectionWords,
  remedyWords,
  scopeWords,
  verificationWords,
} from '../../main/resources/static/model/fleet.js';
import { amountText, centsOf } from '../../main/resources/static/model/money.js';
import { inWords, isWritten, previewWords, ruleSentence, valueOf, valueText } from '../../main/resources/static/model/rule.js';
import { deniedBy, deniedWords, doubtsOf, draftOf, listOf, quietZone, settingsOf } from '../../main/resources/static/model/settings.js';
import { Problem } from '../../main/resources/static/net/api.js';
import { equal, holds, spec } from './spec.js';

const trusted = (trustTier) => ({ trustTier, quietHours: null, timeZone: 'UTC' });
const RUNNING = { globalPause: false, userPause: false, pausedAt: null, operator: { pauses: [] } };

spec('what is not known is never called running', () => {
  equal(pauseState(null, true).tone, 'grey');
  equal(pauseState(RUNNING, false).tone, 'grey');
  equal(pauseState(RUNNING, true).text, 'Not paused');
  equal(pauseState({ ...RUNNING, userPause: true }, true).text, 'Paused');
  equal(pauseState({ ...RUNNING, operator: { pauses: [{}] } }, true).text, 'Paused in part');
  const both = { ...RUNNING, globalPause: true, userPause: true };
  equal(pauseSentence(both, 0, null, true), 'Paused by the operator. Paused by you as well.');
});

spec('what runs is only said to be done without asking where the level of trust lets it', () => {
  const without = (settings) => pauseSentence(RUNNING, 0, settings, true).includes('What your settings allow is done');
  equal([...['observer', 'suggest', 'low_autonomy'].map(trusted), null].map(without), [false, false, true, false]);
  const quiet = { ...trusted('low_autonomy'), quietHours: { start: '22:00', end: '07:00' }, timeZone: 'Asia/Tokyo' };
  const at = (time) => Date.parse(`2026-11-24T${time}:00Z`);
  const until = '07:00 in Asia/Tokyo';
  equal(['12:59', '13:00', '21:59', '22:00'].map((time) => quietUntil(quiet, at(time))), [null, until, until, null]);
  equal(quietUntil({ ...quiet, timeZone: 'Mars/Base' }, at('13:00')), null);
  const day = { ...quiet, quietHours: { start: '09:00', end: '17:00' }, timeZone: 'Europe/Oslo' };
  equal(['07:59', '08:00', '16:00'].map((time) => quietUntil(day, at(time))), [null, '17:00 in Europe/Oslo', null]);
  holds(pauseSentence(RUNNING, at('13:00'), quiet, true).includes(`everything waits for you until ${until}.`));
  holds(pauseSentence(RUNNING, 0, trusted('suggest'), true).includes('at the level Suggest nothing is done without asking you'));
});

spec('the end of quiet hours is told with its time zone only where the reader’s is another', () => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const always = { start: '00:00', end: '24:00' };
  equal(quietUntil({ quietHours: always, timeZone }, Date.parse('2026-11-24T12:00:00Z')), '24:00');
});

spec('quiet hours that are set for the first time are in the time zone of the user', () => {
  const zone = (quietHours, timeZone, written = timeZone) => quietZone({ quietHours, timeZone }, written, 'Asia/Seoul');
  equal(zone(null, 'UTC'), 'Asia/Seoul');
  equal([zone(null, 'Asia/Tokyo'), zone(null, 'UTC', 'Asia/Tokyo'), zone({}, 'UTC')], ['Asia/Tokyo', 'Asia/Tokyo', 'UTC']);
});

spec('that everything asks because a command could not be read is not called running', () => {
  const withheld = { ...RUNNING, withheldSince: '2026-11-24T12:00:00Z' };
  equal(pauseState(withheld, true), { text: 'Not paused, but everything asks', tone: 'grey' });
  holds(pauseSentence(withheld, 0, trusted('high_autonomy'), true).includes('nothing is done without asking you'));
  equal(pauseState({ ...withheld, userPause: true }, true).text, 'Paused');
});

spec('a level of trust says up to which risk it goes, and which two do the same', () => {
  const ends = ['low', 'moderate', 'high'].map((risk) => `what is of ${risk} risk at most.`);
  equal(TIERS.slice(2).every(({ words }, index) => words.endsWith(ends[index])), true);
  const suggest = TIERS.find(({ tier }) => tier === 'suggest');
  holds(suggest.words.startsWith('As at Observer'));
});

spec('what has to be confirmed twice is called dangerous', () => {
  equal(riskWords({ overall: 'moderate' }, 'dual'), { words: 'Dangerous', tone: 'red' });
  equal(riskWords({ overall: 'moderate' }, 'single').words, 'Moderate risk');
  equal(riskWords({ overall: 'low', dimensions: { privacy: 'negligible', financial: 'critical' } }).words, 'Critical risk');
});

spec('what the server says of a rule is said in words', () => {
  equal(inWords('rules[0].value is empty; it must be a text.'), 'the value of rule 1 is empty; it must be a text.');
  equal(inWords('rules[11] is missing.'), 'rule 12 is missing.');
  equal(['', 'email', 0, false].map((value) => isWritten({ value })), [false, true, true, true]);
  equal([[], ['a']].map((value) => isWritten({ value })), [false, true]);
});

spec('what waits is counted', () => {
  equal(waitingWords(302, null), '302 actions are waiting.');
  equal(
    waitingWords(302, 200),
    '302 actions are waiting. The first 200 are shown; the others come as these are answered.',
  );
  const at = Date.UTC(2026, 10, 24, 12, 0);
  const waited = (count) => waitedWords(count, at, at + 60_000).split(' waiting at ')[0];
  equal([0, 1, 3].map(waited), ['Nothing was', 'One action was', '3 actions were']);
  holds(waitedWords(3, at, at).endsWith('; what waits now is not known.'));
  equal(waitedWords(null, null, at), 'What waits is not known.');
  holds(pauseSentence(RUNNING, 0, trusted('high_autonomy'), false).includes('not known'));
  equal(waitingSentence(0), 'Nothing is waiting.');
  equal(waitingSentence(1), 'One action is waiting.');
  equal(waitingSentence(302), '302 actions are waiting.');
});

spec('the operator stands before the user', () => {
  const banners = ['user_pause', 'operator_pause'].map((kind) => ({ id: kind, kind, severity: 'red' }));
  equal(shownBanners(banners, true, 0).map(({ kind }) => kind), ['operator_pause', 'user_pause']);
});

spec('a risk is called by what may go wrong', () => {
  const dimensions = { privacy_sensitivity: 'low', reversibility: 'high', operational_risk: 'negligible' };
  equal(dimensionRows({ dimensions }), [
    ['Risk that it can not be undone', 'high'],
    ['Privacy sensitivity', 'low'],
  ]);
  const rule = { field: 'reversibility', operator: 'gte', value: 'high', effect: 'deny' };
  equal(ruleSentence(rule), 'If risk: can not be undone is at least high, deny it');
});

spec('what the page does not know yet is neither safe nor trusted', () => {
  for (const odd of [null, undefined, 'toString', 'some_day']) {
    equal(riskWords({ overall: odd }).tone, 'amber');
    holds(originWords(odd).includes('outside'));
    equal(reasonWords({ code: odd }, {}, []), 'It needs your approval.');
  }
});

spec('what else stands against an action is said once', () => {
  const finding = (code, effect = 'require_approval') => ({ code, effect });
  const findings = ['paused_by_user', 'extreme_action', 'extreme_action', 'irreversible'].map((code) => finding(code));
  const asked = { reason: 'paused_by_user', findings: [...findings, finding('policy_rule', 'allow')], action: {} };
  equal(otherReasons(asked, []), 'It may destroy more than can be mended.');
});

spec('what would mislead the reader of a parameter is made visible', () => {
  equal(parameterText('\u202emoc.elgoog@ecila'), '[U+202E]moc.elgoog@ecila');
  equal(parameterText({ a: '\u0007\u200b' }), '{"a":"\\u0007[U+200B]"}');
  equal(parameterText('bob@exa\u00admple.org'), 'bob@exa[U+00AD]mple.org');
  for (const unseen of ['\u061c', '\u200c', '\u200d', '\u3164', '\ufe0f', '\u{e0041}']) {
    holds(parameterText(`1${unseen}2`).startsWith('1[U+'), unseen.codePointAt(0).toString(16));
  }
  equal(parameterText('two\nlines\tand ארכיון'), 'two\nlines\tand ארכיון');
});

spec('what is made of joiners and is seen is shown as it is', () => {
  const family = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}';
  const waving = '\u{1f44b}\u{1f3fd}';
  const persian = '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645';
  for (const seen of [family, waving, '\u2764\ufe0f', '1\ufe0f\u20e3', persian]) equal(parameterText(seen), seen);
  equal(parameterText(`${waving}\u200dbob`), `${waving}[U+200D]bob`);
});

spec('what was never connected is not said to be broken', () => {
  const why = (detail) => reasonWords({ code: 'connector_not_working', detail }, { connector: 'foo' }, []);
  equal(why('foo: not connected'), 'It needs foo, which is not connected. It is judged again once it is.');
  for (const detail of ['foo: needs_reauth', null]) holds(why(detail).startsWith('It needs foo, which does not work'));
});

spec('a rule of one’s own is named', () => {
  const finding = { code: 'policy_rule', detail: '“Careful with “mail”” (policy b1b1b1b1), rule 0: because' };
  equal(mainReason({ reason: 'policy_rule', findings: [finding], action: {} }, []), 'Your rule “Careful with “mail”” asks for it.');
  equal(reasonWords({ code: 'policy_rule', detail: 'policy b1b1b1b1, rule 0' }, {}, []), 'A rule of yours asks for it.');
  equal(mainReason({ reason: 'trust_tier', findings: [], action: {} }, []), 'At your level of trust every action waits for you.');
});

spec('amounts are cents', () => {
  equal(['12', '12.5', '12,50', '', '0.07'].map(centsOf), [1200, 1250, 1250, null, 7]);
  equal(centsOf(amountText(100_000_000_000)), 100_000_000_000);
  for (const odd of ['much', '-1', '1.234', '1e5']) equal(centsOf(odd), undefined);
  equal([amountText(7), amountText(null)], ['0.07', '']);
});

spec('rules are read and shown alike', () => {
  const amounts = (written) => valueOf({ field: 'estimatedCostCents', operator: 'in' }, written);
  equal(['1, 2.50', '12,50, 99', '12,50;99', '3,', '1,2'].map(amounts), [[100, 250], [1250, 9900], [1250, 9900], [300], [120]]);
  equal(valueOf({ field: 'domain', operator: 'in' }, 'email,calendar, '), ['email', 'calendar']);
  equal(valueText({ field: 'estimatedCostCents', value: [100, 250] }), '1.00, 2.50');
  equal(valueOf({ field: 'reversible', operator: 'eq' }, 'false'), false);
  equal(valueOf({ field: 'estimatedCostCents', operator: 'gt' }, 'much'), 'much');
  const rule = { field: 'riskTier', operator: 'gte', value: 'moderate', effect: 'deny' };
  equal(ruleSentence(rule), 'If risk altogether is at least moderate, deny it');
  equal(previewWords({ matched: 0, stricter: 0, looser: 0 }, 1), 'It would have applied to none of the last 1 action.');
});

spec('settings that were only shown are written back as they were', () => {
  const settings = {
    trustTier: 'suggest',
    maxSpendPerActionCents: 1250,
    maxDailySpendCents: null,
    allowedDomains: ['email'],
    blockedDomains: [],
    requireApprovalForIrreversible: true,
    quietHours: null,
    timeZone: 'UTC',
  };
  const odd = {
    ...settings,
    maxDailySpendCents: 100_000_000_000,
    allowedDomains: ['shopping, food', 'a;b', 'bank', 'bank'],
    blockedDomains: [' tax '],
  };
  for (const each of [settings, odd]) equal(settingsOf(draftOf(each), each), { settings: each, problems: {} });
  const touched = settingsOf({ ...draftOf(odd), blockedDomains: 'tax, bank' }, odd).settings;
  equal([touched.allowedDomains, touched.blockedDomains], [odd.allowedDomains, ['tax', 'bank']]);
});

spec('rules that were only shown are written back as they were', () => {
  for (const value of [['Pay rent, May', 'x'], ['two\nlines'], ' blank ']) {
    const rule = { field: 'description', operator: Array.isArray(value) ? 'in' : 'eq', value };
    const shown = valueText(rule).replace('\n', '');
    equal(valueOf(rule, shown, rule), value);
    equal(valueOf({ ...rule, operator: 'contains' }, shown, rule), shown.trim());
  }
  const rule = { field: 'description', operator: 'in', value: ['Pay rent, May'] };
  equal(valueOf(rule, 'Pay rent, May, June', rule), ['Pay rent', 'May', 'June']);
});

spec('domains are told apart however people write them', () => {
  equal(listOf('email; calender,, !!\nbank; email'), ['email', 'calender', '!!', 'bank']);
});

spec('what can hardly be meant is doubted', () => {
  const settings = { maxSpendPerActionCents: 500, maxDailySpendCents: 500, allowedDomains: ['email'], blockedDomains: ['bank'] };
  const doubted = (some) => Object.keys(doubtsOf({ ...settings, ...some }));
  equal(doubted({}), []);
  equal(doubted({ maxDailySpendCents: 400 }), ['maxSpendPerActionCents']);
  equal([{ maxDailySpendCents: null }, { maxSpendPerActionCents: null }].map(doubted), [[], []]);
  holds(doubtsOf({ ...settings, blockedDomains: ['Email'] }).blockedDomains.startsWith('You allow Email as well. It is denied'));
});

spec('what settings would deny that waits is told before', () => {
  const actions = ['Email', 'calendar', 'bank'].map((domain) => ({ domain, description: `In ${domain}` }));
  const denied = (allowedDomains, blockedDomains) =>
    deniedBy({ allowedDomains, blockedDomains }, actions).map(({ domain }) => domain);
  equal(denied([], []), []);
  equal(denied(['email', 'calender'], []), ['calendar', 'bank']);
  equal(denied([], ['EMAIL']), ['Email']);
  const are = 'would be denied, and can not be brought back:';
  equal(deniedWords(actions.slice(1), false), `2 waiting actions ${are} “In calendar” and “In bank”.`);
  const many = Array(7).fill({ description: '', actionType: 'a' });
  equal(deniedWords(many, true), `At least 7 waiting actions ${are} “a”, “a”, “a”, “a”, “a” and 2 more.`);
});

spec('a refusal names its field, also where only its detail does', () => {
  const field = (details) => new Problem(400, details).field;
  equal(field({ detail: 'rules[3].value is empty' }), 'rules[3].value');
  equal(field({ detail: 'quietHours.start and quietHours.end are both 22:00' }), 'quietHours.start');
  equal(field({ detail: 'There are 20 policies already' }), null);
  equal(field({ detail: 'It is wrong', field: 'reason' }), 'reason');
});

spec('the operator is told what is the operator’s to mend', () => {
  const { rows } = conditionTable([{ provider: 'a', condition: 'operator_fault', count: 3 }]);
  equal([rows[0].words, rows[0].tone], ['Lifeline is refused: yours to mend', 'red']);
  const remedy = (errorCode, failureClass) => remedyWords({ errorCode, failureClass });
  holds(remedy('invalid_client', 'CONFIG').includes('Give poller-service a valid one'));
  holds(remedy('AADSTS7000222', 'CONFIG').includes('has expired'));
  holds(remedy('invalid_scope', 'CONFIG').startsWith('The provider refuses Lifeline itself.'));
  equal(remedy('invalid_grant', 'REAUTH'), 'The user reconnects; the banner asks for it.');
  equal([remedy('constructor', null), remedy('odd', 'SOME_DAY')], ['', '']);
});

spec('the fleet is counted by condition, the worst first', () => {
  const row = (provider, condition, count) => ({ provider, condition, count });
  const { providers, rows } = conditionTable([row('b', 'ok', 2), row('a', 'ok', 1), row('a', 'needs_reauth', 3)]);
  equal(providers, ['a', 'b']);
  equal(rows.map(({ counts, total }) => [counts, total]), [[[3, 0], 3], [[1, 2], 3]]);
  equal(projectionWords('lifeline-projector-connector-health'), 'connector health');
  equal(scopeWords({ kind: 'action_type', value: 'email.send' }), 'Action type email.send');
});

spec('how far all is proven by the log is said in one sentence', () => {
  const now = Date.UTC(2026, 10, 24, 12, 0);
  const all = {
    partitions: 4,
    proven: 4,
    rows: 2329,
    unprovable: 0,
    different: 0,
    oldest: '2026-11-24T09:00:00Z',
    everySeconds: 86400,
    first: [],
  };
  const of = (some) => verificationWords({ ...all, ...some }, now);

  equal(of({}).words, 'The 2,329 rows that were looked at are what the log comes to; least recently proven 3 hours ago.');
  equal(of({ unprovable: 1200 }).words.endsWith(' 1,200 older than the log can not be proven.'), true);
  equal(of({ proven: 3 }).words, 'The 2,329 rows that were looked at are what the log comes to; 1 of 4 parts is still to be proven.');
  equal(of({ different: 1 }).words, '1 row is not what the log comes to; least recently proven 3 hours ago.');
  equal(of({ different: 2 }).words.startsWith('2 rows are not what'), true);
  equal(of({ proven: 0, oldest: null }).words, 'Nothing has been proven yet.');
  equal(verificationWords(null, now).words, 'Nothing is proven in the background.');
  equal([of({}), of({ different: 1 }), of({ oldest: '2026-11-22T11:00:00Z' })].map(({ wrong }) => wrong), [
    false,
    true,
    true,
  ]);
});

spec('a row that is not what the log comes to is named, with what tells more', () => {
  equal(differingWords({ table: 'connector_health', key: 'u, gmail', userId: 'u' }), {
    row: 'connector_health (u, gmail)',
    more: './lifeline audit --verify --user u',
  });
  equal(differingWords({ table: 'operator_pause', key: 'everything, ', userId: null }).more, './lifeline replay --into NAME');
});

spec('the operator reads whose actions an unreadable command withholds, and what is wrong with it', () => {
  const record = { source: { topic: 'lifeline.autonomy.commands', partition: 2, offset: 17 }, reason: 'not JSON' };
  equal(withheldWords({ ...record, userId: 'u' }), 'What user u wants done needs approval (not JSON).');
  equal(
    withheldWords({ ...record, userId: '00000000-0000-0000-0000-000000000000' }),
    'What anybody wants done needs approval (not JSON).',
  );
  equal(
    withheldWords({ ...record, userId: null }),
    'What anybody of partition 2 wants done needs approval (not JSON).',
  );
});

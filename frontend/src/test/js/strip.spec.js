import { ABSENT, UNKNOWN, spans } from '../../main/resources/static/model/history.js';
import { DAYS, interruptionSentence, shares, strip, stripSentence } from '../../main/resources/static/model/strip.js';
import { clockTime, startOfDay } from '../../main/resources/static/model/time.js';
import { equal, holds, spec } from './spec.js';

const NOW = new Date(2026, 10, 24, 12, 0).getTime();
const HOUR = 3_600_000;

const day = (back, hour = 0) => new Date(2026, 10, 24 - back, hour).getTime();
const item = (at, kind, to = null, connector = 'gmail') => ({ at: new Date(at).toISOString(), kind, connector, to });
const whole = { complete: true, knownUntil: NOW, now: NOW };

/** Newest first, as the server gives it. */
const timeline = (...items) => items.reverse();

/** The parts of a day that are not nothing, in hours. */
function hours({ parts }) {
  const present = Object.entries(parts).filter(([, length]) => length > 0);
  return Object.fromEntries(present.map(([part, length]) => [part, length / HOUR]));
}

spec('shows thirty days, today the last', () => {
  const { days } = strip([], 'gmail', whole);
  equal(days.length, DAYS);
  equal(days.at(-1).start, startOfDay(NOW));
  equal(days[0].start, day(29));
});

spec('is empty before the connector was connected', () => {
  const { days, since } = strip(timeline(item(day(1, 6), 'connected', 'ok')), 'gmail', whole);
  equal(hours(days.at(-3)), { empty: 24 });
  equal(hours(days.at(-2)), { empty: 6, ok: 18 });
  equal(hours(days.at(-1)), { ok: 12 });
  equal(since, day(1, 6));
});

spec('shows the part of a day that was down as a part', () => {
  const items = timeline(
    item(day(40), 'connected', 'ok'),
    item(day(3, 10), 'condition_changed', 'needs_reauth'),
    item(day(3, 16), 'reauthorized', 'ok'),
  );
  const summary = strip(items, 'gmail', whole);
  equal(hours(summary.days.at(-4)), { ok: 18, 'needs-you': 6 });
  equal(hours(summary.days.at(-5)), { ok: 24 });
  equal(interruptionSentence(summary, NOW), '1 interruption in 30 days, 6 hours in all');
});

spec('an interruption reaches over midnight and over its own changes', () => {
  const items = timeline(
    item(day(40), 'connected', 'ok'),
    item(day(3, 22), 'condition_changed', 'retrying'),
    item(day(3, 23), 'condition_changed', 'needs_reauth'),
    item(day(2, 2), 'reauthorized', 'ok'),
  );
  const summary = strip(items, 'gmail', whole);
  equal(hours(summary.days.at(-4)), { ok: 22, unread: 1, 'needs-you': 1 });
  equal(hours(summary.days.at(-3)), { ok: 22, 'needs-you': 2 });
  equal(interruptionSentence(summary, NOW), '1 interruption in 30 days, 4 hours in all');
});

spec('a consent that lacked a permission ended no interruption', () => {
  const items = timeline(
    item(day(40), 'connected', 'ok'),
    item(day(3, 10), 'condition_changed', 'needs_reauth'),
    item(day(3, 14), 'reauthorized', 'ok'),
    item(day(3, 14) + 300, 'condition_changed', 'needs_reauth'),
    item(day(3, 16), 'reauthorized', 'ok'),
  );
  equal(interruptionSentence(strip(items, 'gmail', whole), NOW), '1 interruption in 30 days, 6 hours in all');
});

spec('what the user switched off is no interruption', () => {
  const items = timeline(item(day(40), 'connected', 'ok'), item(day(3), 'disabled'), item(day(2), 'enabled', 'ok'));
  const summary = strip(items, 'gmail', whole);
  equal(hours(summary.days.at(-4)), { off: 24 });
  equal(interruptionSentence(summary, NOW), 'No interruption in 30 days');
});

spec('what is not known is empty, never green', () => {
  const stale = timeline(item(day(40), 'connected', 'ok'), item(day(1, 12), 'condition_changed', 'stale'));
  equal(hours(strip(stale, 'gmail', whole).days.at(-2)), { empty: 12, ok: 12 });
  equal(hours(strip(stale, 'gmail', whole).days.at(-1)), { empty: 12 });
  equal(strip(stale, 'gmail', whole).interruptions, 0);

  const lagging = { ...whole, knownUntil: day(0, 3) };
  equal(hours(strip(timeline(item(day(40), 'connected', 'ok')), 'gmail', lagging).days.at(-1)), { empty: 9, ok: 3 });

  const cutOff = { ...whole, complete: false };
  const later = strip(timeline(item(day(2), 'condition_changed', 'ok')), 'gmail', cutOff);
  equal(hours(later.days.at(-4)), { empty: 24 });
  equal(hours(later.days.at(-3)), { ok: 24 });
});

spec('a condition that this page does not know is not green', () => {
  const items = timeline(item(day(2), 'connected', 'ok'), item(day(1), 'condition_changed', 'some_day'));
  equal(hours(strip(items, 'gmail', whole).days.at(-2)), { empty: 24 });
});

spec('removal and rejected commands', () => {
  const items = timeline(
    item(day(5), 'connected', 'ok'),
    item(day(4), 'command_rejected'),
    item(day(3), 'removed'),
    item(day(2), 'connected', 'ok'),
  );
  const { days } = strip(items, 'gmail', whole);
  equal(hours(days.at(-5)), { ok: 24 });
  equal(hours(days.at(-4)), { empty: 24 });
  equal(hours(days.at(-3)), { ok: 24 });
});

spec('other connectors do not show', () => {
  const other = item(day(1), 'condition_changed', 'needs_reauth', 'calendar');
  const items = timeline(item(day(2), 'connected', 'ok'), other);
  equal(strip(items, 'gmail', whole).interruptions, 0);
});

spec('an unreadable time is passed over', () => {
  const items = [{ at: 'never', kind: 'removed', connector: 'gmail' }, ...timeline(item(day(1), 'connected', 'ok'))];
  equal(hours(strip(items, 'gmail', whole).days.at(-1)), { ok: 12 });
});

spec('days of any length are wholly covered, and spans have no gaps', () => {
  for (let shift = 0; shift < 366; shift++) {
    const now = new Date(2026, 0, 1 + shift, 12, 0).getTime();
    const { days } = strip([], 'gmail', { complete: true, knownUntil: now, now });
    for (const [index, each] of days.slice(0, -1).entries()) {
      equal(each.parts.empty, days[index + 1].start - each.start);
    }
  }
  const life = spans(timeline(item(day(2), 'connected', 'ok')), 'gmail', { ...whole, from: day(29) });
  equal(life.map((span) => span.condition), [ABSENT, 'ok']);
  equal(life[0].to, life[1].from);
  equal(spans([], 'gmail', { ...whole, complete: false, from: day(1) })[0].condition, UNKNOWN);
});

spec('a short interruption of a long day is still seen, and shares are one in all', () => {
  const parts = { empty: 0, ok: 23.75 * HOUR, off: 0, unread: 0, 'needs-you': 0.25 * HOUR };
  const [ok, bad] = shares(parts);
  equal([ok.part, bad.part], ['ok', 'needs-you']);
  holds(bad.share > 0.1 && ok.share > bad.share && Math.abs(ok.share + bad.share - 1) < 1e-9);
  equal(shares({ empty: 0, ok: 0, off: 0, unread: 0, 'needs-you': 0 }), [{ part: 'empty', share: 1 }]);
});

spec('says it in words, for as long as the connector has been there', () => {
  const young = strip(timeline(item(day(8), 'connected', 'ok')), 'gmail', whole);
  equal(stripSentence(young, NOW), 'Last 30 days, known for 9 days: no interruption in 9 days');
  const today = strip(timeline(item(day(0, 6), 'connected', 'ok')), 'gmail', whole);
  equal(interruptionSentence(today, NOW), `No interruption since ${clockTime(day(0, 6), NOW)}`);
  const cutOff = strip(timeline(item(day(2), 'condition_changed', 'ok')), 'gmail', { ...whole, complete: false });
  equal(interruptionSentence(cutOff, NOW), 'No interruption in 3 days');
});

import {
  ago,
  clockTime,
  dayName,
  daysBetween,
  duration,
  instant,
  lasting,
  startOfDay,
  whenWords,
} from '../../main/resources/static/model/time.js';
import { equal, spec } from './spec.js';

const at = (...parts) => new Date(...parts).getTime();
const NOON = at(2026, 10, 24, 12, 0);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

spec('a clock time goes on a sentence', () => {
  equal(whenWords(NOON, NOON, 'en-GB'), 'at 12:00');
  equal(whenWords(NOON - 24 * HOUR, NOON, 'en-GB'), 'yesterday at 12:00');
  equal(whenWords(NOON - 72 * HOUR, NOON, 'en-GB'), 'on 21 November at 12:00');
});

spec('says how long ago in the largest unit', () => {
  equal(ago(NOON, NOON), 'just now');
  equal(ago(NOON - 999, NOON), 'just now');
  equal(ago(NOON - SECOND, NOON), '1 second ago');
  equal(ago(NOON - 59 * SECOND, NOON), '59 seconds ago');
  equal(ago(NOON - MINUTE, NOON), '1 minute ago');
  equal(ago(NOON - 14.9 * MINUTE, NOON), '14 minutes ago');
  equal(ago(NOON - 23.9 * HOUR, NOON), '23 hours ago');
  equal(ago(NOON - 49 * HOUR, NOON), '2 days ago');
});

spec('calls what lies ahead just now, for clocks differ by a little', () => {
  equal(ago(NOON + 2 * SECOND, NOON), 'just now');
});

spec('says how long in two units, and never in nothing', () => {
  equal(lasting(0), '1 second');
  equal(lasting(40 * SECOND), '40 seconds');
  equal(lasting(14 * MINUTE + 20 * SECOND), '14 minutes');
  equal(lasting(2 * HOUR), '2 hours');
  equal(lasting(2 * HOUR + 5 * MINUTE), '2 hours 5 minutes');
  equal(lasting(76 * HOUR), '3 days 4 hours');
});

spec('tells the time alone today, and the day with it before', () => {
  equal(clockTime(at(2026, 10, 24, 10, 2), NOON, 'en-GB'), '10:02');
  equal(clockTime(at(2026, 10, 24, 8, 2), NOON, 'en-GB'), '08:02');
  equal(clockTime(at(2026, 10, 23, 23, 59), NOON, 'en-GB'), 'yesterday at 23:59');
  equal(clockTime(at(2026, 10, 15, 10, 2), NOON, 'en-GB'), '15 November at 10:02');
  equal(clockTime(at(2025, 10, 15, 10, 2), NOON, 'en-GB'), '15 November 2025 at 10:02');
});

spec('names days', () => {
  equal(dayName(NOON, NOON, 'en-GB'), 'Today');
  equal(dayName(at(2026, 10, 23, 0, 0), NOON, 'en-GB'), 'Yesterday');
  equal(dayName(at(2026, 10, 22, 23, 59), NOON, 'en-GB'), '22 November');
});

spec('counts days by the calendar, whatever the clocks do in between', () => {
  for (let day = 1; day <= 365; day++) {
    const midday = at(2026, 0, day, 12, 0);
    equal(daysBetween(midday, at(2026, 0, day + 1, 0, 30)), 1);
    equal(daysBetween(at(2026, 0, day - 30, 12, 0), midday), 30);
  }
});

spec('begins every day where the calendar begins it', () => {
  for (let day = 1; day <= 365; day++) {
    const start = startOfDay(at(2026, 0, day, 12, 0));
    equal(new Date(start).getDate(), new Date(2026, 0, day, 12, 0).getDate());
    equal(startOfDay(start - 1, 1), start);
  }
});

spec('reads instants, and takes nothing unreadable for one', () => {
  equal(instant('2026-11-24T10:02:00Z'), Date.UTC(2026, 10, 24, 10, 2));
  equal(instant(null), null);
  equal(instant('soon'), null);
});

spec('reads durations in both ways of writing', () => {
  equal(duration('PT5S', 1), 5000);
  equal(duration('PT1M30S', 1), 90_000);
  equal(duration('PT0.5S', 1), 500);
  equal(duration('5s', 1), 5000);
  equal(duration('250ms', 1), 250);
  equal(duration('PT', 1), 1);
  equal(duration(undefined, 1), 1);
});

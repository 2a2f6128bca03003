// test/simulator/scenario/window.test.ts — Days in a row are local days, also where one of them has 23 hours, or 25.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../contract/calendar.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';
import { plannedDays, windowOf } from '../../../simulator/scenario/window.js';

const HOUR_MS = 3_600_000;
const berlin = { ...DEFAULT_RULES, zone: 'Europe/Berlin' };
const calendar = new Calendar(berlin);
const whole = [{ durationHours: 10 }, { durationHours: 14 }];

const windowFrom = (start: string, arrivals = whole) =>
  windowOf({ clock: { start }, rules: berlin, arrivals, days: 3 });

test('three days over a change of the clocks end with the third local day', () => {
  for (const [start, end, last] of [
    ['2024-03-30T00:00:00', '2024-04-02T00:00:00+02:00', '20240401'],
    ['2024-10-26T00:00:00', '2024-10-29T00:00:00+01:00', '20241028'],
    ['2024-10-01T00:00:00', '2024-10-04T00:00:00+02:00', '20241003'],
  ] as const) {
    const window = windowFrom(start);
    assert.is(window?.endMs, Date.parse(end));
    assert.is(window?.endMs, calendar.span(last).endMs);
    assert.is(window?.closesMs.length, 3);
  }
});

test('arrivals of a whole day fill a day of 23 hours', () => {
  const startMs = calendar.span('20240330').startMs;
  const days = plannedDays(calendar, startMs, { days: 3, arrivals: whole });
  assert.equal(
    days.map(({ hourMs }) => hourMs / HOUR_MS),
    [1, 23 / 24, 1],
  );
  assert.equal(days[2]?.startMs, calendar.span('20240401').startMs);
});

test('arrivals of some hours keep their length, and begin at the same local time', () => {
  const startMs = Date.parse('2024-03-30T08:00:00+01:00');
  const days = plannedDays(calendar, startMs, { days: 2, arrivals: [{ durationHours: 10 }] });
  assert.equal(days, [
    { startMs, hourMs: HOUR_MS },
    { startMs: Date.parse('2024-03-31T08:00:00+02:00'), hourMs: HOUR_MS },
  ]);
});

test('a single stretch may last as many hours as it says', () => {
  assert.equal(plannedDays(calendar, 0, { days: 1, arrivals: [{ durationHours: 60 }] }), [
    { startMs: 0, hourMs: HOUR_MS },
  ]);
});

test.run();

// test/contract/calendar-zones.test.ts — Days of every zone, held against the dates that Intl writes: it shares no code with the calendar.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../contract/calendar.js';
import type { Day } from '../../contract/events.js';
import { DEFAULT_RULES } from '../../contract/rules.js';

const FIRST_MS = Date.UTC(1970, 0, 3);
const LAST_MS = Date.UTC(2100, 11, 30);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
const calendarOf = (zone: string) => new Calendar({ ...DEFAULT_RULES, zone });

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date that a clock on the wall shows, as yyyyMMdd. */
function dateAt(zone: string, timeMs: number): Day {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format.format(timeMs).replaceAll('-', '');
}

const anyZone = fc.constantFrom(...zones);
const anyTime = fc.integer({ min: FIRST_MS, max: LAST_MS });

test('an instant has the day that the wall shows, unless that day was over before', () => {
  fc.assert(
    fc.property(anyZone, anyTime, (zone, timeMs) => {
      const { day, startMs, endMs } = calendarOf(zone).at(timeMs);
      assert.ok(startMs <= timeMs && timeMs < endMs, `${zone} ${timeMs}`);
      const shown = dateAt(zone, timeMs);
      if (day === shown) return;
      // Set back over midnight: the wall shows the day before again, for some hours at most.
      assert.ok(shown < day && timeMs - startMs < 4 * HOUR_MS, `${zone} ${timeMs}: ${day}, shown ${shown}`);
      assert.is(dateAt(zone, startMs), day);
    }),
    { numRuns: 3000 },
  );
});

test('a day begins at the first instant at which the wall shows its date, and ends where the next begins', () => {
  fc.assert(
    fc.property(anyZone, anyTime, (zone, timeMs) => {
      const calendar = calendarOf(zone);
      const { day, startMs, endMs } = calendar.at(timeMs);
      const next = calendar.span(calendar.plusDays(day, 1));
      assert.is(next.startMs, endMs, `${zone} ${day}`);
      assert.is(dateAt(zone, startMs), day);
      assert.ok(dateAt(zone, startMs - 1) < day, `${zone} ${day} begins earlier`);
      assert.equal(calendar.span(day), { day, startMs, endMs });
    }),
    { numRuns: 2000 },
  );
});

test('the day of an instant does not hang on what was asked for before', () => {
  fc.assert(
    fc.property(
      anyZone,
      anyTime,
      fc.array(fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS })),
      (zone, timeMs, others) => {
        const asked = calendarOf(zone);
        for (const other of others) asked.at(timeMs + other);
        assert.equal(asked.at(timeMs), calendarOf(zone).at(timeMs));
      },
    ),
  );
});

/** Where clocks skip midnight, go back over it, or a date is left out. */
const changes: readonly (readonly [zone: string, from: string, days: number])[] = [
  ['Africa/Cairo', '2024-04-20', 12],
  ['Africa/Cairo', '2024-10-27', 8],
  ['Asia/Beirut', '2024-03-28', 6],
  ['Asia/Beirut', '2024-10-24', 6],
  ['America/Havana', '2024-03-07', 6],
  ['America/Santiago', '2024-09-05', 6],
  ['America/Santiago', '2024-04-04', 6],
  ['America/St_Johns', '2000-10-26', 6],
  ['America/Sao_Paulo', '2018-02-15', 6],
  ['America/Sao_Paulo', '2018-11-01', 6],
  ['America/Scoresbysund', '2024-03-28', 6],
  ['Antarctica/Casey', '2010-03-02', 6],
  ['Pacific/Apia', '2011-12-27', 6],
  ['Pacific/Kwajalein', '1993-08-18', 6],
  ['Asia/Gaza', '2024-04-18', 6],
  ['Europe/Berlin', '2024-03-29', 5],
  ['Australia/Lord_Howe', '2024-04-04', 6],
  ['Africa/Monrovia', '1972-01-04', 6],
  ['Asia/Seoul', '2024-02-27', 5],
];
for (const [zone, from, days] of changes) {
  test(`around a change of the clocks of ${zone} in ${from.slice(0, 7)} each minute has the latest date shown so far`, () => {
    const startMs = Date.parse(`${from}T00:00:00Z`);
    const calendar = calendarOf(zone);
    let latest = dateAt(zone, startMs);
    for (let timeMs = startMs; timeMs < startMs + days * DAY_MS; timeMs += 60_000) {
      const shown = dateAt(zone, timeMs);
      if (shown > latest) latest = shown;
      const { day } = calendar.at(timeMs);
      if (day !== latest) assert.is(day, latest, `${zone} ${new Date(timeMs).toISOString()}`);
    }
  });
}

test('a date that a zone left out is an empty day', () => {
  const apia = calendarOf('Pacific/Apia');
  const { startMs, endMs } = apia.span('20111230');
  assert.is(startMs, endMs);
  assert.is(apia.at(endMs).day, '20111231');
  assert.is(apia.at(endMs - 1).day, '20111229');
});

test('the same time some days later is what the wall shows then', () => {
  const berlin = calendarOf('Europe/Berlin');
  const sixMs = Date.parse('2024-03-30T06:00:00+01:00');
  assert.is(berlin.sameTimeAfterDays(sixMs, 1), Date.parse('2024-03-31T06:00:00+02:00'));
  const cairo = calendarOf('Africa/Cairo');
  const midnightMs = cairo.span('20240425').startMs;
  assert.is(cairo.sameTimeAfterDays(midnightMs, 1), cairo.span('20240426').startMs);
  assert.is(cairo.sameTimeAfterDays(midnightMs, 2), cairo.span('20240427').startMs);
});

test('a date that does not exist is refused', () => {
  for (const day of ['20240231', '20241301', '2024101', 'yesterday', '']) {
    assert.throws(() => calendarOf('Asia/Seoul').span(day), RangeError);
  }
});

test.run();

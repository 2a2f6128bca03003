// test/contract/calendar.test.ts — Days in the rules' zone, also where a day has 23 hours, and the mapping between the two clocks.
import { IANAZone } from 'luxon';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar, instantOf, isZone, parseLocal } from '../../contract/calendar.js';
import { eventTimeAt, formatClock, type MappedClock, parseClock, wallTimeAt } from '../../contract/clock.js';
import { DEFAULT_RULES } from '../../contract/rules.js';

const seoul = new Calendar(DEFAULT_RULES);
const utc = (text: string) => Date.parse(`${text}Z`);

test('a day in Seoul starts nine hours before the day in UTC', () => {
  assert.equal(seoul.at(utc('2024-09-30T15:00:00.000')), {
    day: '20241001',
    startMs: utc('2024-09-30T15:00:00'),
    endMs: utc('2024-10-01T15:00:00'),
  });
  assert.is(seoul.at(utc('2024-09-30T14:59:59.999')).day, '20240930');
});

test('a day on which clocks go forward has 23 hours', () => {
  const berlin = new Calendar({ ...DEFAULT_RULES, zone: 'Europe/Berlin' });
  const { startMs, endMs } = berlin.span('20240331');
  assert.is((endMs - startMs) / 3_600_000, 23);
});

test('a day is published an hour after its end and forgotten after seven published days', () => {
  assert.is(seoul.publishedAtMs('20241001'), utc('2024-10-01T16:00:00'));
  assert.is(seoul.forgottenAtMs('20241001'), utc('2024-10-08T16:00:00'));
  assert.is(seoul.newestPublishedAt(utc('2024-10-01T15:59:59.999')), '20240930');
  assert.is(seoul.newestPublishedAt(utc('2024-10-01T16:00:00')), '20241001');
});

test('the offset from UTC is the one of the instant, before and after clocks change', () => {
  const changes = ['2024-03-31T01:00', '2024-10-27T01:00', '2006-04-02T03:31', '2024-04-06T15:00', '2011-12-30T10:00'];
  for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia']) {
    const calendar = new Calendar({ ...DEFAULT_RULES, zone });
    for (const change of changes) {
      for (let minutes = -1440; minutes <= 1440; minutes += 7) {
        const timeMs = utc(`${change}:00.000`) + minutes * 60_000;
        assert.is(
          calendar.utcOffsetMinutes(timeMs),
          IANAZone.create(zone).offset(timeMs),
          `${zone} ${change} ${minutes}`,
        );
      }
    }
  }
});

test('local date-times are read in the zone, and nonsense is not read', () => {
  assert.is(parseLocal('2024-10-01T00:00:00', 'Asia/Seoul'), utc('2024-09-30T15:00:00'));
  assert.is(instantOf('2024-10-01T00:00:00', 'Asia/Seoul'), utc('2024-09-30T15:00:00'));
  assert.is(parseLocal('yesterday', 'Asia/Seoul'), undefined);
  assert.throws(() => instantOf('yesterday', 'Asia/Seoul'), /expected a local date-time, found "yesterday"/);
  assert.ok(isZone('Europe/Berlin'));
  assert.not(isZone('Mars/Olympus'));
});

test('a scaled clock maps back and forth', () => {
  const clock: MappedClock = { kind: 'scaled', eventStartMs: 1000, wallStartMs: 500_000, speed: 1440 };
  assert.is(eventTimeAt(clock, 500_010), 1000 + 14_400);
  assert.is(wallTimeAt(clock, 1000 + 14_400), 500_010);
});

test('a clock survives its text form, and other texts are refused', () => {
  for (const text of ['system', 'event-time', 'scaled:-5:17:0.5']) {
    const clock = parseClock(text);
    assert.ok(clock);
    assert.is(clock && formatClock(clock), text);
  }
  for (const text of ['', 'scaled', 'scaled:1:2:0', 'scaled:1:2', 'wall']) assert.is(parseClock(text), undefined);
});

test.run();

// test/simulator/fault/timeline.test.ts — When the times of a fault have come.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hasBegun, hasEnded, isDue, type Moment } from '../../../simulator/fault/timeline.js';

const ZONE = 'Asia/Seoul';
const NOON = Date.parse('2024-10-01T03:00:00Z');

function moment(given: Partial<Moment> = {}): Moment {
  return { sentShare: 0, startedPhases: new Set(), endedPhases: new Set(), eventTimeMs: undefined, ...given };
}

test('a stretch of event time has its beginning and its end', () => {
  const during = { time: ['2024-10-01T12:00:00', '2024-10-01T13:00:00'] as [string, string] };
  const at = (eventTimeMs: number) => {
    const now = moment({ eventTimeMs });
    return [hasBegun({ during, forSeconds: 1 }, now, ZONE), hasEnded({ during, forSeconds: 1 }, now, ZONE)];
  };
  assert.equal(at(NOON - 1), [false, false]);
  assert.equal(at(NOON), [true, false]);
  assert.equal(at(NOON + 3_600_000), [true, true]);
});

test('without a clock no event time comes', () => {
  assert.is(hasBegun({ at: { time: '2024-10-01T12:00:00' }, forSeconds: 1 }, moment(), ZONE), false);
});

test('with at alone nothing but its own time keeps it broken', () => {
  assert.is(hasEnded({ at: { progress: 0.5 }, forSeconds: 1 }, moment(), ZONE), true);
});

test('it comes again by wall time, with the progress, or by event time', () => {
  const begun = { ...moment({ sentShare: 0.1, eventTimeMs: NOON }), nowMs: 1000 };
  const due = (every: NonNullable<Parameters<typeof isDue>[0]['every']>, now: Partial<typeof begun>) =>
    [0, 1, 2].filter((index) => isDue({ every, forSeconds: 1 }, index, { begun, now: { ...begun, ...now } }));
  assert.equal(due({ seconds: 5, times: 3 }, { nowMs: 5999 }), [0]);
  assert.equal(due({ seconds: 5, times: 3 }, { nowMs: 6000 }), [0, 1]);
  assert.equal(due({ progress: 0.3, times: 3 }, { sentShare: 0.39 }), [0]);
  assert.equal(due({ progress: 0.3, times: 3 }, { sentShare: 0.7 }), [0, 1, 2]);
  assert.equal(due({ minutes: 60, times: 3 }, { eventTimeMs: NOON + 3_599_999 }), [0]);
  assert.equal(due({ minutes: 60, times: 3 }, { eventTimeMs: NOON + 7_200_000 }), [0, 1, 2]);
});

test.run();

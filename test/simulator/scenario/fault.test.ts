// test/simulator/scenario/fault.test.ts — A fault that could never come as it is written is a problem of the scenario.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ScenarioError } from '../../../simulator/errors.js';
import { completeScenario } from '../../../simulator/scenario/load.js';

function problemsOf(fault: unknown, scenario: object = {}): readonly string[] {
  try {
    completeScenario('x.json', {
      description: 'a test',
      articles: { perDay: 10 },
      arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 100 }],
      faults: [fault],
      ...scenario,
    });
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

test('a kill of a consumer has defaults for all but its time', () => {
  assert.equal(problemsOf({ kind: 'consumer-kill', at: { progress: 0.5 } }), []);
});

test('a phase that is not there, and a consumer that is not there, are named', () => {
  assert.equal(problemsOf({ kind: 'consumer-kill', target: 'consumer:2', at: { phase: 'rush' } }), [
    'faults[0].at.phase: no phase is named "rush"; there is day',
    'faults[0].target: names consumer 2 of 1',
  ]);
});

test('event time needs pacing and a date-time', () => {
  const problems = problemsOf({ kind: 'consumer-kill', at: { time: 'noon' } }, { pace: 'max' });
  assert.equal(problems, [
    'faults[0].at.time: needs pace "paced": without it event time has no wall time',
    'faults[0].at.time: expected a local date-time such as 2024-10-01T20:00:00, found "noon"',
  ]);
});

test('it cannot come again before it is healed', () => {
  const every = { seconds: 3, times: 2 };
  assert.equal(problemsOf({ kind: 'consumer-pause', at: { progress: 0 }, forSeconds: 4, every }), [
    'faults[0].every.seconds: expected more than forSeconds, 4: it must be healed in between',
  ]);
});

test('it comes at a time or during one, and during one only once', () => {
  const kind = 'consumer-kill';
  assert.equal(problemsOf({ kind }), ['faults[0].at: expected either at or during']);
  const both = { kind, at: { progress: 0 }, during: { progress: [0.1, 0.2] } };
  assert.equal(problemsOf(both), ['faults[0].at: expected either at or during']);
  assert.equal(problemsOf({ kind, during: { phase: 'rush' } }), [
    'faults[0].during.phase: no phase is named "rush"; there is day',
  ]);
  assert.equal(problemsOf({ kind, during: { progress: [0.4, 0.2] } }), [
    'faults[0].during.progress: expected an end after 0.4, found 0.2',
  ]);
  assert.equal(problemsOf({ kind, during: { time: ['2024-10-01T09:00:00', 'noon'] } }), [
    'faults[0].during.time: expected a local date-time such as 2024-10-01T20:00:00, found "noon"',
  ]);
  const again = { kind, during: { phase: 'day' }, every: { seconds: 9, times: 2 } };
  assert.equal(problemsOf(again), ['faults[0].every: needs at: a fault with during breaks once']);
});

test('it comes again within the load, and by event time only where that has wall time', () => {
  const kind = 'consumer-kill';
  assert.equal(problemsOf({ kind, at: { progress: 0.2 }, every: { progress: 0.3, times: 3 } }), []);
  assert.equal(problemsOf({ kind, at: { progress: 0.5 }, every: { progress: 0.3, times: 3 } }), [
    'faults[0].every.times: the last would come when 110 % of the events are sent',
  ]);
  assert.equal(problemsOf({ kind, at: { progress: 0.5 }, every: { minutes: 60, times: 3 } }, { pace: 'max' }), [
    'faults[0].every.minutes: needs pace "paced": without it event time has no wall time',
  ]);
});

test('a kind that is not known is refused', () => {
  assert.match(
    problemsOf({ kind: 'consumer-kil', at: { progress: 0 } })[0] ?? '',
    /^faults\[0\]\.kind: .*consumer-kill/,
  );
});

test('progress is a share', () => {
  assert.is(problemsOf({ kind: 'consumer-kill', at: { progress: 40 } }).length, 1);
});

test.run();

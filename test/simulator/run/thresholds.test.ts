// test/simulator/run/thresholds.test.ts — Thresholds are judged on what was measured, and what was not measured is missed.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../../simulator/errors.js';
import { unmet } from '../../../simulator/report/expectation.js';
import { evaluateThresholds, exitCodeOf, type Measured } from '../../../simulator/run/thresholds.js';

const figures = { count: 1, min: 1, mean: 1, p50: 2, p90: 3, p99: 40, p999: 5, max: 6, histogram: '' };
const measured: Measured = {
  latency: { send: figures },
  phases: [
    {
      name: 'warm',
      warmUp: true,
      plannedEvents: 10,
      acked: 10,
      eventsPerSecond: null,
      latency: {},
    },
    {
      name: 'rush',
      warmUp: false,
      plannedEvents: 10,
      acked: 10,
      eventsPerSecond: 500,
      latency: { send: { ...figures, p99: 90 } },
    },
  ],
  throughput: 1000,
  drainMs: null,
};

test('a threshold is judged on the whole load, or on the phase that it names', () => {
  const results = evaluateThresholds(
    [
      { metric: 'send', statistic: 'p99', below: 50 },
      { metric: 'send', statistic: 'p99', phase: 'rush', below: 50 },
      { metric: 'throughput', above: 800 },
      { metric: 'throughput', phase: 'rush', above: 800 },
    ],
    measured,
  );
  assert.equal(
    results.map(({ threshold, ok, actual }) => [threshold, ok, actual]),
    [
      ['send p99 < 50', true, 40],
      ['send p99 of rush < 50', false, 90],
      ['throughput > 800', true, 1000],
      ['throughput of rush > 800', false, 500],
    ],
  );
});

test('lost and repeated records have bounds, and a log that was not read again is within none', () => {
  const bounds = [
    { metric: 'lost', below: 1 },
    { metric: 'duplicated', above: 0 },
  ] as const;
  const log = { records: 103, found: 98, lost: 2, duplicated: 5 };
  const of = (one: Measured) => evaluateThresholds([...bounds], one).map(({ ok, actual, unit }) => [ok, actual, unit]);
  assert.equal(of({ ...measured, log }), [
    [false, 2, 'records'],
    [true, 5, 'records'],
  ]);
  assert.equal(of(measured), [
    [false, null, 'records'],
    [false, null, 'records'],
  ]);
});

test('the exit code is that of the scenario’s own expectation', () => {
  const ended = { outcome: 'fail', found: ['TRIM_LOSS', 'lists'], failing: ['lists'], thresholds: [] } as const;
  assert.is(exitCodeOf(ended, { verdict: 'pass' }), EXIT.fail);
  assert.is(exitCodeOf(ended, { verdict: 'fail' }), EXIT.pass);
  assert.is(exitCodeOf(ended, { verdict: 'fail', finding: 'TRIM_LOSS' }), EXIT.pass);
  assert.is(exitCodeOf(ended, { verdict: 'fail', finding: 'ORPHAN_DROP' }), EXIT.fail);
  assert.is(exitCodeOf({ ...ended, outcome: 'pass' }, { verdict: 'fail' }), EXIT.fail);
  assert.is(exitCodeOf({ ...ended, outcome: 'unknown' }, { verdict: 'fail' }), EXIT.unknown);
});

test('where a scenario says which checks fail, each of them must and no other may', () => {
  const verdict = 'fail';
  const ended = { outcome: verdict, found: ['lists', 'lost'], failing: ['lists', 'drained'], thresholds: [] } as const;
  const failing = ['drained', 'lists'];
  assert.is(exitCodeOf(ended, { verdict, failing }), EXIT.pass);
  assert.is(exitCodeOf(ended, { verdict, failing: ['lists'] }), EXIT.fail);
  assert.is(exitCodeOf(ended, { verdict, failing: [...failing, 'cuts'] }), EXIT.fail);
  assert.is(exitCodeOf(ended, { verdict, failing, finding: 'TRIM_LOSS' }), EXIT.fail);
  assert.is(unmet(ended, { failing }), undefined);
  assert.is(unmet(ended, { failing: ['lists'] }), 'that nothing but lists fails; drained did too');
  assert.is(unmet(ended, { failing: [...failing, 'cuts'] }), 'that cuts fails');
});

test('what was not measured is missed', () => {
  const results = evaluateThresholds(
    [
      { metric: 'endToEnd', statistic: 'p99', below: 50 },
      { metric: 'send', statistic: 'p99', phase: 'warm', below: 50 },
      { metric: 'drain', below: 50 },
    ],
    measured,
  );
  assert.equal(
    results.map(({ ok, actual }) => [ok, actual]),
    [
      [false, null],
      [false, null],
      [false, null],
    ],
  );
});

test.run();

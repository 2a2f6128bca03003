// test/simulator/report/timeline.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Sample } from '../../../simulator/record/sample.js';
import { percentileCurves } from '../../../simulator/report/percentile-curve.js';
import { phasesOf, ratesOf, usableSamples } from '../../../simulator/report/timeline.js';
import { PASS } from './sample-record.js';

function sample(atMs: number, events: number, more: Partial<Sample> = {}): Sample {
  const totals = { due: events, sent: events, acked: events, failed: 0, unknown: 0, consumed: events };
  return { atMs, phase: 'day', ...totals, lag: 0, sendP50Ms: 1, sendP99Ms: 2, harnessRssBytes: 1, ...more };
}

test('totals become rates of the interval, the first since the load began', () => {
  assert.equal(ratesOf([sample(500, 100), sample(1500, 400), sample(1600, 400)], 'sent'), [200, 300, 0]);
});

test('a rate beside a missing total is missing', () => {
  const series = [sample(500, 100), sample(1000, 200, { consumed: null }), sample(1500, 300), sample(2000, 400)];
  assert.equal(ratesOf(series, 'consumed'), [200, null, null, 200]);
});

test('samples that are too close are left out, but the last one stays', () => {
  const series = [sample(-5, 0), sample(20, 1), sample(500, 10), sample(550, 11), sample(1000, 20), sample(1030, 30)];
  assert.equal(
    usableSamples(series).map(({ atMs, sent }) => [atMs, sent]),
    [
      [500, 10],
      [1030, 30],
    ],
  );
});

test('a long run is thinned to its last totals and its worst levels', () => {
  const series = Array.from({ length: 2401 }, (_, index) =>
    sample((index + 1) * 500, index, { lag: index === 1 ? 9000 : 0 }),
  );
  const thin = usableSamples(series);
  assert.is(thin.length, 801);
  assert.is(thin[0]?.lag, 9000);
  assert.is(thin.at(-1)?.sent, 2400);
});

test('phases are told apart, and what follows the load is the drain', () => {
  const series = [
    sample(500, 100, { lag: 7 }),
    sample(1000, 300, { lag: 50 }),
    sample(1500, 400, { phase: 'evening', sendP99Ms: null }),
    sample(2000, 400, { phase: 'evening', consumed: null, lag: null }),
  ];
  const load = PASS.load && { ...PASS.load, loadMs: 1600 };
  assert.equal(
    phasesOf(series, load).map(({ phase, fromMs, toMs, sent, consumed, lagMax, sendP99MsMax }) => [
      phase,
      fromMs,
      toMs,
      sent,
      consumed,
      lagMax,
      sendP99MsMax,
    ]),
    [
      ['day', 0, 1000, 300, 300, 50, 2],
      ['evening', 1000, 1500, 100, 100, 0, null],
      ['drain', 1500, 2000, 0, null, null, 2],
    ],
  );
  assert.equal(phasesOf([], undefined), []);
});

test('a curve ends where its count of values ends, and grows up to its maximum', () => {
  const { nines, curves } = percentileCurves(PASS.latency);
  const apply = curves.find(({ name }) => name === 'apply')?.values.filter((value) => value !== null) ?? [];
  const send = curves.find(({ name }) => name === 'send')?.values.filter((value) => value !== null) ?? [];
  assert.is(nines.at(-1), 4.3);
  assert.is(send.length, nines.length);
  assert.is(apply.length, 73, '4,000 values support 3.6 nines');
  assert.equal(
    send,
    send.toSorted((a, b) => a - b),
  );
});

test('a histogram that cannot be read is named, and the others are drawn', () => {
  const { send } = PASS.latency ?? {};
  const { curves, unreadable } = percentileCurves(send && { send, apply: { ...send, histogram: 'broken' } });
  assert.equal(
    curves.map(({ name }) => name),
    ['send'],
  );
  assert.equal(unreadable, ['apply']);
});

test.run();

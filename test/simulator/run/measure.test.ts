// test/simulator/run/measure.test.ts — Latencies and rates by phase, and of the whole load without its warm-up.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHistogram, encodeHistogram, recordMs } from '../../../contract/latency.js';
import { measure } from '../../../simulator/run/measure.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const phase = (name: string, events: number, more = {}) => ({
  name,
  shape: 'constant',
  durationHours: 1,
  events,
  ...more,
});
const arrivals = [phase('warm', 100, { warmUp: true }), phase('peak', 300)];
// Two days, so each phase is there twice.
const plan = planOf(scenarioWith({ pace: 'max', days: 2, arrivals }));

function histogram(...milliseconds: number[]) {
  const made = createHistogram();
  for (const one of milliseconds) recordMs(made, one);
  return made;
}

const sends = (latencyMs: number, acked: number, spanMs: number) => ({
  sendLatency: histogram(latencyMs),
  sendDelay: histogram(),
  acked,
  firstSentAtMs: 1000,
  lastSettledAtMs: 1000 + spanMs,
});

test('days share a row for each phase, and their spans are added up without the nights between', () => {
  const load = { phases: [sends(900, 100, 500), sends(10, 300, 1000), undefined, sends(20, 200, 1500)] };
  const { phases } = measure(plan, load, []);
  assert.equal(
    phases.map(({ name, warmUp, plannedEvents, acked, eventsPerSecond }) => [
      name,
      warmUp,
      plannedEvents,
      acked,
      eventsPerSecond,
    ]),
    [
      ['warm', true, 200, 100, 200],
      ['peak', false, 600, 500, 200],
    ],
  );
});

test('the latency of the whole leaves warm-ups out, and what was never recorded', () => {
  const load = { phases: [sends(900, 100, 500), sends(10, 300, 1000), undefined, sends(20, 200, 1500)] };
  const { latency, phases } = measure(plan, load, []);
  assert.equal(Object.keys(latency), ['send']);
  assert.ok((latency.send?.max ?? 0) < 21);
  assert.ok((phases[0]?.latency.send?.max ?? 0) > 899);
});

test('a phase in which nothing was sent has no rate', () => {
  const { phases, latency } = measure(plan, { phases: [] }, []);
  assert.equal(
    phases.map(({ acked, eventsPerSecond }) => [acked, eventsPerSecond]),
    [
      [0, null],
      [0, null],
    ],
  );
  assert.equal(latency, {});
});

test('what consumers measured is merged: end to end by phase, applying over all', () => {
  const observation = (applyMs: number, endToEndMs: number) => ({
    applyLatency: encodeHistogram(histogram(applyMs)),
    endToEndLatency: [encodeHistogram(histogram(5000)), encodeHistogram(histogram(endToEndMs))],
  });
  const { latency, phases } = measure(plan, { phases: [] }, [observation(1, 100), observation(3, 200)]);
  assert.ok(Math.abs((latency.apply?.max ?? 0) - 3) < 0.1);
  assert.ok(Math.abs((latency.endToEnd?.max ?? 0) - 200) < 1);
  assert.ok((phases[0]?.latency.endToEnd?.max ?? 0) > 4900);
});

test.run();

// test/simulator/workload/rate-curve.test.ts — Arrivals follow the curve, and the exact functions agree with the engine's.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Arrivals } from '../../../simulator/workload/arrivals.js';
import { exp, ln } from '../../../simulator/workload/exact-math.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { RandomStream } from '../../../simulator/workload/random.js';
import { piecesOf, RateCurve } from '../../../simulator/workload/rate-curve.js';
import { scenarioWith } from '../../support/scenarios.js';

const HOUR_MS = 3_600_000;
const phases = [
  { name: 'a', shape: 'constant', durationHours: 2, events: 4000 },
  { name: 'b', shape: 'ramp', durationHours: 1, events: 3000, from: 1, to: 0, spacing: 'even' },
  { name: 'c', shape: 'spike', durationHours: 1, events: 2000 },
  { name: 's', shape: 'step', durationHours: 1, events: 1200, from: 1, to: 3, stepAt: 0.25 },
  { name: 'd', shape: 'stairs', durationHours: 1, events: 1500 },
  { name: 'e', shape: 'diurnal', durationHours: 30, events: 5000 },
];

test('ln and exp agree with the engine to the last digits', () => {
  for (const x of [1e-10, 0.1, 0.5, Math.SQRT1_2, 0.9999999, 1, 1.5, 2, 1e6]) {
    assert.ok(Math.abs(ln(x) - Math.log(x)) <= 4e-16 * Math.max(1, Math.abs(Math.log(x))), `ln ${x}`);
  }
  for (const x of [-100, -1, -1e-9, 0, 1e-9, 0.3, 1, 17.5, 100]) {
    assert.ok(Math.abs(exp(x) / Math.exp(x) - 1) < 1e-14, `exp ${x}`);
  }
});

test('every phase has exactly its events, inside its time', () => {
  const plan = planOf(scenarioWith({ arrivals: phases }));
  const counts = plan.phases.map((phase) => phase.events);
  const arrivals = new Arrivals(plan.phases, counts, new RandomStream(1, 'test'));
  const found = plan.phases.map(() => 0);
  let last = 0;
  for (let at = arrivals.next(); at !== undefined; at = arrivals.next()) {
    const phase = plan.phases[arrivals.phase];
    assert.ok(phase && at >= phase.startMs && at <= phase.endMs);
    assert.ok(at >= last);
    last = at;
    found[arrivals.phase] = (found[arrivals.phase] ?? 0) + 1;
  }
  assert.equal(found, counts);
});

test('the instant of a share and the share of an instant are inverse', () => {
  for (const phase of scenarioWith({ arrivals: phases }).arrivals) {
    const pieces = piecesOf(phase, 7.5);
    const forward = new RateCurve(pieces);
    const back = new RateCurve(pieces);
    for (let share = 0.01; share < 1; share += 0.01) {
      const at = forward.timeOfShare(share);
      assert.ok(Math.abs(back.shareBetween(0, at) - share) < 1e-9, `${phase.name} ${share}`);
    }
  }
});

test('evenly spaced arrivals of a constant rate have equal distances', () => {
  const scenario = scenarioWith({
    arrivals: [{ name: 'a', shape: 'constant', durationHours: 1, events: 10, spacing: 'even' }],
  });
  const plan = planOf(scenario);
  const arrivals = new Arrivals(plan.phases, [10], new RandomStream(1, 'test'));
  const times = Array.from({ length: 10 }, () => Math.round((arrivals.next() ?? 0) - plan.startMs));
  assert.equal(
    times,
    Array.from({ length: 10 }, (_, i) => ((i + 0.5) * HOUR_MS) / 10),
  );
});

test('a rate per second is of wall time, at the clock’s speed', () => {
  const scenario = scenarioWith({
    clock: { speed: 3600 },
    arrivals: [{ name: 'a', shape: 'constant', durationHours: 10, eventsPerSecond: 500 }],
  });
  assert.is(planOf(scenario).events, 5000);
});

test.run();

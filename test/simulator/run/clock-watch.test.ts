// test/simulator/run/clock-watch.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ClockWatch } from '../../../simulator/run/clock-watch.js';

function clocks() {
  const now = { wallMs: 1_000_000, elapsedMs: 50 };
  const watch = new ClockWatch({ wallMs: () => now.wallMs, elapsedMs: () => now.elapsedMs });
  const pass = (elapsedMs: number, wallMs = elapsedMs) => {
    now.elapsedMs += elapsedMs;
    now.wallMs += wallMs;
    watch.read();
  };
  return { watch, pass };
}

test('time that passes alike on both clocks is no step, however long it takes', () => {
  const { watch, pass } = clocks();
  pass(500);
  pass(86_400_000);
  assert.equal(watch.steps, []);
});

test('a clock that is set forward, or back, is a step of that length', () => {
  const { watch, pass } = clocks();
  pass(500, 3_600_500);
  pass(500);
  pass(500, -9500);
  assert.equal(watch.steps, [
    { atMs: 4_600_500, byMs: 3_600_000 },
    { atMs: 4_591_500, byMs: -10_000 },
  ]);
});

test('a machine that slept is a step, as its elapsed time stood still', () => {
  const { watch, pass } = clocks();
  pass(0, 5_700_000);
  assert.equal(watch.steps, [{ atMs: 6_700_000, byMs: 5_700_000 }]);
});

test('a clock that is slewed for a day makes no step', () => {
  const { watch, pass } = clocks();
  for (let i = 0; i < 172_800; i += 1) pass(500, 500.25);
  assert.equal(watch.steps, []);
});

test.run();

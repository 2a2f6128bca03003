// test/contract/clock.test.ts — The wall clock is the system's, to the millisecond, whatever the monotonic count does.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createWallClock, wallMs } from '../../contract/clock.js';

/** A machine whose two clocks the test sets. */
function machine(systemMs = 1_727_740_800_000.25) {
  const clocks = { systemMs, monotonicMs: 12_345.5 };
  const read = createWallClock({
    system: () => Math.floor(clocks.systemMs),
    monotonic: () => clocks.monotonicMs,
  });
  const runs = (milliseconds: number) => {
    clocks.systemMs += milliseconds;
    clocks.monotonicMs += milliseconds;
  };
  return { clocks, read, runs };
}

test('fractions of a millisecond are told apart', () => {
  const { read, runs } = machine();
  const before = read();
  runs(0.25);
  assert.ok(Math.abs(read() - before - 0.25) < 0.001);
});

test('a machine that slept tells the time at once, though its monotonic count stood still', () => {
  const { clocks, read, runs } = machine();
  runs(1000);
  read();
  clocks.systemMs += 95 * 60_000;
  assert.is(Math.floor(read()), Math.floor(clocks.systemMs));
});

test('a clock that is set, forwards or back, is followed at once', () => {
  const { clocks, read, runs } = machine();
  for (const stepMs of [3_600_000, -7_200_000, 3, -3]) {
    runs(10);
    read();
    clocks.systemMs += stepMs;
    assert.is(Math.floor(read()), Math.floor(clocks.systemMs));
  }
});

test('whatever the two clocks do, the time is in the millisecond that the system shows', () => {
  const change = fc.record({
    runs: fc.double({ min: 0, max: 5000, noNaN: true }),
    step: fc.oneof(fc.constant(0), fc.double({ min: -100_000, max: 100_000, noNaN: true })),
    drift: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const { clocks, read } = machine();
      for (const { runs, step, drift } of changes) {
        clocks.systemMs += runs + step;
        clocks.monotonicMs += runs * (1 + drift);
        assert.is(Math.floor(read()), Math.floor(clocks.systemMs));
      }
    }),
  );
});

test('processes that started at other times agree to the millisecond', () => {
  const one = machine();
  one.clocks.systemMs += 5_000_000;
  const other = machine(one.clocks.systemMs);
  assert.ok(Math.abs(one.read() - other.read()) < 1);
});

test('the time of this process is the time of this machine', () => {
  const before = Date.now();
  const found = wallMs();
  assert.ok(found >= before && found < Date.now() + 1);
});

test.run();

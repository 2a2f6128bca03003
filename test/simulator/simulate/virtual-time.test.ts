// test/simulator/simulate/virtual-time.test.ts — Virtual time moves when it is told to, and timers come as to a process that may be late.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { VirtualTime } from '../../../simulator/simulate/virtual-time.js';

function ticking(isHeld = () => false) {
  const time = new VirtualTime();
  const startMs = time.nowMs;
  const calls: number[] = [];
  const stop = time.every(100, () => calls.push(time.nowMs - startMs), isHeld);
  return { time, calls, stop };
}

test('a timer comes when its time has passed, and no more after it was stopped', () => {
  const { time, calls, stop } = ticking();
  time.pass(99);
  assert.equal(calls, []);
  time.pass(1);
  time.pass(100);
  stop();
  time.pass(1000);
  assert.equal(calls, [100, 200]);
});

test('turns that were missed come once, and the next one a whole period later', () => {
  const { time, calls } = ticking();
  time.pass(350);
  time.pass(99);
  assert.equal(calls, [350]);
  time.pass(1);
  assert.equal(calls, [350, 450]);
});

test('a frozen process misses its turn and has it as soon as it goes on', () => {
  let isFrozen = true;
  const { time, calls } = ticking(() => isFrozen);
  time.pass(150);
  assert.equal(calls, []);
  isFrozen = false;
  time.pass(1);
  assert.equal(calls, [151]);
});

test.run();

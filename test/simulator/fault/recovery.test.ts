// test/simulator/fault/recovery.test.ts — Recovery is seen partition by partition, from offsets.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RecoveryWatch } from '../../../simulator/fault/recovery.js';

const seen = (...partitions: readonly (readonly [committed: number, latest: number])[]) =>
  partitions.map(([committed, latest], index) => ({ partition: `t/${index}`, committed, latest }));

test('progress counts when every partition that is behind has moved', () => {
  const watch = new RecoveryWatch(1000);
  watch.offsets(1100, seen([10, 20], [5, 5]));
  watch.offsets(2000, seen([10, 30], [6, 7]));
  assert.is(watch.result.firstProgressMs, null);
  watch.offsets(3000, seen([11, 40], [6, 7]));
  assert.is(watch.result.firstProgressMs, 2000);
  watch.offsets(4000, seen([50, 50], [7, 7]));
  assert.is(watch.result.firstProgressMs, 2000);
});

test('a partition without records does not hold it up', () => {
  const watch = new RecoveryWatch(0);
  watch.offsets(1, seen([0, 0], [5, 9]));
  watch.offsets(2, seen([0, 0], [9, 9]));
  assert.is(watch.result.firstProgressMs, 2);
});

test('caught up is when all that was there at the healing is consumed, though more has come', () => {
  const watch = new RecoveryWatch(0);
  watch.offsets(100, seen([10, 10]));
  watch.healed(1000);
  watch.offsets(1100, seen([10, 80]));
  watch.offsets(1500, seen([79, 120]));
  assert.is(watch.result.caughtUpMs, null);
  watch.offsets(1700, seen([80, 130]));
  assert.equal(watch.result, { detectedMs: null, firstProgressMs: 1500, caughtUpMs: 700 });
});

test('the first time that it was noticed counts', () => {
  const watch = new RecoveryWatch(500);
  watch.noticed(700);
  watch.noticed(900);
  assert.is(watch.result.detectedMs, 200);
});

test.run();

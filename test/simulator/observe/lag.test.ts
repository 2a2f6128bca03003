// test/simulator/observe/lag.test.ts — Lag counts what a group can still read.
import type { Admin } from 'kafkajs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createLagProbe, lagOf } from '../../../simulator/observe/lag.js';

interface Partition {
  readonly low: number;
  readonly high: number;
  /** -1: the group has committed nothing. */
  readonly committed: number;
}

/** One topic, as a broker tells of it. */
function lag(partitions: readonly Partition[], starts: readonly number[] = []): Promise<number> {
  const admin = {
    fetchTopicOffsets: async () =>
      partitions.map(({ low, high }, partition) => ({ partition, low: String(low), high: String(high) })),
    fetchOffsets: async () => [
      {
        topic: 't',
        partitions: partitions.map(({ committed }, partition) => ({ partition, offset: String(committed) })),
      },
    ],
  } as unknown as Admin;
  const of = { topics: ['t'], starts: new Map(starts.map((start, partition) => [`t/${partition}`, start])) };
  return createLagProbe(admin, 'group', of).read().then(lagOf);
}

test('it is what was written since the run began and not committed', async () => {
  assert.is(
    await lag([
      { low: 0, high: 10, committed: 4 },
      { low: 0, high: 5, committed: -1 },
    ]),
    11,
  );
  assert.is(await lag([{ low: 0, high: 10, committed: -1 }], [7]), 3);
});

test('records that were deleted before anybody read them are no lag', async () => {
  assert.is(await lag([{ low: 8, high: 10, committed: 4 }]), 2);
  assert.is(await lag([{ low: 10, high: 10, committed: -1 }]), 0);
});

test('a log that lost its end is not behind its group', async () => {
  assert.is(await lag([{ low: 0, high: 3, committed: 5 }]), 0);
});

test.run();

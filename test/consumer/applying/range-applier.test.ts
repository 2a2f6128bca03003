// test/consumer/applying/range-applier.test.ts — Several shards; with one, all of it is tested with the batch processor.
import { Registry } from 'prom-client';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Positions } from '../../../consumer/applying/positions.js';
import { RangeApplier } from '../../../consumer/applying/range-applier.js';
import type { StoredOffset } from '../../../consumer/applying/range-store.js';
import { RankingKeys } from '../../../consumer/applying/ranking-keys.js';
import { Shards } from '../../../consumer/applying/shards.js';
import { ServiceClock } from '../../../consumer/runtime/service-clock.js';
import { ServiceMetrics } from '../../../consumer/runtime/service-metrics.js';
import { Calendar } from '../../../contract/calendar.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';
import { OffsetsOnlyStore } from '../offsets-only-store.js';

const PLACE = { topic: 't', partition: 0 } as const;

/** Ranges say nothing, so it is one of the shards, the first, that is asked about each. */
function setUp(log: { low: string; high: string }, ...stored: readonly StoredOffset[]) {
  const store = new OffsetsOnlyStore(...stored);
  const clock = new ServiceClock({ kind: 'event-time' }, new Calendar(DEFAULT_RULES), () => 0);
  const metrics = new ServiceMetrics(new Registry(), { clock, wallMs: () => 0, latencyBoundariesMs: [] });
  const positions = new Positions();
  const shards = new Shards(store, new RankingKeys('', stored.length));
  const applier = new RangeApplier({ shards, metrics, positions, warn: () => undefined });
  const seen: string[] = [];
  const apply = (from: number, next: number) =>
    applier.apply(
      { ...PLACE, from: `${from}`, next: `${next}`, end: log.high, days: new Map(), timestampsMs: [] },
      {
        passed: (offset) => seen.push(`passed ${offset}`),
        seek: (offset) => seen.push(`seek ${offset}`),
        isLeft: () => false,
        bounds: async () => log,
      },
    );
  return { store, shards, seen, apply };
}

test('offsets that hold no records, such as transaction markers, are a gap for no shard', async () => {
  const { store, seen, apply } = setUp({ low: '0', high: '20' }, '0', '0', '0');
  await apply(0, 4);
  await apply(6, 8);
  assert.equal(
    [store.stored, seen],
    [
      ['8', '8', '8'],
      ['passed 4', 'passed 8'],
    ],
  );
});

test('it is read again from where the shard is that has least', async () => {
  const { store, shards, seen, apply } = setUp({ low: '0', high: '20' }, '7', '9', '5');
  await apply(9, 12);
  assert.equal([store.stored, seen], [['7', '12', '5'], ['seek 5']]);
  await apply(5, 12);
  await shards.tell();
  assert.equal(
    [store.stored, seen],
    [
      ['12', '12', '12'],
      ['seek 5', 'passed 12'],
    ],
  );
});

test('what all have is passed over, up to where the first lacks something', async () => {
  const { store, seen, apply } = setUp({ low: '0', high: '20' }, '15', '11', '18');
  await apply(3, 6);
  assert.equal(
    [store.stored, seen],
    [
      ['15', '11', '18'],
      ['passed 11', 'seek 11'],
    ],
  );
});

test('of a topic that was made anew each shard is told, also after only one of them had been', async () => {
  const { store, seen, apply } = setUp({ low: '0', high: '6' }, '6', '15', '40');
  await apply(0, 6);
  assert.equal([store.stored, seen], [['6', '6', '6'], ['passed 6']]);
});

test.run();

// test/e2e/article-read-script.e2e.test.ts — Whatever order, repetition or loss: the read models in Redis end as the plain rules say.
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApplyReply, StoredOffset } from '../../consumer/applying/range-store.js';
import { ArticleReadKeys } from '../../consumer/article-read/article-read-keys.js';
import { ArticleReadStore } from '../../consumer/article-read/article-read-store.js';
import { ReadModelFold } from '../../consumer/article-read/read-model-fold.js';
import { ReadModels } from '../../consumer/article-read/read-models.js';
import type { ReadModel } from '../../contract/observation.js';
import { partitionName } from '../../contract/topic-partition.js';
import { eventLog, readModelsOf, type TimedEvent } from '../consumer/article-read/plain-read-models.js';
import { clearRedisStage, type RedisStage, setRedisStage } from '../consumer/redis-stage.js';
import { holds } from '../support/property.js';

const PLACE = { topic: 'board-like', partition: 2, shard: 0 } as const;
const keys = new ArticleReadKeys('p:', 1);
const RUNS = 12;

const test = suite<RedisStage>('article-read script');
test.before(setRedisStage);
test.after(clearRedisStage);

interface Slice {
  readonly from: number;
  readonly next: number;
  readonly inSpiteOf?: StoredOffset;
}

function apply(redis: Redis, log: readonly TimedEvent[], { from, next, inSpiteOf }: Slice): Promise<ApplyReply> {
  const fold = new ReadModelFold();
  for (const { event, timeMs } of log.slice(from, next)) fold.add(event, timeMs);
  const range = { ...PLACE, from: `${from}`, next: `${next}`, days: fold.take() };
  return new ArticleReadStore(redis, keys).apply(range, inSpiteOf);
}

async function shown(redis: Redis): Promise<ReadModel[]> {
  const lines: string[] = [];
  for await (const chunk of new ReadModels(redis, keys).lines()) lines.push(...chunk.trim().split('\n'));
  return lines.map((line) => JSON.parse(line) as ReadModel).sort(byId);
}

function byId(a: ReadModel, b: ReadModel): number {
  return a.articleId < b.articleId ? -1 : 1;
}

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 30, maxLength: 30 });

test('after each range the read models are those of all records up to the stored offset', async ({ redis }) => {
  await holds(
    fc.asyncProperty(eventLog, sizes, fc.array(fc.nat(40), { minLength: 30 }), async (log, steps, back) => {
      await redis.flushall();
      for (let at = 0, i = 0; at < log.length; i += 1) {
        // Now and then from an earlier offset, as after a rebalance.
        const from = Math.max(0, at - Math.max(0, (back[i] ?? 0) - 30));
        const next = Math.min(log.length, at + (steps[i % steps.length] ?? 1));
        const slice = { from, next, ...(at === 0 ? { inSpiteOf: 'none' } : {}) };
        assert.equal(await apply(redis, log, slice), { outcome: 'applied', late: 0 });
        assert.equal(await shown(redis), readModelsOf(log.slice(0, next)).sort(byId));
        at = next;
      }
    }),
    RUNS,
  );
});

test('the order of ranges changes nothing, nor does their repetition', async ({ redis }) => {
  await holds(
    fc.asyncProperty(eventLog, fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }), async (log, order) => {
      await redis.flushall();
      const starts = Array.from({ length: Math.ceil(log.length / 7) }, (_, i) => i * 7);
      const shuffled = starts
        .concat(starts.slice(0, 3))
        .map((from, i) => ({ from, key: order[i % order.length] ?? 0 }))
        .sort((a, b) => a.key - b.key);
      for (const { from } of shuffled) {
        const stored = (await redis.hget(keys.offsets(0), partitionName(PLACE))) ?? 'none';
        await apply(redis, log, { from, next: Math.min(log.length, from + 7), inSpiteOf: stored });
      }
      assert.equal(await shown(redis), readModelsOf(log).sort(byId));
    }),
    RUNS,
  );
});

test('a range that was applied is skipped, and one with a gap before it is refused', async ({ redis }) => {
  await redis.flushall();
  const [event] = fc.sample(eventLog, { numRuns: 1, seed: 1 })[0] ?? [];
  assert.ok(event);
  const log = Array.from({ length: 10 }, () => event as TimedEvent);
  assert.equal(await apply(redis, log, { from: 0, next: 2 }), { outcome: 'refused', stored: 'none' });
  assert.equal(await apply(redis, log, { from: 0, next: 2, inSpiteOf: 'none' }), { outcome: 'applied', late: 0 });
  assert.equal(await apply(redis, log, { from: 0, next: 2 }), { outcome: 'skipped', stored: '2' });
  assert.equal(await apply(redis, log, { from: 3, next: 5 }), { outcome: 'refused', stored: '2' });
  assert.equal(await apply(redis, log, { from: 1, next: 5 }), { outcome: 'applied', late: 0 });
  assert.is(await redis.hget(keys.offsets(0), partitionName(PLACE)), '5');
});

test.run();

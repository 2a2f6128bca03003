// test/e2e/merge-script.e2e.test.ts — A public list does not depend on who brings which shard's top when, and is never seen torn.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MergedLists } from '../../consumer/applying/merged-lists.js';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { PADDED_ID_LENGTH } from '../../consumer/applying/sharding.js';
import { ServiceClock } from '../../consumer/runtime/service-clock.js';
import { Calendar } from '../../contract/calendar.js';
import { listKey } from '../../contract/keys.js';
import { compareRanked } from '../../contract/rules.js';
import { readList } from '../../simulator/sut/lists.js';
import { RULES } from '../consumer/ranking-model.js';
import { clearRedisStage, type RedisStage, setRedisStage } from '../consumer/redis-stage.js';
import { holds } from '../support/property.js';

const DAY = '20241001';
const SHARDS = 3;
const LATER_MS = 4_102_444_800_000;
const keys = new RankingKeys('', SHARDS);

interface Context extends RedisStage {
  lists: MergedLists;
}
const test = suite<Context>('merge script');
test.before(async (context) => {
  await setRedisStage(context);
  const clock = new ServiceClock({ kind: 'event-time' }, new Calendar(RULES), Date.now);
  context.lists = new MergedLists({ redis: context.redis, keys, rows: RULES.top, clock });
});
test.after(clearRedisStage);

interface Row {
  readonly articleId: string;
  readonly score: number;
  readonly isListed: boolean;
}

function topOf(version: number, rows: readonly Row[]): string {
  const words = rows.map(
    ({ articleId, score, isListed }) => `${score} ${articleId.padStart(PADDED_ID_LENGTH, '0')} ${isListed ? '1' : '0'}`,
  );
  return `${version} ${LATER_MS} ${words.join(' ')}`;
}

/** Ids of a shard's own; some differ from others only beyond a double's precision. */
const tops = fc
  .uniqueArray(
    fc.record({
      shard: fc.nat(SHARDS - 1),
      version: fc.integer({ min: 1, max: 20 }),
      rows: fc.uniqueArray(
        fc.record({ at: fc.nat(5), score: fc.integer({ min: 1, max: 4 }), isListed: fc.boolean() }),
        { maxLength: RULES.top, selector: ({ at }) => at },
      ),
    }),
    { minLength: 1, maxLength: 12, selector: ({ shard, version }) => `${shard} ${version}` },
  )
  .map((all) =>
    all.map(({ shard, version, rows }) => ({
      shard,
      version,
      rows: rows.map(({ at, ...row }) => ({
        ...row,
        articleId: String(9007199254740992n + BigInt(at * SHARDS + shard)),
      })),
    })),
  );

test('whatever order and repetition: each shard counts with its newest top', async ({ redis, lists }) => {
  const pushed = tops.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.array(fc.constantFrom(...all), { maxLength: 8 }),
    ),
  );
  await holds(
    fc.asyncProperty(pushed, async ([all, order, again]) => {
      await redis.flushall();
      for (const { shard, version, rows } of [...order, ...again]) {
        await lists.push({ shard, day: DAY, top: topOf(version, rows) });
      }
      const newest = all.filter(({ shard, version }) =>
        all.every((other) => other.shard !== shard || other.version <= version),
      );
      const best = newest.flatMap(({ rows }) => rows).sort(compareRanked);
      const expected = best.slice(0, RULES.top).filter(({ isListed }) => isListed);
      const found = (await readList(redis, listKey('', DAY))).sort(compareRanked);
      assert.equal(
        found,
        expected.map(({ articleId, score }) => ({ articleId, score })),
      );
      const expiries = await Promise.all((await redis.keys('*')).map((key) => redis.pexpiretime(key)));
      assert.equal(new Set(expiries), new Set([LATER_MS]));
    }),
    100,
  );
});

test('a reader sees a list before or after a change, never in between', async ({ redis, lists }) => {
  await redis.flushall();
  const states = [1, 2].map((score) =>
    [1, 2, 3].map((id) => ({ articleId: `${10 * score + id}`, score, isListed: true })),
  );
  const reader = redis.duplicate();
  const seen = new Set<string>();
  let isChanging = true;
  const reading = (async () => {
    while (isChanging) seen.add((await readList(reader, listKey('', DAY))).map(({ articleId }) => articleId).join(' '));
  })();
  for (let version = 1; version <= 500; version += 1) {
    await lists.push({ shard: version % 2, day: DAY, top: topOf(version, states[version % 2] ?? []) });
    await lists.push({ shard: version % 2, day: DAY, top: topOf(version + 1, []) });
  }
  isChanging = false;
  await reading;
  reader.disconnect();
  const whole = ['', '13 12 11', '23 22 21'];
  assert.equal(
    [...seen].filter((list) => !whole.includes(list)),
    [],
  );
});

test.run();

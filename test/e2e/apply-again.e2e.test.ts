// test/e2e/apply-again.e2e.test.ts — Ranges that come again, late, or to a Redis that was set back: it holds what its offset says.
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { COMMENTER_RULES, eventLog, modelOf, RULES } from '../consumer/ranking-model.js';
import { shown } from '../consumer/ranking-shown.js';
import { clearRedisStage, type RedisStage, setRedisStage } from '../consumer/redis-stage.js';
import { FEW_CANDIDATES, PLAIN, Player } from '../consumer/store-player.js';
import { holds } from '../support/property.js';

const test = suite<RedisStage>('apply again');
test.before(setRedisStage);
test.after(clearRedisStage);

test('a Redis that was set back refuses what follows, and is brought up from where it is', async ({ redis }) => {
  await holds(
    fc.asyncProperty(eventLog, fc.nat(100), fc.nat(100), async (log, a, b) => {
      await redis.flushall();
      const [snapshotAt = 0, lostAt = 0] = [a % (log.length + 1), b % (log.length + 1)].sort((x, y) => x - y);
      const player = new Player(redis, log);
      if (snapshotAt > 0) await player.apply(0, snapshotAt, 'none');
      const snapshot = await dump(redis);
      if (lostAt > snapshotAt) await player.apply(snapshotAt, lostAt, snapshotAt === 0 ? 'none' : undefined);
      await restore(redis, snapshot);

      const expected = snapshotAt === 0 ? 'none' : `${snapshotAt}`;
      if (lostAt > snapshotAt) {
        assert.equal(await player.apply(lostAt, lostAt + 1), { outcome: 'refused', stored: expected });
      }
      await player.apply(snapshotAt, log.length, snapshotAt === 0 ? 'none' : undefined);
      await player.check();
    }),
    20,
  );
});

const zombieSteps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.array(
        fc.record({ back: fc.integer({ min: -3, max: 40 }), count: fc.integer({ min: 1, max: 30 }) }),
        {
          minLength: 1,
          maxLength: 2,
        },
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('snapshot' as const, 'set back' as const) },
  ),
  { minLength: 5, maxLength: 25, size: 'max' },
);

test('two zombies may write at once, from any offset, also to a Redis that was set back: it holds what its offset says', async ({
  redis,
}) => {
  const other = redis.duplicate();
  await holds(
    fc.asyncProperty(eventLog, zombieSteps, fc.constantFrom(RULES, COMMENTER_RULES), async (log, steps, rules) => {
      await redis.flushall();
      const players = [redis, other].map((own) => new Player(own, log, FEW_CANDIDATES, rules));
      const [first] = players;
      let snapshot: [string, Buffer][] = [];
      for (const step of steps) {
        if (step === 'snapshot') snapshot = await dump(redis);
        else if (step === 'set back') await restore(redis, snapshot);
        else {
          const stored = (await first?.stored()) ?? 0;
          const applying = step.map(({ back, count }, i) => {
            const from = Math.min(log.length - 1, Math.max(0, stored - back));
            return players[i]?.apply(from, Math.min(log.length, from + count), from === 0 ? 'none' : undefined);
          });
          await Promise.all(applying);
          assert.ok(((await first?.stored()) ?? 0) >= stored);
        }
        await first?.check();
      }
      const stored = (await first?.stored()) ?? 0;
      if (stored < log.length) await first?.apply(stored, log.length, stored === 0 ? 'none' : undefined);
      assert.equal(await shown(redis, PLAIN.keys, rules), modelOf(log, rules));
    }),
    30,
  );
  other.disconnect();
});

async function restore(redis: Redis, snapshot: readonly [string, Buffer][]): Promise<void> {
  await redis.flushall();
  for (const [key, value] of snapshot) await redis.restore(key, 0, value);
}

async function dump(redis: Redis): Promise<[string, Buffer][]> {
  return Promise.all((await redis.keys('*')).map(async (key) => [key, await redis.dumpBuffer(key)]));
}

test.run();

// test/e2e/shards.e2e.test.ts — A ranking in several shards: whatever is repeated, killed or set back, each holds what its
// offset says, and the public list is that of all of them.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventLog, modelOf } from '../consumer/ranking-model.js';
import { shown } from '../consumer/ranking-shown.js';
import { clearRedisStage, type RedisStage, setRedisStage } from '../consumer/redis-stage.js';
import { keys, Member, SHARDS, World } from '../consumer/shard-members.js';
import { FEW_CANDIDATES, SCRIPT } from '../consumer/store-player.js';
import { holds } from '../support/property.js';

const test = suite<RedisStage>('shards');
test.before(setRedisStage);
test.after(clearRedisStage);

const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('read' as const),
        who: fc.nat(1),
        count: fc.integer({ min: 1, max: 25 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('commit' as const), who: fc.nat(1) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('check' as const), who: fc.nat(1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), who: fc.nat(1), back: fc.nat(40) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('die' as const), who: fc.nat(1), count: fc.integer({ min: 1, max: 25 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('snapshot' as const), shard: fc.nat(SHARDS - 1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('roll back' as const), shard: fc.nat(SHARDS - 1) }) },
  ),
  { minLength: 10, maxLength: 40, size: 'max' },
);

type Step = typeof steps extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

async function take(step: Step, world: World, members: readonly Member[]): Promise<void> {
  if (step.do === 'snapshot') return world.snapshot(step.shard);
  if (step.do === 'roll back') return world.rollBack(step.shard);
  const member = members[step.who];
  if (step.do === 'read') return member?.read(step.count);
  if (step.do === 'commit') return member?.commit();
  if (step.do === 'die') return member?.die(step.count);
  if (step.do === 'restart') return member?.restart(step.back);
  await member?.check();
  await member?.reconcile();
  const [found, expected] = [await shown(world.redis, keys), await world.expected()];
  for (const day of await world.days()) assert.equal(found.lists[day], expected.lists[day]);
}

async function settle(member: Member): Promise<void> {
  for (let round = 0; round < SHARDS + 1; round += 1) {
    await member.check();
    while (!member.isAtEnd) await member.read(30);
  }
  await member.check();
  assert.ok(member.isAtEnd);
}

for (const [name, script] of [
  ['as the script is', SCRIPT],
  ['with few candidates, so that they are cut and found again', FEW_CANDIDATES],
] as const) {
  test(`after each range the lists are those of what the shards have seen, ${name}`, async ({ redis }) => {
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 5, maxLength: 5 });
    await holds(
      fc.asyncProperty(eventLog, sizes, fc.nat(30), async (log, counts, back) => {
        await redis.flushall();
        const world = new World(redis, log);
        const member = new Member(world, script);
        for (let i = 0; !member.isAtEnd; i += 1) {
          if (i % 7 === 6) {
            await member.commit();
            member.restart(back);
          }
          // At least as far as the restart went back, or it would never end.
          for (const count of [counts[i % counts.length] ?? 1, 5]) {
            await member.read(count);
            assert.equal(await shown(redis, keys), await world.expected());
          }
        }
        assert.equal(await shown(redis, keys), modelOf(log));
      }),
      8,
    );
  });
}

test('whatever is repeated, killed or set back, no shard says more or less than its offset, and all ends right', async ({
  redis,
}) => {
  await holds(
    fc.asyncProperty(eventLog, steps, fc.nat(SHARDS - 1), async (log, all, lost) => {
      await redis.flushall();
      const world = new World(redis, log);
      const [first, second] = [new Member(world, SCRIPT), new Member(world, FEW_CANDIDATES)];
      for (const step of all) {
        await take(step, world, [first, second]);
        assert.equal((await shown(redis, keys)).counts, (await world.expected()).counts);
      }
      await settle(first);
      assert.equal(await shown(redis, keys), modelOf(log));
      // Nothing more is read: only the watch can notice.
      await world.rollBack(lost);
      await settle(first);
      assert.equal(await shown(redis, keys), modelOf(log));
    }),
    40,
  );
});

test('what a process left undone that died before the lists were written, the next one does that reads the range again', async ({
  redis,
}) => {
  await holds(
    fc.asyncProperty(eventLog, fc.integer({ min: 1, max: 50 }), async (log, count) => {
      await redis.flushall();
      const world = new World(redis, log);
      const member = new Member(world, SCRIPT);
      await member.die(count);
      await member.read(count);
      assert.equal(await shown(redis, keys), modelOf(log.slice(0, count)));
    }),
    15,
  );
});

test.run();

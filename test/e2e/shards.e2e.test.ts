// test/e2e/shards.e2e.test.ts — A ranking in several shards: whatever is repeated, killed or set back, each holds what its
// offset says, and the public list is that of all of them.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Fold } from '../../consumer/fold.js';
import { Positions, placeName } from '../../consumer/positions.js';
import { Progress } from '../../consumer/progress.js';
import { RangeApplier } from '../../consumer/range-applier.js';
import { RedisRankingStore } from '../../consumer/redis-ranking-store.js';
import { ServiceClock } from '../../consumer/service-clock.js';
import { Shards } from '../../consumer/shards.js';
import { StoreKeys } from '../../consumer/store-keys.js';
import { StoreWatch } from '../../consumer/store-watch.js';
import { Calendar } from '../../contract/calendar.js';
import { startLocalRedis } from '../../simulator/infra/local-redis.js';
import { Owned } from '../../simulator/infra/owned.js';
import { eventLog, modelOf, RULES, type TimedEvent } from '../consumer/ranking-model.js';
import { shown } from '../consumer/ranking-shown.js';
import { type TemporaryFolder, temporaryFolder } from '../support/sim.js';

const APPLY = readFileSync(new URL('../../consumer/lua/apply.lua', import.meta.url), 'utf8');
const FEW_CANDIDATES = APPLY.replace('math.max(1000, 2 * top)', 'top + 1');
assert.is.not(FEW_CANDIDATES, APPLY);
const LIMITS = { interruptAfterTimeLimit: 20_000 } as const;
const SHARDS = 3;
const PLACE = { topic: 'board-like', partition: 2 } as const;
const calendar = new Calendar(RULES);
const keys = new StoreKeys('', SHARDS);

interface Context {
  logs: TemporaryFolder;
  owned: Owned;
  redis: Redis;
}
const test = suite<Context>('shards');

test.before(async (context) => {
  context.logs = temporaryFolder();
  context.owned = await Owned.start(context.logs.path);
  const { signal } = new AbortController();
  const started = await startLocalRedis({ nodes: 1, say: () => undefined, signal, owned: context.owned });
  context.redis = new Redis(started.connection.url);
});
test.after(async ({ logs, owned, redis }) => {
  redis?.disconnect();
  await owned?.[Symbol.asyncDispose]();
  logs?.remove();
});

/** One partition's log, the group's committed offset of it, and the shards' states that one may fall back to. */
class World {
  readonly redis: Redis;
  readonly log: readonly TimedEvent[];
  committed = 0;
  readonly #snapshots = new Map<number, [string, Buffer][]>();

  constructor(redis: Redis, log: readonly TimedEvent[]) {
    this.redis = redis;
    this.log = log;
  }

  async snapshot(shard: number): Promise<void> {
    const names = await this.#keysOf(shard);
    const dumped = names.map(async (name): Promise<[string, Buffer]> => [name, await this.redis.dumpBuffer(name)]);
    this.#snapshots.set(shard, await Promise.all(dumped));
  }

  /** The shard's Redis falls back to the last snapshot, or is empty. */
  async rollBack(shard: number): Promise<void> {
    const names = await this.#keysOf(shard);
    if (names.length > 0) await this.redis.del(...names);
    for (const [name, value] of this.#snapshots.get(shard) ?? []) await this.redis.restore(name, 0, value);
  }

  /** What the rules say of what each shard has seen. */
  async expected(): Promise<ReturnType<typeof modelOf>> {
    const all = Array.from({ length: SHARDS }, (_, shard) => this.redis.hget(keys.offsets(shard), placeName(PLACE)));
    const offsets = (await Promise.all(all)).map((offset) => Number(offset ?? 0));
    return modelOf(this.log.filter(({ event }, at) => at < (offsets[keys.shardOf(event.articleId)] ?? 0)));
  }

  /** Those that some shard knows of: the list of another stays as it was, until it is read again. */
  async days(): Promise<string[]> {
    return (await Promise.all(Array.from({ length: SHARDS }, (_, shard) => this.redis.hkeys(keys.tops(shard))))).flat();
  }

  #keysOf(shard: number): Promise<string[]> {
    return this.redis.keys(`hot-article::{${shard}/${SHARDS}}::*`);
  }
}

/** A consumer that believes the partition to be its own; there may be several. */
class Member {
  readonly #world: World;
  readonly #apply: string;
  readonly #fold = new Fold(calendar);
  #parts: ReturnType<Member['partsOf']>;
  #position = 0;
  #passed: number | undefined;

  constructor(world: World, apply = APPLY) {
    this.#world = world;
    this.#apply = apply;
    this.#parts = this.partsOf();
  }

  get isAtEnd(): boolean {
    return this.#position === this.#world.log.length;
  }

  /** Reads a batch on from where it is. */
  async read(count: number): Promise<void> {
    const { log } = this.#world;
    const from = this.#position;
    const next = Math.min(log.length, from + count);
    if (next === from) return;
    for (const { event, timeMs } of log.slice(from, next)) this.#fold.add(event, timeMs);
    const range = { ...PLACE, from: `${from}`, next: `${next}`, end: `${log.length}`, days: this.#fold.take() };
    this.#position = next;
    await this.#parts.applier.apply(
      { ...range, timestampsMs: [] },
      {
        passed: (offset) => {
          this.#passed = Number(offset);
        },
        seek: (offset) => {
          this.#position = Number(offset);
        },
        isLeft: () => false,
        bounds: async () => ({ low: '0', high: `${log.length}` }),
      },
    );
  }

  async commit(): Promise<void> {
    const passed = this.#passed;
    await this.#parts.shards.tell();
    if (passed !== undefined) this.#world.committed = passed;
  }

  check(): Promise<void> {
    return this.#parts.watch.check();
  }

  reconcile(): Promise<void> {
    return this.#parts.shards.reconcile();
  }

  /** Starts anew, as after a rebalance or a crash, from what was committed or before it. */
  restart(back = 0): void {
    this.#parts = this.partsOf();
    this.#passed = undefined;
    this.#position = Math.max(0, this.#world.committed - back);
  }

  /** Dies after the shards' scripts have run and before the lists are written. */
  async die(count: number): Promise<void> {
    this.#parts = this.partsOf('return redis.error_reply("died")');
    await this.read(count).catch((error: Error) => assert.match(error.message, 'died'));
    this.restart();
  }

  private partsOf(merge?: string) {
    const { redis, committed } = this.#world;
    const clock = new ServiceClock({ kind: 'event-time' }, calendar, Date.now);
    const progress = new Progress(new Registry(), { clock, wallMs: Date.now, latencyBoundariesMs: [] });
    const positions = new Positions();
    const warn = (message: string) => assert.is.not(message, 'Redis could not be checked');
    const scripts = { apply: this.#apply, ...(merge === undefined ? {} : { merge }) };
    const store = new RedisRankingStore({ redis, keys, rules: RULES, clock, isMerged: true, scripts });
    const shards = new Shards(store, keys);
    const watch = new StoreWatch({
      ...{ shards, positions, warn },
      committed: async () => (committed === 0 ? [] : [{ ...PLACE, offset: `${committed}` }]),
      firstOffset: async () => '0',
      seek: (_, offset) => {
        this.#position = Number(offset);
      },
    });
    watch.assigned();
    return { shards, watch, applier: new RangeApplier({ shards, progress, positions, warn }) };
  }
}

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

for (const [name, script] of [
  ['as the script is', APPLY],
  ['with few candidates, so that they are cut and found again', FEW_CANDIDATES],
] as const) {
  test(`after each range the lists are those of what the shards have seen, ${name}`, async ({ redis }) => {
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 5, maxLength: 5 });
    await fc.assert(
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
      { ...LIMITS, numRuns: 8 },
    );
  });
}

test('whatever is repeated, killed or set back, no shard says more or less than its offset, and all ends right', async ({
  redis,
}) => {
  await fc.assert(
    fc.asyncProperty(eventLog, steps, async (log, all) => {
      await redis.flushall();
      const world = new World(redis, log);
      const [first, second] = [new Member(world), new Member(world, FEW_CANDIDATES)];
      for (const step of all) {
        await take(step, world, [first, second]);
        assert.equal((await shown(redis, keys)).counts, (await world.expected()).counts);
      }
      for (let round = 0; round < SHARDS + 1; round += 1) {
        while (!first.isAtEnd) await first.read(30);
        await first.check();
      }
      assert.ok(first.isAtEnd);
      assert.equal(await shown(redis, keys), modelOf(log));
    }),
    { ...LIMITS, numRuns: 40 },
  );
});

test('what a process left undone that died before the lists were written, the next one does that reads the range again', async ({
  redis,
}) => {
  await fc.assert(
    fc.asyncProperty(eventLog, fc.integer({ min: 1, max: 50 }), async (log, count) => {
      await redis.flushall();
      const world = new World(redis, log);
      const member = new Member(world);
      await member.die(count);
      await member.read(count);
      assert.equal(await shown(redis, keys), modelOf(log.slice(0, count)));
    }),
    { ...LIMITS, numRuns: 15 },
  );
});

test.run();

// test/consumer/shard-members.ts — Consumers of one partition, whose ranking lies in several shards: each may be repeated or
// killed, and each shard may be set back.

import type { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import * as assert from 'uvu/assert';
import { Fold } from '../../consumer/applying/fold.js';
import { Positions } from '../../consumer/applying/positions.js';
import { RangeApplier } from '../../consumer/applying/range-applier.js';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { RedisRankingStore } from '../../consumer/applying/redis-ranking-store.js';
import { Shards } from '../../consumer/applying/shards.js';
import { StoreWatch } from '../../consumer/applying/store-watch.js';
import { ServiceClock } from '../../consumer/runtime/service-clock.js';
import { ServiceMetrics } from '../../consumer/runtime/service-metrics.js';
import { Calendar } from '../../contract/calendar.js';
import { partitionName } from '../../contract/topic-partition.js';
import { modelOf, RULES, type Shown, type TimedEvent } from './ranking-model.js';

export const SHARDS = 3;
export const keys = new RankingKeys('', SHARDS);
const PLACE = { topic: 'board-like', partition: 2 } as const;
const calendar = new Calendar(RULES);

/** One partition's log, the group's committed offset of it, and the shards' states that one may fall back to. */
export class World {
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
  async expected(): Promise<Shown> {
    const all = Array.from({ length: SHARDS }, (_, shard) =>
      this.redis.hget(keys.offsets(shard), partitionName(PLACE)),
    );
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
export class Member {
  readonly #world: World;
  readonly #apply: string;
  readonly #fold = new Fold(calendar, RULES);
  #parts: ReturnType<Member['partsOf']>;
  #position = 0;
  #passed: number | undefined;

  /** @param apply text of lua/apply.lua */
  constructor(world: World, apply: string) {
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
    const metrics = new ServiceMetrics(new Registry(), { clock, wallMs: Date.now, latencyBoundariesMs: [] });
    const positions = new Positions();
    const warn = (message: string) => assert.is.not(message, 'Redis could not be checked');
    const scripts = { apply: this.#apply, ...(merge === undefined ? {} : { merge }) };
    const store = new RedisRankingStore({ redis, keys, rules: RULES, clock, isMerged: true, scripts });
    const shards = new Shards(store, keys);
    const watch = new StoreWatch({
      shards,
      positions,
      warn,
      committed: async () => (committed === 0 ? [] : [{ ...PLACE, offset: `${committed}` }]),
      firstOffset: async () => '0',
      seek: (_, offset) => {
        this.#position = Number(offset);
      },
    });
    watch.assigned();
    return { shards, watch, applier: new RangeApplier({ shards, metrics, positions, warn }) };
  }
}

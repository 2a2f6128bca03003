// consumer/applying/merged-lists.ts — The public lists, where they are merged from the tops of several shards.
import { readFileSync } from 'node:fs';
import type { Day } from '../../contract/events.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { persist } from '../runtime/redis-connection.js';
import type { ServiceClock } from '../runtime/service-clock.js';
import type { RankingKeys } from './ranking-keys.js';

const MERGE_SCRIPT = readFileSync(new URL('./lua/merge.lua', import.meta.url), 'utf8');
/** The top of a shard that has nothing for a day. */
const NO_TOP = '0 0 ';

interface WithMerge {
  mergeTop(keys: 2, ...keysAndArguments: readonly (string | number)[]): Promise<unknown>;
}

export interface MergedListsOptions {
  readonly redis: RedisClient;
  readonly keys: RankingKeys;
  /** Rows of a public list. */
  readonly rows: number;
  readonly clock: ServiceClock;
  /** Text of lua/merge.lua, unless a test has another. */
  readonly script?: string;
}

/** A day's top in one shard, as lua/merge.lua lays it out. */
export interface ShardTop {
  readonly shard: number;
  readonly day: Day;
  readonly top: string;
}

export class MergedLists {
  readonly #redis: RedisClient & WithMerge;
  readonly #options: MergedListsOptions;

  constructor(options: MergedListsOptions) {
    options.redis.defineCommand('mergeTop', { lua: options.script ?? MERGE_SCRIPT });
    this.#redis = options.redis as RedisClient & WithMerge;
    this.#options = options;
  }

  /** Settles when the day's list holds this top, or a newer one of the shard. */
  async push({ shard, day, top }: ShardTop, inSpiteOf = ''): Promise<void> {
    const { keys, rows } = this.#options;
    await persist(this.#redis, () =>
      this.#redis.mergeTop(2, keys.merged(day), keys.list(day), shard, top, inSpiteOf, rows),
    );
  }

  /**
   * Pushes what a list lacks. A process may have died after its shard's script, a list may be lost, or a shard was set
   * back and counts its versions from an older one again.
   */
  async reconcile(): Promise<void> {
    const { keys, clock } = this.#options;
    const shards = await Promise.all(
      Array.from({ length: keys.shards }, (_, shard) => this.#redis.hgetall(keys.tops(shard))),
    );
    const days = [...new Set(shards.flatMap((tops) => Object.keys(tops)))];
    for (const day of days.filter((one) => clock.expireAtMs(one) !== undefined)) {
      const merged = await this.#redis.hgetall(keys.merged(day));
      const differ = shards.flatMap((tops, shard) =>
        (tops[day] ?? NO_TOP) === (merged[shard] ?? NO_TOP) ? [] : [shard],
      );
      await Promise.all(differ.map((shard) => this.#heal(shard, day)));
    }
  }

  /** Asks the list before the shard. So the answer of the shard is the newer one, whatever the versions are. */
  async #heal(shard: number, day: Day): Promise<void> {
    const { keys } = this.#options;
    const seen = (await this.#redis.hget(keys.merged(day), String(shard))) ?? NO_TOP;
    const top = (await this.#redis.hget(keys.tops(shard), day)) ?? NO_TOP;
    if (top !== seen) await this.push({ shard, day, top }, seen);
  }
}

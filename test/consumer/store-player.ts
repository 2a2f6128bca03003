// test/consumer/store-player.ts — The ranking's store on a real Redis, given slices of a log of events, and held against the model.

import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import { Fold } from '../../consumer/applying/fold.js';
import type { ApplyReply, StoredOffset } from '../../consumer/applying/range-store.js';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { RedisRankingStore } from '../../consumer/applying/redis-ranking-store.js';
import { ServiceClock } from '../../consumer/runtime/service-clock.js';
import { Calendar } from '../../contract/calendar.js';
import type { Rules } from '../../contract/rules.js';
import { partitionName } from '../../contract/topic-partition.js';
import { modelOf, RULES, type TimedEvent } from './ranking-model.js';
import { shown } from './ranking-shown.js';

export const SCRIPT = readFileSync(new URL('../../consumer/applying/lua/apply.lua', import.meta.url), 'utf8');
/** So few that they are cut, and found again, all the time. */
export const FEW_CANDIDATES = SCRIPT.replace('math.max(1000, 2 * top)', 'top + 1');
assert.is.not(FEW_CANDIDATES, SCRIPT);
export const PLACE = { topic: 'board-like', partition: 2, shard: 0 } as const;
export const PLAIN = { keys: new RankingKeys('', 1), rules: RULES, isMerged: false } as const;

/** Applies slices as a consumer at that place would. */
export class Player {
  readonly #redis: Redis;
  readonly #log: readonly TimedEvent[];
  readonly #store: RedisRankingStore;
  readonly #fold: Fold;

  readonly #rules: Rules;

  constructor(redis: Redis, log: readonly TimedEvent[], script = SCRIPT, rules = RULES) {
    const calendar = new Calendar(rules);
    this.#rules = rules;
    const clock = new ServiceClock({ kind: 'event-time' }, calendar, Date.now);
    this.#redis = redis;
    this.#log = log;
    this.#fold = new Fold(calendar, rules);
    this.#store = new RedisRankingStore({ ...PLAIN, rules, redis, clock, scripts: { apply: script } });
  }

  apply(from: number, next: number, inSpiteOf?: StoredOffset): Promise<ApplyReply> {
    for (const { event, timeMs } of this.#log.slice(from, next)) this.#fold.add(event, timeMs);
    return this.#store.apply({ ...PLACE, from: `${from}`, next: `${next}`, days: this.#fold.take() }, inSpiteOf);
  }

  freeze(day: string): Promise<void> {
    return this.#store.freeze(0, day);
  }

  async stored(): Promise<number> {
    return Number((await this.#redis.hget(PLAIN.keys.offsets(0), partitionName(PLACE))) ?? 0);
  }

  /** What Redis holds must be what the rules say of the log up to the stored offset. */
  async check(): Promise<void> {
    const expected = modelOf(this.#log.slice(0, await this.stored()), this.#rules);
    assert.equal(await shown(this.#redis, PLAIN.keys, this.#rules), expected);
  }
}

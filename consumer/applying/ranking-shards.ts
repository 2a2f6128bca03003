// consumer/applying/ranking-shards.ts — The shards of the ranking. Unlike other shards they tell how far event time is, and freeze a day that is over.
import type { Day } from '../../contract/events.js';
import type { RankingStore } from './range-store.js';
import type { Sharding } from './sharding.js';
import { Shards } from './shards.js';

export class RankingShards extends Shards {
  readonly #store: RankingStore;
  readonly #numbers: readonly number[];

  constructor(store: RankingStore, keys: Pick<Sharding, 'shards' | 'shardOf'>) {
    super(store, keys);
    this.#store = store;
    this.#numbers = Array.from({ length: keys.shards }, (_, shard) => shard);
  }

  /** Up to which event time every shard has seen each partition, by `topic/partition`; of the event-time clock. */
  async eventTimes(): Promise<ReadonlyMap<string, number>> {
    await this.tell();
    const all = await Promise.all(this.#numbers.map((shard) => this.#store.eventTimes(shard)));
    const names = new Set(all.flatMap((times) => [...times.keys()]));
    return new Map([...names].map((name) => [name, Math.min(...all.map((times) => times.get(name) ?? 0))]));
  }

  /** From now on only deletions change the day. */
  async freeze(day: Day): Promise<void> {
    await Promise.all(this.#numbers.map((shard) => this.#store.freeze(shard, day)));
  }
}

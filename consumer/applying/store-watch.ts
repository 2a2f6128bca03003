// consumer/applying/store-watch.ts — Notices that Redis has lost what was applied, also for partitions in which nothing happens any
// more: no batch of theirs would ever come and be refused. And has the public lists made good that a shard's loss left behind.
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';
import { oneAtATime } from '../../contract/waiting.js';
import { lacks, type Positions } from './positions.js';
import type { Shards } from './shards.js';

export interface StoreWatchOptions {
  readonly shards: Pick<Shards, 'offsets' | 'reconcile'>;
  readonly positions: Positions;
  /** Committed offsets of the partitions that are this process's now; those without are left out. */
  readonly committed: () => Promise<readonly (TopicPartition & { readonly offset: string })[]>;
  readonly firstOffset: (place: TopicPartition) => Promise<string>;
  readonly seek: (place: TopicPartition, offset: string) => void;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

export class StoreWatch {
  readonly #options: StoreWatchOptions;
  #isNewlyAssigned = false;

  constructor(options: StoreWatchOptions) {
    this.#options = options;
  }

  /** Call it when partitions were assigned anew. At the next check their committed offsets count as applied. */
  assigned(): void {
    this.#isNewlyAssigned = true;
  }

  /** One check at a time; it waits for Redis when it is away. Never rejects. */
  readonly check = oneAtATime(() =>
    this.#check().catch((error: unknown) => this.#options.warn('Redis could not be checked', { error: String(error) })),
  );

  async #check(): Promise<void> {
    const { shards, positions } = this.#options;
    if (this.#isNewlyAssigned) await this.#takeCommitted();
    // Taken before Redis is asked, as what is applied after this is not missing.
    const known = positions.all();
    if (known.length === 0) return;
    const stored = await shards.offsets();
    for (const place of known) {
      const offset = stored.get(partitionName(place)) ?? 'none';
      if (lacks(offset, place.position)) await this.#readAgain(place, offset);
    }
    await shards.reconcile();
  }

  async #takeCommitted(): Promise<void> {
    const { committed, positions } = this.#options;
    this.#isNewlyAssigned = false;
    try {
      for (const place of await committed()) {
        if (positions.get(place) === undefined) positions.set(place, place.offset);
      }
    } catch (error) {
      this.#isNewlyAssigned = true;
      throw error;
    }
  }

  async #readAgain(place: TopicPartition & { readonly position: string }, stored: string): Promise<void> {
    const { positions, firstOffset, seek, warn } = this.#options;
    const target = stored === 'none' ? await firstOffset(place) : stored;
    if (positions.get(place) !== place.position || target === place.position) return;
    warn('Redis has lost what was applied: reading the log again', { ...place, stored, target });
    positions.set(place, target);
    seek(place, target);
  }
}

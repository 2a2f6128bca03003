// consumer/applying/shards.ts — Takes a range to the shards that it concerns, and tells the others now and then how far they are.

import type { Day } from '../../contract/events.js';
import { compareIds } from '../../contract/ids.js';
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';
import type { ApplyReply, RangeStore, RecordRange, States, StoredOffset } from './range-store.js';
import type { Sharding } from './sharding.js';

export type ShardReply = ApplyReply & { readonly shard: number };

/** Consecutive records that do not concern a shard, and of which it has not been told yet. */
interface Stretch extends TopicPartition {
  readonly from: string;
  readonly next: string;
  readonly newestTimeMs: number | undefined;
}

const NOTHING: States = new Map();

export class Shards {
  readonly #store: RangeStore;
  readonly #keys: Pick<Sharding, 'shards' | 'shardOf'>;
  /** By shard, by `topic/partition`. */
  readonly #untold: readonly Map<string, Stretch>[];

  constructor(store: RangeStore, keys: Pick<Sharding, 'shards' | 'shardOf'>) {
    this.#store = store;
    this.#keys = keys;
    this.#untold = Array.from({ length: keys.shards }, () => new Map());
  }

  /** Applies a range to the shards that it concerns. While all of them apply it, the others need not be asked. */
  async apply(range: RecordRange): Promise<readonly ShardReply[]> {
    const parts = this.#partsOf(range);
    // One is always asked, so that a gap before the range is noticed.
    if (parts.size === 0) parts.set(range.partition % this.#keys.shards, NOTHING);
    const replies = await Promise.all([...parts].map(([shard, days]) => this.#applyTo(shard, { ...range, days })));
    if (replies.every(({ outcome }) => outcome === 'applied')) {
      for (const [shard, untold] of this.#untold.entries()) if (!parts.has(shard)) pass(untold, range);
    }
    return replies;
  }

  /** Asks the other shards too, and again those that have not applied the range: one reply for each shard. */
  async applyToAll(range: RecordRange, replies: readonly ShardReply[]): Promise<readonly ShardReply[]> {
    if (this.#keys.shards === 1) return replies;
    await this.tell(range);
    const parts = this.#partsOf(range);
    const ask = async (shard: number) =>
      replies.find((reply) => reply.shard === shard && reply.outcome === 'applied') ??
      this.#applyTo(shard, { ...range, days: parts.get(shard) ?? NOTHING });
    return Promise.all(this.#untold.map((_, shard) => ask(shard)));
  }

  /** Applies a range to those shards of `replies` that are among `stubborn`, in spite of what they had replied. */
  async insist(
    range: RecordRange,
    replies: readonly ShardReply[],
    stubborn: readonly ShardReply[],
  ): Promise<readonly ShardReply[]> {
    const parts = this.#partsOf(range);
    return Promise.all(
      replies.map((reply) => {
        if (reply.outcome === 'applied' || !stubborn.includes(reply)) return reply;
        return this.#applyTo(reply.shard, { ...range, days: parts.get(reply.shard) ?? NOTHING }, reply.stored);
      }),
    );
  }

  /** Moves the stored offsets of shards that were passed over. Only then may Kafka be told, or Redis be seen as complete. */
  async tell(place?: TopicPartition): Promise<void> {
    const only = place === undefined ? undefined : partitionName(place);
    const telling = this.#untold.flatMap((untold, shard) =>
      [...untold.values()]
        .filter((stretch) => only === undefined || partitionName(stretch) === only)
        .map((stretch) => this.#applyTo(shard, { ...stretch, days: NOTHING })),
    );
    await Promise.all(telling);
  }

  /** Partitions may have been elsewhere meanwhile. */
  forget(): void {
    for (const untold of this.#untold) untold.clear();
  }

  /** Up to where every shard has each partition, by `topic/partition`; without those that a shard knows nothing of. */
  async offsets(): Promise<ReadonlyMap<string, string>> {
    await this.tell();
    const [first = new Map<string, string>(), ...others] = await Promise.all(
      this.#untold.map((_, shard) => this.#store.offsets(shard)),
    );
    const lowest = new Map<string, string>();
    for (const [name, offset] of first) {
      const all = [offset, ...others.map((offsets) => offsets.get(name))];
      if (all.every((one) => one !== undefined)) lowest.set(name, all.reduce(lowerOf));
    }
    return lowest;
  }

  /** Brings what is derived from all shards up to date, if it differs from what they hold. */
  reconcile(): Promise<void> {
    return this.#store.reconcile();
  }

  async #applyTo(shard: number, range: RecordRange, inSpiteOf?: StoredOffset): Promise<ShardReply> {
    const untold = this.#untold[shard];
    const name = partitionName(range);
    const stretch = untold?.get(name);
    const from = inSpiteOf === undefined && stretch?.next === range.from ? stretch.from : range.from;
    const reply = await this.#store.apply({ ...range, shard, from }, inSpiteOf);
    // Records added to the stretch meanwhile still have to be told.
    if (reply.outcome !== 'refused' && untold?.get(name) === stretch) untold?.delete(name);
    return { ...reply, shard };
  }

  #partsOf({ days }: RecordRange): Map<number, States> {
    if (this.#keys.shards === 1) return new Map([[0, days]]);
    const parts = new Map<number, Map<Day, Map<string, unknown>>>();
    for (const [day, articles] of days) {
      for (const [articleId, state] of articles) {
        const part = entryOf(parts, this.#keys.shardOf(articleId));
        entryOf(part, day).set(articleId, state);
      }
    }
    return parts;
  }
}

function entryOf<Key, InnerKey, Value>(outer: Map<Key, Map<InnerKey, Value>>, key: Key): Map<InnerKey, Value> {
  let inner = outer.get(key);
  if (!inner) {
    inner = new Map();
    outer.set(key, inner);
  }
  return inner;
}

function lowerOf(a: string, b: string): string {
  return compareIds(a, b) < 0 ? a : b;
}

function pass(untold: Map<string, Stretch>, { topic, partition, from, next, newestTimeMs }: RecordRange): void {
  const name = partitionName({ topic, partition });
  const before = untold.get(name);
  const stretch = before?.next === from ? before : undefined;
  const newest = Math.max(stretch?.newestTimeMs ?? 0, newestTimeMs ?? 0);
  untold.set(name, { topic, partition, from: stretch?.from ?? from, next, newestTimeMs: newest || undefined });
}

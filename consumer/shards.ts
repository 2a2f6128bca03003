// consumer/shards.ts — Takes a range to the shards that it says something to, and tells the others now and then how far they are.
import type { Day } from '../contract/events.js';
import { compareIds } from '../contract/ids.js';
import type { ArticleState } from './article-state.js';
import type { FoldedDays } from './fold.js';
import { type Place, placeName } from './positions.js';
import type { ApplyReply, RankingStore, RecordRange, StoredOffset } from './ranking-store.js';
import type { StoreKeys } from './store-keys.js';

export type ShardReply = ApplyReply & { readonly shard: number };

/** Consecutive records that say nothing to a shard, of which it has not been told yet. */
interface Stretch extends Place {
  readonly from: string;
  readonly next: string;
  readonly newestTimeMs: number | undefined;
}

const NOTHING: FoldedDays = new Map();

export class Shards {
  readonly #store: RankingStore;
  readonly #keys: StoreKeys;
  /** By shard, by `topic/partition`. */
  readonly #untold: readonly Map<string, Stretch>[];

  constructor(store: RankingStore, keys: StoreKeys) {
    this.#store = store;
    this.#keys = keys;
    this.#untold = Array.from({ length: keys.shards }, () => new Map());
  }

  /** Applies a range to the shards that it says something to. While all of them apply it, the others need not be asked. */
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

  /** Asks also the shards that the range says nothing to, and again those that have not applied it: one reply a shard. */
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

  /** Moves the stored offsets of shards that were passed over. Only then may Kafka be told, or Redis be taken to lack nothing. */
  async tell(place?: Place): Promise<void> {
    const only = place === undefined ? undefined : placeName(place);
    const telling = this.#untold.flatMap((untold, shard) =>
      [...untold.values()]
        .filter((stretch) => only === undefined || placeName(stretch) === only)
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
      const all = others.map((offsets) => offsets.get(name)).concat(offset);
      const known = all.filter((one) => one !== undefined);
      if (known.length === all.length)
        lowest.set(
          name,
          known.reduce((a, b) => (compareIds(a, b) < 0 ? a : b)),
        );
    }
    return lowest;
  }

  /** Up to which event time every shard has seen each partition, by `topic/partition`; of the event-time clock. */
  async eventTimes(): Promise<ReadonlyMap<string, number>> {
    await this.tell();
    const all = await Promise.all(this.#untold.map((_, shard) => this.#store.eventTimes(shard)));
    const names = new Set(all.flatMap((times) => [...times.keys()]));
    return new Map([...names].map((name) => [name, Math.min(...all.map((times) => times.get(name) ?? 0))]));
  }

  /** From now on only deletions change the day. */
  async freeze(day: Day): Promise<void> {
    await Promise.all(this.#untold.map((_, shard) => this.#store.freeze(shard, day)));
  }

  /** Brings the public lists up to what the shards hold, should they differ. */
  reconcile(): Promise<void> {
    return this.#store.reconcile();
  }

  async #applyTo(shard: number, range: RecordRange, inSpiteOf?: StoredOffset): Promise<ShardReply> {
    const untold = this.#untold[shard];
    const name = placeName(range);
    const stretch = untold?.get(name);
    const from = inSpiteOf === undefined && stretch?.next === range.from ? stretch.from : range.from;
    const reply = await this.#store.apply({ ...range, shard, from }, inSpiteOf);
    // What was added to the stretch meanwhile is still to be told.
    if (reply.outcome !== 'refused' && untold?.get(name) === stretch) untold?.delete(name);
    return { ...reply, shard };
  }

  #partsOf({ days }: RecordRange): Map<number, FoldedDays> {
    if (this.#keys.shards === 1) return new Map([[0, days]]);
    const parts = new Map<number, Map<Day, Map<string, ArticleState>>>();
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

function pass(untold: Map<string, Stretch>, { topic, partition, from, next, newestTimeMs }: RecordRange): void {
  const name = placeName({ topic, partition });
  const before = untold.get(name);
  const stretch = before?.next === from ? before : undefined;
  const newest = Math.max(stretch?.newestTimeMs ?? 0, newestTimeMs ?? 0);
  untold.set(name, { topic, partition, from: stretch?.from ?? from, next, newestTimeMs: newest || undefined });
}

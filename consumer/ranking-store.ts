// consumer/ranking-store.ts — What the consumer needs of the place where the ranking is kept.
import type { FoldedDays } from './fold.js';

/** Consecutive records of one partition, folded. Offsets are decimals. */
export interface RecordRange {
  readonly topic: string;
  readonly partition: number;
  /** Where the range was fetched from; the records before it are applied already, or are none. */
  readonly from: string;
  /** Next offset after the range. */
  readonly next: string;
  readonly days: FoldedDays;
}

/** What of a range belongs to one shard. */
export interface ShardRange extends RecordRange {
  readonly shard: number;
}

/** A partition's next offset as kept with a shard of the ranking, or `none`. */
export type StoredOffset = string | 'none';

export type ApplyReply =
  | { readonly outcome: 'applied' }
  /** All of it had been applied before. */
  | { readonly outcome: 'skipped'; readonly stored: string }
  /** Records before the range are missing: the shard is empty, or older than Kafka's committed offset. */
  | { readonly outcome: 'refused'; readonly stored: StoredOffset };

export interface RankingStore {
  /** Every partition's offset as stored in a shard, by `topic/partition`. */
  offsets(shard: number): Promise<ReadonlyMap<string, string>>;
  /**
   * Applies a range to a shard and moves the partition's offset there, atomically. Repeats are harmless.
   * @param inSpiteOf the stored offset that was refused or skipped, and with which the range shall be applied all the same
   */
  apply(range: ShardRange, inSpiteOf?: StoredOffset): Promise<ApplyReply>;
  /** Brings the public lists up to what the shards hold, should they differ. */
  reconcile(): Promise<void>;
}

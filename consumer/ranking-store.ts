// consumer/ranking-store.ts — What the consumer needs of the place where the ranking is kept.
import type { Day } from '../contract/events.js';
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
  /** Event time, ms; undefined when the range has no records, or only such as cannot be decoded. */
  readonly newestTimeMs?: number | undefined;
}

/** What of a range belongs to one shard. */
export interface ShardRange extends RecordRange {
  readonly shard: number;
}

/** A partition's next offset as kept with a shard of the ranking, or `none`. */
export type StoredOffset = string | 'none';

export type ApplyReply =
  /** `late`: records that came after their day was published, and changed nothing. */
  | { readonly outcome: 'applied'; readonly late: number }
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
  /** Newest event time that a shard has seen of each partition, by `topic/partition`; only of the event-time clock. */
  eventTimes(shard: number): Promise<ReadonlyMap<string, number>>;
  /** From now on only deletions change what a shard holds of the day. */
  freeze(shard: number, day: Day): Promise<void>;
  /** Brings the public lists up to what the shards hold, should they differ. */
  reconcile(): Promise<void>;
}

// consumer/applying/range-store.ts — What the consumer needs of the store for its results: any state of articles, or the ranking.
import type { Day } from '../../contract/events.js';

/** By day, by article. Code that passes it on need not know what a state is. */
export type States<State = unknown> = ReadonlyMap<Day, ReadonlyMap<string, State>>;

/** Consecutive records of one partition, folded. Offsets are decimals. */
export interface RecordRange<State = unknown> {
  readonly topic: string;
  readonly partition: number;
  /** The offset that was fetched from. Records before it are applied already, or there are none. */
  readonly from: string;
  /** Next offset after the range. */
  readonly next: string;
  readonly days: States<State>;
  /** Event time, ms; undefined when the range has no records, or only undecodable ones. */
  readonly newestTimeMs?: number | undefined;
}

/** The part of a range that belongs to one shard. */
export interface ShardRange<State = unknown> extends RecordRange<State> {
  readonly shard: number;
}

/** A partition's next offset as kept with a shard of the ranking, or `none`. */
export type StoredOffset = string | 'none';

export type ApplyReply =
  /** `late`: records that came after their day was published and changed nothing. */
  | { readonly outcome: 'applied'; readonly late: number }
  /** All of it had been applied before. */
  | { readonly outcome: 'skipped'; readonly stored: string }
  /** Records before the range are missing: the shard is empty, or older than Kafka's committed offset. */
  | { readonly outcome: 'refused'; readonly stored: StoredOffset };

/** Keeps states of articles, each in its shard, with the offsets up to which they are true. */
export interface RangeStore {
  /** Every partition's offset as stored in a shard, by `topic/partition`. */
  offsets(shard: number): Promise<ReadonlyMap<string, string>>;
  /**
   * Applies a range to a shard and moves the partition's offset there, atomically. Repeats are harmless.
   * @param inSpiteOf the stored offset that was refused or skipped, and with which the range shall be applied all the same
   */
  apply(range: ShardRange, inSpiteOf?: StoredOffset): Promise<ApplyReply>;
  /** Rebuilds merged lists after a shard lost data. */
  reconcile(): Promise<void>;
}

export interface RankingStore extends RangeStore {
  /** Newest event time that a shard has seen of each partition, by `topic/partition`; only of the event-time clock. */
  eventTimes(shard: number): Promise<ReadonlyMap<string, number>>;
  /** From now on only deletions change what a shard holds of the day. */
  freeze(shard: number, day: Day): Promise<void>;
}

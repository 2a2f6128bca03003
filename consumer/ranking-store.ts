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

/** The partition's next offset as kept with the ranking, or `none`. */
export type StoredOffset = string | 'none';

export type ApplyReply =
  | { readonly outcome: 'applied' }
  /** All of it had been applied before. */
  | { readonly outcome: 'skipped'; readonly stored: string }
  /** Records before the range are missing: the store is empty, or older than Kafka's committed offset. */
  | { readonly outcome: 'refused'; readonly stored: StoredOffset };

export interface RankingStore {
  /** Every partition's stored offset, by `topic/partition`. */
  offsets(): Promise<ReadonlyMap<string, string>>;
  /**
   * Applies a range and moves the partition's offset, atomically. Repeats are harmless.
   * @param inSpiteOf the stored offset that was refused or skipped, and with which the range shall be applied all the same
   */
  apply(range: RecordRange, inSpiteOf?: StoredOffset): Promise<ApplyReply>;
}

// simulator/workload/planned-lane.ts — One lane of a plan, wherever its events come from: its records in the order in which they are sent, and its articles.
import type { Aimed } from './director.js';
import type { LaneRecord } from './lane-record.js';

/** The articles of one lane, in order of creation. */
export interface LaneArticles {
  readonly articles: number;
  /** Event times, ms; there may be room after the last. Infinity: the creation is unknown. */
  readonly createdMs: Float64Array;
  readonly ids: BigUint64Array;
}

/** `advance()` moves to the next record; the fields then describe it. `key` and `value` are valid until the next call. */
export interface PlannedLane extends Readonly<LaneRecord> {
  readonly lane: number;

  /** @returns false when there are no more records */
  advance(): boolean;

  readonly capacity: number;
  /** Event time of an article's creation, ms. */
  createdMs(article: number): number;
  /** Who writes an article's n-th comment. */
  writerOf(article: number, ordinal: number): number | string;
  /** The articles of the records so far, or all articles. */
  articles(): LaneArticles;
  /** By position of the aim in the scenario, as far as the lane has been played. */
  readonly aimed: readonly Aimed[];
}

/** Stands for the kind of a record that cannot be decoded. */
export const POISON = -1;

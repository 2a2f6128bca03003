// simulator/workload/planned-lane.ts — One lane of a plan, wherever its events come from: its records in the order in which they are sent, and its articles.

import type { Aimed } from './director.js';
import type { HeldRecord } from './held-records.js';

/** Of one lane, by position, in order of creation. */
export interface LaneArticles {
  readonly articles: number;
  /** Event times, ms; may have room behind the last. Infinity: of none is it known. */
  readonly createdMs: Float64Array;
  readonly ids: BigUint64Array;
}

/** `advance()` moves to the next record; the fields then describe it. `key` and `value` are valid until the next call. */
export interface PlannedLane extends HeldRecord {
  readonly lane: number;

  /** @returns false when there are no more records */
  advance(): boolean;

  readonly capacity: number;
  /** Event time of an article's creation, ms. */
  createdMs(article: number): number;
  /** Who writes an article's n-th comment. */
  writerOf(article: number, ordinal: number): number | string;
  /** Those that the records so far are about, or all. */
  articles(): LaneArticles;
  /** By position of the aim in the scenario, as far as the lane has been played. */
  readonly aimed: readonly Aimed[];
}

/** In place of an event's kind: nobody can decode it. */
export const POISON = -1;

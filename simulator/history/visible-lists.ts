// simulator/history/visible-lists.ts — What the run record says of lists as everybody could see them under load, and of published days.

/** Of a day whose publication fell into the run; wall ms after it, 0: by then. */
export interface PublicationTimes {
  readonly day: string;
  /** From when on its visible list was right; null: never. */
  readonly rightAfterMs: number | null;
  /** From when on clients were given it; null: never, or nobody gives it. */
  readonly givenAfterMs: number | null;
}

/** One look at a visible list under load, beside what it should have shown at that time. */
export interface StalenessPoint {
  /** Since the load began. */
  readonly atMs: number;
  readonly day: string;
  /** Age of the oldest event that the list should show and does not, wall ms; 0: it is as it should be. */
  readonly behindMs: number;
  /** Age of the newest event that it shows, wall ms; null: it shows none. */
  readonly newestMs: number | null;
  /** Share of the rows that should be there and are. */
  readonly overlap: number;
  /** Ranks that a row is away from its place, on average; one that is missing is past the last. */
  readonly rankDistance: number;
}

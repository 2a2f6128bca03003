// simulator/history/visible-lists.ts — How old the visible lists were under load, and when published days were right and given.

/** A day whose publication fell into the run. Times are wall ms after the publication; 0: by then. */
export interface PublicationTimes {
  readonly day: string;
  /** Since when its visible list was right; null: never. */
  readonly rightAfterMs: number | null;
  /** Since when clients were given it; null: never, or the consumer serves no clients. */
  readonly givenAfterMs: number | null;
}

/** One snapshot of a visible list under load, compared with what it should have shown then. */
export interface StalenessPoint {
  /** Since the load began. */
  readonly atMs: number;
  readonly day: string;
  /** Age of the oldest event that the list should show and does not, wall ms; 0 when it lacks none. */
  readonly behindMs: number;
  /** Age of the newest event that it shows, wall ms; null: it shows none. */
  readonly newestMs: number | null;
  /** Share of the rows that should be there and are. */
  readonly overlap: number;
  /** Mean distance of a row from its rank; a missing row counts as past the last. */
  readonly rankDistance: number;
}

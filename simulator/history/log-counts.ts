// simulator/history/log-counts.ts — What the run record says of the topics, as they were read again after the run.

/** In records. */
export interface LogCounts {
  readonly records: number;
  /** Of the planned ones. */
  readonly found: number;
  /** Acknowledged, and not there. */
  readonly lost: number;
  /** Beyond the planned ones, written by retries. */
  readonly duplicated: number;
}

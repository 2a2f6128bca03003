// simulator/history/log-counts.ts — What was found in the topics when they were read again after the run.

/** All numbers are records. */
export interface LogCounts {
  readonly records: number;
  /** Planned records that are there. */
  readonly found: number;
  /** Acknowledged records that are not there. */
  readonly lost: number;
  /** Copies that retries wrote. */
  readonly duplicated: number;
}

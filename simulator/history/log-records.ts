// simulator/history/log-records.ts — The topics as they are read again after a run: each partition once, from its first record to its last.

export interface ReadRecord {
  readonly offset: number;
  /** The record's timestamp, ms. */
  readonly timeMs: number;
  /** Empty for a record without a value. */
  readonly value: Buffer;
}

/** One partition of one topic, read once from its first record to its last. */
export interface LogCursor {
  /** The next record; undefined when `fill` must be called first. */
  peek(): ReadRecord | undefined;
  take(): void;
  /** Fetches more; false at the end. */
  fill(): Promise<boolean>;
}

/** The topics, to be read once from their first records to their last. */
export interface OpenLog extends AsyncDisposable {
  cursorOf(stream: number, partition: number): LogCursor;
}

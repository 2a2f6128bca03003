// simulator/workload/lane-record.ts — A record of a lane: what is sent, and what the plan knows of it.

const NOTHING = Buffer.alloc(0);

/** A class, so that all records have the same hidden class: this is on the path of every event. */
export class LaneRecord {
  /** When it is to be sent, event time, ms. */
  dueMs = 0;
  /** The record's timestamp: event time, ms. */
  timeMs = 0;
  /** Position in contract's STREAMS. */
  stream = 0;
  partition = 0;
  /** Position in contract's EVENT_TYPES, or POISON. */
  kind = 0;
  /** Index of the article, below the lane's `capacity`. */
  article = 0;
  /** The absolute count that the event carries; 0 for article events. */
  count = 0;
  /** From 1. Within a lane an event with a larger id has a larger version. */
  version = 0;
  /** Position of a comment or like among those of its article. */
  ordinal = 0;
  key: Buffer = NOTHING;
  value: Buffer = NOTHING;

  /** Takes over every field. `key` and `value` are shared. */
  take(other: Readonly<LaneRecord>): void {
    this.dueMs = other.dueMs;
    this.timeMs = other.timeMs;
    this.stream = other.stream;
    this.partition = other.partition;
    this.kind = other.kind;
    this.article = other.article;
    this.count = other.count;
    this.version = other.version;
    this.ordinal = other.ordinal;
    this.key = other.key;
    this.value = other.value;
  }
}

/** A record that stays as it is when the lane goes on. */
export function keptCopy(record: Readonly<LaneRecord>): LaneRecord {
  const copy = new LaneRecord();
  copy.take(record);
  copy.key = Buffer.from(record.key);
  copy.value = Buffer.from(record.value);
  return copy;
}

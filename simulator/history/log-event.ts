// simulator/history/log-event.ts — One record of the topics as it was read again after the run.
import type { HotEvent } from '../../contract/events.js';

export interface LogEvent {
  /** Position in contract's STREAMS. */
  readonly stream: number;
  readonly partition: number;
  readonly offset: number;
  /** The record's timestamp: event time, ms. */
  readonly timeMs: number;
  /** When it was due to be sent, event time, ms. No consumer can have processed it before. */
  readonly dueMs: number;
  /** Undefined when it cannot be decoded. */
  readonly event: HotEvent | undefined;
}

// simulator/history/log-event.ts — One record of the topics as it was read again after the run.
import type { EventType, HotEvent } from '../../contract/events.js';

export interface LogEvent {
  /** Position in contract's STREAMS. */
  readonly stream: number;
  readonly partition: number;
  readonly offset: number;
  /** The record's timestamp: event time, ms. */
  readonly timeMs: number;
  /** When it was to be sent, event time, ms: as late as that, nobody can have processed it before. */
  readonly dueMs: number;
  /** Undefined when nobody can decode it. */
  readonly event: HotEvent | undefined;
}

/** like, comment, view: positions in arrays of counts. */
export const LIKE = 0;
export const COMMENT = 1;
export const VIEW = 2;

/** Undefined for article events. */
export const COUNTER_OF_TYPE = {
  ARTICLE_CREATED: undefined,
  ARTICLE_UPDATED: undefined,
  ARTICLE_DELETED: undefined,
  COMMENT_CREATED: COMMENT,
  COMMENT_DELETED: COMMENT,
  ARTICLE_LIKED: LIKE,
  ARTICLE_UNLIKED: LIKE,
  ARTICLE_VIEWED: VIEW,
} as const satisfies Readonly<Record<EventType, 0 | 1 | 2 | undefined>>;

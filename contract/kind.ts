// contract/kind.ts — The eight kinds of events and the three counters as small integers, for typed arrays.
import type { EventType } from './events.js';

/** Positions in contract's EVENT_TYPES. */
export const Kind = {
  created: 0,
  updated: 1,
  deleted: 2,
  commented: 3,
  commentDeleted: 4,
  liked: 5,
  unliked: 6,
  viewed: 7,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Position in contract's STREAMS, by kind. */
export const STREAM_OF_KIND = [0, 0, 0, 1, 1, 2, 2, 3] as const;

/** Positions in arrays that hold a number for each counter of an article. */
export const Counter = { like: 0, comment: 1, view: 2 } as const;
export type Counter = (typeof Counter)[keyof typeof Counter];

/** Names of the counters, in the order of their positions. */
export const COUNTERS = ['like', 'comment', 'view'] as const;

/** The counter that an event of the type sets; undefined where it sets none. */
export const COUNTER_OF_TYPE = {
  ARTICLE_CREATED: undefined,
  ARTICLE_UPDATED: undefined,
  ARTICLE_DELETED: undefined,
  COMMENT_CREATED: Counter.comment,
  COMMENT_DELETED: Counter.comment,
  ARTICLE_LIKED: Counter.like,
  ARTICLE_UNLIKED: Counter.like,
  ARTICLE_VIEWED: Counter.view,
} as const satisfies Readonly<Record<EventType, Counter | undefined>>;

/** The same by kind. */
export const COUNTER_OF_KIND = [
  undefined,
  undefined,
  undefined,
  Counter.comment,
  Counter.comment,
  Counter.like,
  Counter.like,
  Counter.view,
] as const;

/** A kind of event that raises the counter, by counter. */
export const KIND_OF_COUNTER = [Kind.liked, Kind.commented, Kind.viewed] as const;

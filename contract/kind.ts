// contract/kind.ts — The eight kinds of events as small integers, for typed arrays.

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

// simulator/history/range.ts — The least and the greatest value that a number can have, given what is known.

export interface Range {
  readonly low: number;
  readonly high: number;
}

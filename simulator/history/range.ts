// simulator/history/range.ts — What a number is at least and at most, as far as anybody can know.

export interface Range {
  readonly low: number;
  readonly high: number;
}

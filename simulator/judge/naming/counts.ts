// simulator/judge/naming/counts.ts — The counts of an article, by name: which events set which, and when two are the same.
import type { HotEvent } from '../../../contract/events.js';
import { COUNTER_OF_TYPE, COUNTERS } from '../../../contract/kind.js';
import type { Counts } from '../../../contract/rules.js';

/** What events carry. */
export type CounterName = (typeof COUNTERS)[number];

/** What has a weight; no event carries the number of users who commented. */
export const COLUMNS = [...COUNTERS, 'commenter'] as const;
export type Column = (typeof COLUMNS)[number];

export interface CountEvent {
  readonly counter: CounterName;
  readonly event: HotEvent & { readonly count: number };
}

/** Undefined for events that carry no count. */
export function countEventOf(event: HotEvent | undefined): CountEvent | undefined {
  if (!event || !('count' in event)) return undefined;
  const counter = COUNTERS[COUNTER_OF_TYPE[event.type]];
  return counter && { counter, event };
}

export function sameCounts(a: Counts | undefined, b: Counts | undefined): boolean {
  if (!a || !b) return a === b;
  return COLUMNS.every((column) => a[column] === b[column]);
}

// simulator/vocabulary/bugs.ts — The registry of known bugs of rankings; the order is that of the docs.
import type { Bug } from './bug.js';
import { BUGS_IN_COUNTS } from './bugs-in-counts.js';
import { BUGS_IN_DAYS } from './bugs-in-days.js';
import { BUGS_IN_LISTS } from './bugs-in-lists.js';
import { BUGS_IN_READING } from './bugs-in-reading.js';

export const BUGS = {
  ...BUGS_IN_LISTS,
  ...BUGS_IN_COUNTS,
  ...BUGS_IN_DAYS,
  ...BUGS_IN_READING,
} as const satisfies Readonly<Record<string, Bug>>;
export type BugName = keyof typeof BUGS;

/** What a finding calls its cause: a bug, or two at once. */
export type CauseName = BugName | `${BugName} and ${BugName}`;

export const BUG_NAMES = Object.keys(BUGS) as readonly BugName[];

export function isBugName(name: string): name is BugName {
  return Object.hasOwn(BUGS, name);
}

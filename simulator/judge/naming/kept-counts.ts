// simulator/judge/naming/kept-counts.ts — The counts of an article for a day as a consumer keeps them, and how it may lose them.
import type { HotEvent } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { COUNTERS } from '../../../contract/kind.js';
import { CommenterCount } from './commenter-count.js';
import type { Column, CounterName } from './counts.js';
import type { Traits } from './traits.js';

export interface KeptCounts {
  /** `commenter` only where it has a weight. */
  readonly values: Record<CounterName, number> & Partial<Record<Column, number>>;
  /** Event times, ms, at which events set them. */
  readonly setAtMs: Record<CounterName, number>;
  readonly versions: Record<CounterName, string | undefined>;
  readonly commenters: CommenterCount | undefined;
}

export const NO_COUNTS = { like: 0, comment: 0, view: 0 } as const;

export function keptCounts(hasCommenters: boolean): KeptCounts {
  return {
    values: hasCommenters ? { ...NO_COUNTS, commenter: 0 } : { ...NO_COUNTS },
    setAtMs: { ...NO_COUNTS },
    versions: { like: undefined, comment: undefined, view: undefined },
    commenters: hasCommenters ? new CommenterCount() : undefined,
  };
}

export function countCommenters({ commenters, values }: KeptCounts, event: HotEvent): void {
  if (!commenters) return;
  if (event.type === 'COMMENT_CREATED') commenters.made(event.commentId, event.writerId);
  else if (event.type === 'COMMENT_DELETED') commenters.deleted(event.commentId);
  values.commenter = commenters.count;
}

/** When Redis lets go of a count: so long after its last write, or at the close of the day; event time, ms. */
export type Expiry = { readonly afterMs: number } | { readonly closedAtMs: number };

/** Counts whose keys expired since their last write are 0, except the one that is written now. */
export function expire(
  { values, versions, setAtMs }: KeptCounts,
  written: CounterName,
  { timeMs, dueMs, until }: { readonly timeMs: number; readonly dueMs: number; readonly until: Expiry },
): void {
  for (const counter of COUNTERS) {
    const atMs = setAtMs[counter];
    const isExpired =
      'afterMs' in until ? timeMs - atMs > until.afterMs : atMs < until.closedAtMs && dueMs >= until.closedAtMs;
    if (!isExpired) continue;
    values[counter] = 0;
    versions[counter] = undefined;
  }
  setAtMs[written] = 'afterMs' in until ? Math.max(timeMs, setAtMs[written]) : dueMs;
}

export function isNewer(standing: string | undefined, eventId: string, versions: Traits['versions']): boolean {
  if (standing === undefined) return true;
  if (versions === 'as text') return eventId > standing;
  return versions === 'as doubles' ? Number(eventId) > Number(standing) : compareIds(eventId, standing) > 0;
}

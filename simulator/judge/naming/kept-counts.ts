// simulator/judge/naming/kept-counts.ts — The counts of an article for a day as a consumer keeps them, and how it may lose them.
import type { CommentEvent, LikeEvent, ViewEvent } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { CommenterCount } from './commenter-count.js';
import type { Traits } from './traits.js';

/** Its place among the counts. */
const COMMENTER = 3;

export interface KeptCounts {
  /** like, comment, view, and users who commented where they have a weight. */
  readonly values: number[];
  readonly commenters: CommenterCount | undefined;
  /** Event times, ms, at which events set them. */
  readonly setAtMs: number[];
  readonly versions: (string | undefined)[];
}

export function noCounts(hasCommenters: boolean): KeptCounts {
  return {
    values: hasCommenters ? [0, 0, 0, 0] : [0, 0, 0],
    setAtMs: [0, 0, 0],
    versions: [undefined, undefined, undefined],
    commenters: hasCommenters ? new CommenterCount() : undefined,
  };
}

export function countCommenters({ commenters, values }: KeptCounts, event: CommentEvent | LikeEvent | ViewEvent): void {
  if (!commenters) return;
  if (event.type === 'COMMENT_CREATED') commenters.made(event.commentId, event.writerId);
  else if (event.type === 'COMMENT_DELETED') commenters.deleted(event.commentId);
  values[COMMENTER] = commenters.count;
}

/** When Redis lets go of a count: so long after its last write, or at the close of the day; event time, ms. */
export type Expiry = { readonly afterMs: number } | { readonly closedAtMs: number };

/** What a key held that Redis let go of while nobody wrote it: the one that is written now comes back, the others do not. */
export function expire(
  { values, versions, setAtMs }: KeptCounts,
  written: number,
  { timeMs, dueMs, until }: { readonly timeMs: number; readonly dueMs: number; readonly until: Expiry },
): void {
  for (const [counter, atMs] of setAtMs.entries()) {
    const isExpired =
      'afterMs' in until ? timeMs - atMs > until.afterMs : atMs < until.closedAtMs && dueMs >= until.closedAtMs;
    if (!isExpired) continue;
    values[counter] = 0;
    versions[counter] = undefined;
  }
  setAtMs[written] = 'afterMs' in until ? Math.max(timeMs, setAtMs[written] ?? 0) : dueMs;
}

export function isNewer(standing: string | undefined, eventId: string, versions: Traits['versions']): boolean {
  if (standing === undefined) return true;
  if (versions === 'as text') return eventId > standing;
  return versions === 'as doubles' ? Number(eventId) > Number(standing) : compareIds(eventId, standing) > 0;
}

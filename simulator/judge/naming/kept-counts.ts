// simulator/judge/naming/kept-counts.ts — The counts of an article for a day as a consumer keeps them, and how it may lose them.
import type { Calendar } from '../../../contract/calendar.js';
import type { HotEvent } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { COUNTERS } from '../../../contract/kind.js';
import type { LogEvent } from '../../history/log-event.js';
import type { Arrival } from './arrival.js';
import { CommenterCount } from './commenter-count.js';
import type { Column, CounterName } from './counts.js';
import type { Traits } from './traits.js';

export interface KeptCounts {
  /** `commenter` only where it has a weight. */
  readonly values: Record<CounterName, number> & Partial<Record<Column, number>>;
  /** Event times, ms: the newest of the events that set them, and when the last of these was due. */
  readonly setAtMs: Record<CounterName, number>;
  readonly setDueMs: Record<CounterName, number>;
  readonly versions: Record<CounterName, string | undefined>;
  readonly commenters: CommenterCount | undefined;
}

export const NO_COUNTS = { like: 0, comment: 0, view: 0 } as const;

export function keptCounts(hasCommenters: boolean): KeptCounts {
  return {
    values: hasCommenters ? { ...NO_COUNTS, commenter: 0 } : { ...NO_COUNTS },
    setAtMs: { ...NO_COUNTS },
    setDueMs: { ...NO_COUNTS },
    versions: { like: undefined, comment: undefined, view: undefined },
    commenters: hasCommenters ? new CommenterCount() : undefined,
  };
}

export function copyOfCounts({ values, setAtMs, setDueMs, versions, commenters }: KeptCounts): KeptCounts {
  return {
    values: { ...values },
    setAtMs: { ...setAtMs },
    setDueMs: { ...setDueMs },
    versions: { ...versions },
    commenters: commenters?.copy(),
  };
}

export function countCommenters({ commenters, values }: KeptCounts, event: HotEvent): void {
  if (!commenters) return;
  if (event.type === 'COMMENT_CREATED') commenters.made(event.commentId, event.writerId);
  else if (event.type === 'COMMENT_DELETED') commenters.deleted(event.commentId);
  values.commenter = commenters.count;
}

/** Remembered of every count, whether the event replaced one that stood or not. */
export function noteWrite({ setAtMs, setDueMs }: KeptCounts, written: CounterName, { timeMs, dueMs }: LogEvent): void {
  setAtMs[written] = Math.max(timeMs, setAtMs[written]);
  setDueMs[written] = dueMs;
}

/** When Redis lets go of a count: so long after its last write, or at the close of the day; event time, ms. */
export type Expiry = { readonly afterMs: number } | { readonly closedAtMs: number };

export function expiryOf(
  countsExpire: Exclude<Traits['countsExpire'], 'never'>,
  calendar: Calendar,
  { timeMs }: LogEvent,
): Expiry {
  return typeof countsExpire === 'object' ? countsExpire : { closedAtMs: calendar.at(timeMs).endMs };
}

/** Counts whose keys expired since their last write are 0. */
export function expire(kept: KeptCounts, now: LogEvent, until: Expiry): void {
  for (const counter of COUNTERS) {
    if (!isExpired(kept, counter, { now, until })) continue;
    kept.values[counter] = 0;
    kept.versions[counter] = undefined;
  }
}

/** Whether that would change anything. */
export function wouldExpire(kept: KeptCounts, now: LogEvent, until: Expiry): boolean {
  for (const counter of COUNTERS) {
    if (kept.versions[counter] === undefined && kept.values[counter] === 0) continue;
    if (isExpired(kept, counter, { now, until })) return true;
  }
  return false;
}

function isExpired(
  { setAtMs, setDueMs }: KeptCounts,
  counter: CounterName,
  { now, until }: { readonly now: LogEvent; readonly until: Expiry },
): boolean {
  if ('afterMs' in until) return now.timeMs - setAtMs[counter] > until.afterMs;
  return setDueMs[counter] < until.closedAtMs && now.dueMs >= until.closedAtMs;
}

/** Whether a count takes the place of the one that stands. @param standing the id of the event that set it */
export function replaces(
  { counts, versions }: Pick<Traits, 'counts' | 'versions'>,
  standing: string | undefined,
  { count, isRepeat }: Pick<Arrival, 'count' | 'isRepeat'>,
): boolean {
  if (!count) return false;
  switch (counts) {
    case 'one more for each delivery':
      return false;
    case 'last to arrive':
      return true;
    case 'newest, but repeats overwrite':
      return isRepeat || isNewer(standing, count.event.eventId, versions);
    case 'newest':
      return isNewer(standing, count.event.eventId, versions);
  }
}

function isNewer(standing: string | undefined, eventId: string, versions: Traits['versions']): boolean {
  if (standing === undefined) return true;
  if (versions === 'as text') return eventId > standing;
  return versions === 'as doubles' ? Number(eventId) > Number(standing) : compareIds(eventId, standing) > 0;
}

// simulator/fault/timeline.ts — Pure: whether a fault is due, and whether it may end, as the load goes on.
import { instantOf } from '../../contract/calendar.js';
import type { FaultTime, FaultTimes } from '../scenario/schema.js';

/** How far the load is. */
export interface Moment {
  /** Share of the planned events that were sent, 0 to 1. */
  readonly sentShare: number;
  /** Names. */
  readonly startedPhases: ReadonlySet<string>;
  readonly endedPhases: ReadonlySet<string>;
  /** Undefined without pacing. */
  readonly eventTimeMs: number | undefined;
}

/** A moment, and the milliseconds since the load began. */
export type TimedMoment = Moment & { readonly nowMs: number };

const MINUTE_MS = 60_000;

export function hasBegun({ at, during }: FaultTimes, moment: Moment, zone: string): boolean {
  const beginning = at ?? (during && beginningOf(during));
  return beginning !== undefined && isReached(beginning, moment, zone);
}

/** Whether it may come for the `index`-th time, from 0. @param begun when `hasBegun` was first true */
export function isDue(
  { every }: FaultTimes,
  index: number,
  { begun, now }: { begun: TimedMoment; now: TimedMoment },
): boolean {
  if (!every) return true;
  if ('seconds' in every) return now.nowMs >= begun.nowMs + index * every.seconds * 1000;
  if ('progress' in every) return now.sentShare >= begun.sentShare + index * every.progress;
  const [sinceMs, atMs] = [begun.eventTimeMs, now.eventTimeMs];
  return sinceMs !== undefined && atMs !== undefined && atMs >= sinceMs + index * every.minutes * MINUTE_MS;
}

/** Whether it may be healed, as far as the load decides. */
export function hasEnded({ during }: FaultTimes, moment: Moment, zone: string): boolean {
  if (!during) return true;
  if ('phase' in during) return moment.endedPhases.has(during.phase);
  return isReached('time' in during ? { time: during.time[1] } : { progress: during.progress[1] }, moment, zone);
}

function beginningOf(during: NonNullable<FaultTimes['during']>): FaultTime {
  if ('phase' in during) return during;
  return 'time' in during ? { time: during.time[0] } : { progress: during.progress[0] };
}

function isReached(at: FaultTime, moment: Moment, zone: string): boolean {
  if ('progress' in at) return moment.sentShare >= at.progress;
  if ('phase' in at) return moment.startedPhases.has(at.phase);
  return moment.eventTimeMs !== undefined && moment.eventTimeMs >= instantOf(at.time, zone);
}

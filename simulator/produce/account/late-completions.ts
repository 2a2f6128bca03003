// simulator/produce/account/late-completions.ts — Sends that were due before a publication and ended after it, because of a slow generator or a broker that was away. Whether they were in time is unknown.
import type { Calendar, DaySpan } from '../../../contract/calendar.js';
import type { LateCompletion } from '../../history/lane-result.js';

/** Late completions of one lane. */
export class LateCompletions {
  readonly all: LateCompletion[] = [];
  readonly #publishedAtMs: readonly number[];

  constructor(calendar: Calendar, days: readonly DaySpan[]) {
    this.#publishedAtMs = days.map(({ day }) => calendar.publishedAtMs(day)).sort((a, b) => b - a);
  }

  /**
   * @param endedMs event time at which the send ended; undefined in an unpaced run, where only events tell the time
   * @returns the time to judge the send by
   */
  judgedAt(version: number, dueMs: number, endedMs: number | undefined): number {
    if (endedMs === undefined) return dueMs;
    const published = this.#publishedAtMs.find((atMs) => atMs <= endedMs);
    if (published === undefined || dueMs >= published) return dueMs;
    this.all.push({ version, dueMs, endedMs });
    return endedMs;
  }
}

export type JudgedAt = (send: { readonly lane: number; readonly version: number; readonly dueMs: number }) => number;

/** By which time each planned send is to be judged. */
export function judgedAtOf(
  lanes: readonly { readonly lane: number; readonly lateCompletions?: readonly LateCompletion[] }[],
): JudgedAt {
  const known = new Map<string, number>();
  for (const { lane, lateCompletions = [] } of lanes) {
    for (const { version, dueMs, endedMs } of lateCompletions) known.set(`${lane} ${version} ${dueMs}`, endedMs);
  }
  if (known.size === 0) return ({ dueMs }) => dueMs;
  return ({ lane, version, dueMs }) => known.get(`${lane} ${version} ${dueMs}`) ?? dueMs;
}

// simulator/scenario/fault-time.ts — When a fault comes, how often, and for how long.
import { z } from 'zod';
import { parseLocal } from '../../contract/calendar.js';
import type { Issue } from './issue.js';
import type { Window } from './window.js';

const share = z.number().min(0).max(1);
const time = z.string();
const times = z.int().min(2).max(1000).describe('How often it breaks in all.');

const at = z
  .union([
    z.strictObject({ progress: share.describe('Share of the planned events that have been sent.') }),
    z.strictObject({ phase: z.string().describe('Name of the phase at whose beginning it comes.') }),
    z.strictObject({ time: time.describe('Local date-time in the rules’ zone, of event time; paced runs only.') }),
  ])
  .meta({ id: 'faultAt', description: 'When it breaks.' });

const during = z
  .union([
    z.strictObject({ progress: z.tuple([share, share]).describe('From one share of the planned events to another.') }),
    z.strictObject({ phase: z.string().describe('Name of the phase from whose beginning to whose end it lasts.') }),
    z.strictObject({ time: z.tuple([time, time]).describe('From one local date-time of event time to another.') }),
  ])
  .meta({
    id: 'faultDuring',
    description: 'Instead of `at`: when it breaks and when it is healed, but not before `forSeconds` have passed.',
  });

const every = z
  .union([
    z.strictObject({ seconds: z.number().positive().max(3600).describe('Wall time from one to the next.'), times }),
    z.strictObject({ progress: share.positive().describe('Share of the planned events between them.'), times }),
    z.strictObject({ minutes: z.number().positive().describe('Event time between them; paced runs only.'), times }),
  ])
  .meta({ id: 'faultEvery', description: 'Breaks again and again, each time after the one before was healed.' });

/** Exactly one of `at` and `during` is there. */
export const faultTimes = { at: at.optional(), during: during.optional(), every: every.optional() };

export type FaultTime = z.infer<typeof at>;
export type FaultTimes = {
  readonly at?: FaultTime | undefined;
  readonly during?: z.infer<typeof during> | undefined;
  readonly every?: z.infer<typeof every> | undefined;
  readonly forSeconds: number;
};

export interface TimeSurroundings {
  readonly phases: readonly string[];
  readonly zone: string;
  readonly pace: 'paced' | 'max';
  /** Undefined when the start of the load is not a date. */
  readonly window: Pick<Window, 'startMs' | 'endMs'> | undefined;
}

export function checkTimes(times: FaultTimes, around: TimeSurroundings, issue: Issue): void {
  const { at, during, every } = times;
  if ((at === undefined) === (during === undefined)) issue(['at'], 'expected either at or during');
  if (at) checkTime(at, around, (path, message) => issue(['at', ...path], message));
  if (during) checkDuring(during, around, (path, message) => issue(['during', ...path], message));
  if (every) checkEvery(times, around, (path, message) => issue(['every', ...path], message));
}

function checkDuring(during: NonNullable<FaultTimes['during']>, around: TimeSurroundings, issue: Issue): void {
  if ('phase' in during) {
    checkTime(during, around, issue);
    return;
  }
  if ('time' in during) for (const one of during.time) checkTime({ time: one }, around, issue);
  const [from, to] = 'time' in during ? during.time : during.progress;
  if (from >= to) issue(['time' in during ? 'time' : 'progress'], `expected an end after ${from}, found ${to}`);
}

function checkEvery({ at, during, every, forSeconds }: FaultTimes, { pace }: TimeSurroundings, issue: Issue): void {
  if (!every) return;
  if (during) issue([], 'needs at: a fault with during breaks once');
  if ('seconds' in every && every.seconds <= forSeconds) {
    issue(['seconds'], `expected more than forSeconds, ${forSeconds}: it must be healed in between`);
  }
  if ('minutes' in every && pace !== 'paced')
    issue(['minutes'], 'needs pace "paced": without it event time has no wall time');
  if (!('progress' in every)) return;
  const last = (at && 'progress' in at ? at.progress : 0) + (every.times - 1) * every.progress;
  if (last > 1) issue(['times'], `the last would come when ${Math.round(last * 100)} % of the events are sent`);
}

function checkTime(time: FaultTime, { phases, zone, pace, window }: TimeSurroundings, issue: Issue): void {
  if ('phase' in time && !phases.includes(time.phase)) {
    issue(['phase'], `no phase is named "${time.phase}"; there is ${phases.join(', ')}`);
  }
  if (!('time' in time)) return;
  if (pace !== 'paced') issue(['time'], 'needs pace "paced": without it event time has no wall time');
  const atMs = parseLocal(time.time, zone);
  if (atMs === undefined) {
    issue(['time'], `expected a local date-time such as 2024-10-01T20:00:00, found "${time.time}"`);
  } else if (window && (atMs < window.startMs || atMs > window.endMs)) {
    issue(['time'], 'is not within the time of the load');
  }
}

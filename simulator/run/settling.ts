// simulator/run/settling.ts — What must hold still once the load is over, and how long that may take.
import { Calendar } from '../../contract/calendar.js';
import { type MappedClock, wallMs, wallTimeAt } from '../../contract/clock.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { readList } from '../sut/lists.js';
import type { RunNames } from '../sut/run-names.js';
import type { Plan } from '../workload/plan.js';

/** Between the end of the drain and the check. */
const MARGIN_SECONDS = 5;

/** What is to hold still after faults: a Redis that lost something is filled again although lag is 0. */
export async function listsText({ days }: Plan, redis: RedisClient, { listKeyOf }: RunNames): Promise<string> {
  return JSON.stringify(await Promise.all(days.map(({ day }) => readList(redis, listKeyOf(day)))));
}

/** On a fast clock days are soon old enough to be forgotten; after the last of them nothing could be judged. */
export function drainSeconds(plan: Plan, clock: MappedClock | undefined): number {
  const { drainTimeoutSeconds, rules } = plan.scenario;
  const last = plan.days.at(-1);
  if (!clock || !last) return drainTimeoutSeconds;
  const forgottenAtMs = wallTimeAt(clock, new Calendar(rules).forgottenAtMs(last.day));
  return Math.min(drainTimeoutSeconds, Math.max(1, (forgottenAtMs - wallMs()) / 1000 - MARGIN_SECONDS));
}

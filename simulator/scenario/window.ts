// simulator/scenario/window.ts — The stretch of event time that a scenario's load lasts, and the ends of days in it.
import { elementAt } from '../../contract/assert.js';
import { Calendar, parseLocal } from '../../contract/calendar.js';
import type { Rules } from '../../contract/rules.js';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** A load of a year from here still ends in a year of four digits, 9998. */
const LAST_START_MS = 253_339_228_800_000;
/** A year of event time. */
export const MAX_LOAD_HOURS = 8784;

/** One of the local days on which the arrivals are played. */
export interface PlannedDay {
  /** Event time, ms. */
  readonly startMs: number;
  /** How long an hour of the arrivals lasts, ms: not an hour where the clocks change and the arrivals fill the day. */
  readonly hourMs: number;
}

/** Local days in a row, each from the same local time as the first. */
export function plannedDays(calendar: Calendar, startMs: number, { days, arrivals }: Repeated): PlannedDay[] {
  if (days === 1) return [{ startMs, hourMs: HOUR_MS }];
  const hours = hoursOf(arrivals);
  return Array.from({ length: days }, (_, day) => {
    const dayMs = calendar.sameTimeAfterDays(startMs, day);
    const lengthMs = calendar.sameTimeAfterDays(startMs, day + 1) - dayMs;
    const isFull = hours === DAY_HOURS || hours * HOUR_MS > lengthMs;
    return { startMs: dayMs, hourMs: isFull ? lengthMs / hours : HOUR_MS };
  });
}

function hoursOf(arrivals: Repeated['arrivals']): number {
  return arrivals.reduce((sum, { durationHours }) => sum + durationHours, 0);
}

/** All in ms. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
  /** Ends of local days in (startMs, endMs], in order. */
  readonly closesMs: readonly number[];
}

/** The parts of a scenario that decide the window. */
interface Timed extends Repeated {
  readonly clock: { readonly start: string; readonly zone?: string | undefined };
  readonly rules: Rules;
}

interface Repeated {
  readonly arrivals: readonly { readonly durationHours: number }[];
  readonly days: number;
}

/** Undefined when the start is not a date, before 1970 or too late, or the load too long. */
export function windowOf({ clock, rules, arrivals, days }: Timed): Window | undefined {
  const startMs = parseLocal(clock.start, clock.zone ?? rules.zone);
  if (startMs === undefined || startMs < 0 || startMs > LAST_START_MS) return undefined;
  if ((days - 1) * DAY_HOURS + hoursOf(arrivals) > MAX_LOAD_HOURS) return undefined;
  const calendar = new Calendar(rules);
  const last = elementAt(plannedDays(calendar, startMs, { days, arrivals }), days - 1);
  const endMs = last.startMs + hoursOf(arrivals) * last.hourMs;
  const closesMs: number[] = [];
  for (let at = calendar.at(startMs).endMs; at <= endMs; at = calendar.at(at).endMs) closesMs.push(at);
  return { startMs, endMs, closesMs };
}

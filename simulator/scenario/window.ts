// simulator/scenario/window.ts — The stretch of event time that a scenario's load lasts, and the ends of days in it.
import { Calendar, parseLocal } from '../../contract/calendar.js';
import type { Rules } from '../../contract/rules.js';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** All in ms. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
  /** Ends of local days in (startMs, endMs], in order. */
  readonly closesMs: readonly number[];
}

/** The parts of a scenario that decide the window. */
interface Timed {
  readonly clock: { readonly start: string; readonly zone?: string | undefined };
  readonly rules: Rules;
  readonly arrivals: readonly { readonly durationHours: number }[];
  readonly days: number;
}

/** Undefined when the start is not a date. */
export function windowOf({ clock, rules, arrivals, days }: Timed): Window | undefined {
  const startMs = parseLocal(clock.start, clock.zone ?? rules.zone);
  if (startMs === undefined) return undefined;
  const hours = arrivals.reduce((sum, { durationHours }) => sum + durationHours, 0);
  const endMs = startMs + ((days - 1) * DAY_HOURS + hours) * HOUR_MS;
  const calendar = new Calendar(rules);
  const closesMs: number[] = [];
  for (let at = calendar.at(startMs).endMs; at <= endMs; at = calendar.at(at).endMs) closesMs.push(at);
  return { startMs, endMs, closesMs };
}

// simulator/scenario/limits.ts — How large, how long and how late a load may be: beyond, ids, timers or memory would not hold it.
import { parseLocal } from '../../contract/calendar.js';
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';
import type { GeneratedFields } from './generated.js';
import type { Issue } from './issue.js';
import { type Window, windowOf } from './window.js';

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3600;
/** Some 200 GB of records, and a day of work for one machine. */
const MAX_PLANNED_EVENTS = 1_000_000_000;
/** Their tables take some 90 bytes each in `sim`. */
const MAX_ARTICLES = 100_000_000;
/** Timers hold 2^31 ms, which is a little more. */
const MAX_LOAD_DAYS = 24;
/** Ids hold 41 bits of ms. A wrong clock may be a day ahead, and the probe and publications need some time more. */
const LAST_ID_MS = SNOWFLAKE_EPOCH_MS + 2 ** 41 - 3 * DAY_MS;

type Sized = Pick<GeneratedFields, 'arrivals' | 'articles' | 'clock' | 'days' | 'pace' | 'rules' | 'scale'>;

export function checkLimits(parts: Sized, issue: Issue): void {
  const { arrivals, articles, clock, days, pace, scale } = parts;
  const hours = arrivals.reduce((sum, { durationHours }) => sum + durationHours, 0);
  const events = arrivals.reduce((sum, phase) => sum + eventsOf(phase, clock.speed), 0) * days * scale;
  if (events > MAX_PLANNED_EVENTS)
    issue(['arrivals'], `come to ${figure(events)} events; at most ${figure(MAX_PLANNED_EVENTS)} can be played`);
  const created = (articles.perDay * scale * hours * days) / 24;
  if (Math.min(created, events) > MAX_ARTICLES)
    issue(['articles', 'perDay'], `comes to ${figure(created)} articles; at most ${figure(MAX_ARTICLES)} can be held`);
  const startMs = parseLocal(clock.start, clock.zone ?? parts.rules.zone) ?? 0;
  const window = windowOf(parts);
  if ((window?.endMs ?? startMs) > LAST_ID_MS)
    issue(['clock', 'start'], `is too late: 64-bit ids hold times until ${new Date(LAST_ID_MS).toISOString()}`);
  if (window) checkLoadDays(window, { pace, speed: clock.speed }, issue);
}

export function checkLoadDays(
  { startMs, endMs }: Pick<Window, 'startMs' | 'endMs'>,
  { pace, speed }: { readonly pace: GeneratedFields['pace']; readonly speed: number },
  issue: Issue,
): void {
  const days = (endMs - startMs) / speed / DAY_MS;
  if (pace === 'paced' && days > MAX_LOAD_DAYS)
    issue(['clock', 'speed'], `makes the load last ${figure(days)} days of wall time; at most ${MAX_LOAD_DAYS}`);
}

function eventsOf(phase: Sized['arrivals'][number], speed: number): number {
  return phase.events ?? ((phase.eventsPerSecond ?? 0) * phase.durationHours * HOUR_SECONDS) / speed;
}

function figure(value: number): string {
  return value < 1e15 ? Math.ceil(value).toLocaleString('en-US') : value.toExponential(1);
}

// simulator/workload/plan.ts — What a scenario asks for, in absolute times and counts, and each lane's share of it.
import { Calendar, type DaySpan, parseLocal } from '../../contract/calendar.js';
import type { Phase, Scenario } from '../scenario/schema.js';
import { piecesOf, type RatePiece } from './rate-curve.js';

const HOUR_MS = 3_600_000;

export interface PlannedPhase {
  readonly name: string;
  /** Which of the days in a row it is part of, from 0. */
  readonly day: number;
  readonly spacing: 'poisson' | 'even';
  readonly warmUp: boolean;
  /** Event time, ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly events: number;
  readonly pieces: readonly RatePiece[];
}

export interface Plan {
  readonly scenario: Scenario;
  /** Event time of the first phase's start and the last phase's end, ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly phases: readonly PlannedPhase[];
  readonly events: number;
  /** Articles created while the plan lasts. */
  readonly articles: number;
  /** Every local day that the plan touches, in order. */
  readonly days: readonly DaySpan[];
  /** Lanes, one a partition. */
  readonly lanes: number;
}

export function planOf(scenario: Scenario): Plan {
  const startMs = parseLocal(scenario.clock.start, scenario.clock.zone ?? scenario.rules.zone) ?? 0;
  const calendar = new Calendar(scenario.rules);
  const phases: PlannedPhase[] = [];
  let at = startMs;
  for (const { phase, day } of repeated(scenario)) {
    at = Math.max(at, startMs + day * 24 * HOUR_MS);
    const endMs = at + phase.durationHours * HOUR_MS;
    const localHour = (at - calendar.at(at).startMs) / HOUR_MS;
    phases.push({
      name: phase.name,
      day,
      spacing: phase.spacing,
      warmUp: phase.warmUp,
      startMs: at,
      endMs,
      events: Math.max(1, Math.round(eventsOf(phase, scenario.clock.speed) * scenario.scale)),
      pieces: piecesOf(phase, localHour),
    });
    at = endMs;
  }
  const events = phases.reduce((sum, phase) => sum + phase.events, 0);
  const perDay = scenario.articles.perDay * scenario.scale;
  const articles = Math.min(events, Math.max(1, Math.round((perDay * (at - startMs)) / (24 * HOUR_MS))));
  return {
    scenario,
    startMs,
    endMs: at,
    phases,
    events,
    articles,
    // A wrong clock may tell of days that the plan itself does not touch.
    days: daysBetween(
      calendar,
      startMs + Math.min(0, ...clockErrorsMs(scenario)),
      at + Math.max(0, ...clockErrorsMs(scenario)),
    ),
    lanes: scenario.topics.partitions,
  };
}

/** By lane: how far the clock of its producer is ahead. */
export function clockErrorsMs({ delivery, topics }: Scenario): number[] {
  const errors = new Array<number>(topics.partitions).fill(0);
  for (const { lane, seconds } of delivery.wrongClocks) errors[lane] = Math.round(seconds * 1000);
  return errors;
}

/** Event times, whole ms, at which one phase ends and the next begins. */
export function phaseBoundaries({ phases }: Plan): number[] {
  return phases.slice(1).map(({ startMs }) => Math.ceil(startMs));
}

function repeated({ arrivals, days }: Scenario): { phase: Phase; day: number }[] {
  return Array.from({ length: days }, (_, day) => arrivals.map((phase) => ({ phase, day }))).flat();
}

function eventsOf(phase: Phase, speed: number): number {
  if (phase.events !== undefined) return phase.events;
  return Math.max(1, Math.round(((phase.eventsPerSecond ?? 0) * phase.durationHours * 3600) / speed));
}

function daysBetween(calendar: Calendar, startMs: number, endMs: number): DaySpan[] {
  const days: DaySpan[] = [];
  for (let span = calendar.at(startMs); span.startMs < endMs; span = calendar.at(span.endMs)) days.push(span);
  return days;
}

/** As `shareOfLane`, but the first lane has the share that `hotPartitionShare` gives it. @param turn spreads remainders */
export function weightedShareOfLane(plan: Plan, total: number, lane: number, turn = 0): number {
  const { hotPartitionShare } = plan.scenario.popularity;
  const { lanes } = plan;
  if (hotPartitionShare === undefined || lanes === 1) return shareOfLane(total, (lane + turn) % lanes, lanes);
  const hot = Math.round(total * hotPartitionShare);
  return lane === 0 ? hot : shareOfLane(total - hot, lane - 1, lanes - 1);
}

/** Lane `lane`'s part of `total`, so that the parts of all lanes add up to it and differ by at most one. */
export function shareOfLane(total: number, lane: number, lanes: number): number {
  return Math.floor(total / lanes) + (lane < total % lanes ? 1 : 0);
}

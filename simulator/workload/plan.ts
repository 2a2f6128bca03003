// simulator/workload/plan.ts — What a scenario asks for, in absolute times and counts, and each lane's share of it.
import { elementAt } from '../../contract/assert.js';
import { Calendar, type DaySpan, instantOf } from '../../contract/calendar.js';
import { decodedValue } from '../../contract/codec.js';
import type { LITERAL_PHASE } from '../scenario/literal/literal-checks.js';
import type { GeneratedScenario, LiteralRecord, LiteralScenario, Phase, Scenario } from '../scenario/schema.js';
import { plannedDays } from '../scenario/window.js';
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

interface PlanOf<Of extends Scenario> {
  readonly scenario: Of;
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

export type GeneratedPlan = PlanOf<GeneratedScenario>;
export type LiteralPlan = PlanOf<LiteralScenario>;
export type Plan = GeneratedPlan | LiteralPlan;

export function isLiteral(plan: Plan): plan is LiteralPlan {
  return 'events' in plan.scenario;
}

export function planOf(scenario: GeneratedScenario): GeneratedPlan;
export function planOf(scenario: Scenario): Plan;
export function planOf(scenario: Scenario): Plan {
  return 'events' in scenario ? literalPlan(scenario) : generatedPlan(scenario);
}

function generatedPlan(scenario: GeneratedScenario): GeneratedPlan {
  const startMs = startOf(scenario);
  const calendar = new Calendar(scenario.rules);
  const phases: PlannedPhase[] = [];
  const plannedInDays = plannedDays(calendar, startMs, scenario);
  let at = startMs;
  for (const { phase, day } of repeated(scenario)) {
    const { startMs: dayMs, hourMs } = elementAt(plannedInDays, day);
    at = Math.max(at, dayMs);
    const endMs = at + phase.durationHours * hourMs;
    const localHour = (at - calendar.at(at).startMs) / HOUR_MS;
    phases.push({
      name: phase.name,
      day,
      spacing: phase.spacing,
      warmUp: phase.warmUp,
      startMs: at,
      endMs,
      events: Math.max(1, Math.round(eventsOf(phase, scenario.clock.speed) * scenario.scale)),
      pieces: piecesOf(phase, localHour).map((piece) => scaled(piece, hourMs / HOUR_MS)),
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

function scaled({ startMs, endMs, startRate, endRate }: RatePiece, factor: number): RatePiece {
  return { startMs: startMs * factor, endMs: endMs * factor, startRate, endRate };
}

function startOf({ clock, rules }: Scenario): number {
  return instantOf(clock.start, clock.zone ?? rules.zone);
}

/** How far the clock of each lane's producer is ahead, ms. */
export function clockErrorsMs({ delivery, topics }: GeneratedScenario): number[] {
  const errors = new Array<number>(topics.partitions).fill(0);
  for (const { lane, seconds } of delivery.wrongClocks) errors[lane] = Math.round(seconds * 1000);
  return errors;
}

/** Event times, whole ms, at which one phase ends and the next begins. */
export function phaseBoundaries({ phases }: Plan): number[] {
  return phases.slice(1).map(({ startMs }) => Math.ceil(startMs));
}

function repeated({ arrivals, days }: GeneratedScenario): { phase: Phase; day: number }[] {
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

/** Stretches of a literal plan in which its rate is even. */
const STRETCHES = 72;

/** One phase, from the clock's start to the last event. */
function literalPlan(scenario: LiteralScenario): LiteralPlan {
  const { events, rules, topics } = scenario;
  const calendar = new Calendar(rules);
  const startMs = startOf(scenario);
  const endMs = Math.max(startMs, events.at(-1)?.sentAtMs ?? 0) + 1;
  const name: typeof LITERAL_PHASE = 'events';
  const decoded = events.flatMap(({ value, encoding }) => decodedValue(Buffer.from(value, encoding)) ?? []);
  const created = new Set(decoded.flatMap((event) => (event.type === 'ARTICLE_CREATED' ? [event.articleId] : [])));
  const spans = [
    ...events.map(({ timeMs }) => calendar.at(timeMs)),
    ...decoded.flatMap((event) => ('createdDay' in event ? [calendar.span(event.createdDay)] : [])),
  ];
  const days = new Map(spans.map((span) => [span.day, span]));
  const phase = { name, day: 0, spacing: 'even' as const, warmUp: false, startMs, endMs, events: events.length };
  return {
    scenario,
    startMs,
    endMs,
    events: events.length,
    articles: created.size,
    lanes: topics.partitions,
    phases: [{ ...phase, pieces: stretchesOf(events, { startMs, endMs }) }],
    days: [...days.values()].sort((a, b) => a.startMs - b.startMs),
  };
}

function stretchesOf(
  events: readonly LiteralRecord[],
  { startMs, endMs }: Pick<Plan, 'startMs' | 'endMs'>,
): RatePiece[] {
  const rates = new Array<number>(STRETCHES).fill(0);
  const lengthMs = (endMs - startMs) / STRETCHES;
  for (const { sentAtMs } of events) {
    const stretch = Math.floor((sentAtMs - startMs) / lengthMs);
    rates[stretch] = (rates[stretch] ?? 0) + 1;
  }
  return rates.map((rate, i) => ({
    startMs: i * lengthMs,
    endMs: (i + 1) * lengthMs,
    startRate: rate,
    endRate: rate,
  }));
}

/** As `shareOfLane`, but the first lane has the share that `hotPartitionShare` gives it. @param turn spreads remainders */
export function weightedShareOfLane(plan: GeneratedPlan, total: number, lane: number, turn = 0): number {
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

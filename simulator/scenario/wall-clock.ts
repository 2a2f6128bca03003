// simulator/scenario/wall-clock.ts — Fits a scenario to a consumer whose clock is the wall's: it starts now, at speed 1, and takes as long as before.
import { Calendar, instantOf } from '../../contract/calendar.js';
import type { Aim, DeliveryPlan, FaultSpec, GeneratedScenario, Phase, Scenario } from './schema.js';

const HOUR_MS = 3_600_000;
/** Time for servers and consumers to become ready for load. */
const STARTING_MS = 120_000;

/** Shortens a span of event time, in any unit. */
type Shorten = (span: number) => number;

/**
 * Divides every span of event time by the speed. So what came within a day comes within the minute that the run takes.
 * @returns problems when the scenario needs more than one real day
 */
export function onWallClock(
  scenario: Scenario,
  nowMs: number,
): { readonly scenario: GeneratedScenario } | { readonly problems: readonly string[] } {
  if ('events' in scenario) {
    return { problems: ['events: their times are given, and the clock of the consumer is the wall’s'] };
  }
  const problems = [...obstacles(scenario), ...pastMidnight(scenario, nowMs)];
  return problems.length > 0 ? { problems } : { scenario: shortened(scenario, nowMs) };
}

function shortened(scenario: GeneratedScenario, nowMs: number): GeneratedScenario {
  const { clock, rules, popularity, articles } = scenario;
  const { speed } = clock;
  const calendar = new Calendar(rules);
  const startMs = instantOf(clock.start, clock.zone ?? rules.zone);
  const shorten: Shorten = (span) => span / speed;
  return {
    ...scenario,
    clock: { start: localText(nowMs, calendar), speed: 1 },
    articles: {
      ...articles,
      perDay: Math.round(articles.perDay * speed),
      ...(articles.lifetimeHours === undefined ? {} : { lifetimeHours: shorten(articles.lifetimeHours) }),
    },
    popularity: { ...popularity, attentionHalfLifeHours: shorten(popularity.attentionHalfLifeHours) },
    arrivals: onWall(scenario.arrivals, { speed, startHour: (startMs - calendar.at(startMs).startMs) / HOUR_MS }),
    aim: scenario.aim.map((aim) => aimOnWall(aim, shorten)),
    faults: scenario.faults.map((fault) => faultOnWall(fault, shorten)),
    delivery: deliveryOnWall(scenario.delivery, shorten),
  };
}

/** What one real day cannot hold. */
function obstacles(scenario: GeneratedScenario): string[] {
  const { days, pace, aim, faults, clock, rules } = scenario;
  const problems: string[] = [];
  const startMs = instantOf(clock.start, clock.zone ?? rules.zone);
  const hours = hoursOf(scenario) * days;
  if (startMs + hours * HOUR_MS > new Calendar(rules).at(startMs).endMs) {
    problems.push('arrivals: they touch more than one day, and the clock of the consumer is the wall’s');
  }
  if (pace === 'max') problems.push('pace: "max" has no clock, and the clock of the consumer is the wall’s');
  for (const { kind } of aim) {
    if (kind === 'midnight' || kind === 'yesterday')
      problems.push(`aim: "${kind}" needs a midnight, and the clock of the consumer is the wall’s`);
  }
  if (faults.some(({ at, during }) => 'time' in { ...at, ...during })) {
    problems.push('faults: a local date-time has no place in a run that starts now; give progress or phase');
  }
  return problems;
}

function pastMidnight(scenario: GeneratedScenario, nowMs: number): string[] {
  const { clock, rules } = scenario;
  const endMs = nowMs + STARTING_MS + (hoursOf(scenario) * HOUR_MS) / clock.speed;
  if (endMs < new Calendar(rules).at(nowMs).endMs) return [];
  return [
    `clock: the run would last past midnight, or too near to it, in ${rules.zone}; start it later, or give another zone: --set rules.zone=UTC`,
  ];
}

function hoursOf({ arrivals }: GeneratedScenario): number {
  return arrivals.reduce((sum, { durationHours }) => sum + durationHours, 0);
}

function onWall(arrivals: readonly Phase[], { speed, startHour }: { speed: number; startHour: number }): Phase[] {
  let hour = startHour;
  return arrivals.map((phase) => {
    const span = { fromHour: hour % 24, hours: phase.durationHours };
    hour += phase.durationHours;
    const durationHours = phase.durationHours / speed;
    if (phase.shape === 'diurnal') return { ...phase, durationHours, curve: phase.curve ?? span };
    return { ...phase, durationHours };
  });
}

function aimOnWall(aim: Aim, shorten: Shorten): Aim {
  switch (aim.kind) {
    case 'leaders-fall':
    case 'ties':
    case 'swap':
      return { ...aim, minutesBeforeClose: shorten(aim.minutesBeforeClose) };
    case 'unlike-storm':
      return { ...aim, atHour: shorten(aim.atHour), durationMinutes: shorten(aim.durationMinutes) };
    case 'viral':
      return { ...aim, atHour: shorten(aim.atHour) };
    default:
      return aim;
  }
}

function faultOnWall(fault: FaultSpec, shorten: Shorten): FaultSpec {
  const { every } = fault;
  return every && 'minutes' in every ? { ...fault, every: { ...every, minutes: shorten(every.minutes) } } : fault;
}

function deliveryOnWall(delivery: DeliveryPlan, shorten: Shorten): DeliveryPlan {
  const { duplicates, resend, late, skewSeconds, wrongClocks } = delivery;
  return {
    ...delivery,
    ...(duplicates ? { duplicates: { ...duplicates, delaySeconds: shorten(duplicates.delaySeconds) } } : {}),
    ...(resend ? { resend: resendOnWall(resend, shorten) } : {}),
    ...(late ? { late: { ...late, byMinutes: shorten(late.byMinutes) } } : {}),
    ...(skewSeconds ? { skewSeconds: skewOnWall(skewSeconds, shorten) } : {}),
    wrongClocks: wrongClocks.map((one) => ({ ...one, seconds: shorten(one.seconds) })),
  };
}

type Skew = NonNullable<DeliveryPlan['skewSeconds']>;
type Resend = NonNullable<DeliveryPlan['resend']>;

function skewOnWall({ article, comment, like, view }: Skew, shorten: Shorten): Skew {
  return { article: shorten(article), comment: shorten(comment), like: shorten(like), view: shorten(view) };
}

function resendOnWall({ everyMinutes, sliceSeconds, delaySeconds }: Resend, shorten: Shorten): Resend {
  return {
    everyMinutes: shorten(everyMinutes),
    sliceSeconds: shorten(sliceSeconds),
    delaySeconds: shorten(delaySeconds),
  };
}

/** 2024-10-01T09:30:15 */
function localText(timeMs: number, calendar: Calendar): string {
  const local = new Date(timeMs + calendar.utcOffsetMinutes(timeMs) * 60_000);
  return local.toISOString().slice(0, 19);
}

// simulator/scenario/wall-clock.ts — The same scenario for a consumer on the wall clock: it starts now, runs at speed 1, and takes as long as before.
import { Calendar, parseLocal } from '../../contract/calendar.js';
import type { Aim, FaultSpec, GeneratedScenario, Phase, Scenario } from './schema.js';

const HOUR_MS = 3_600_000;
/** Time for servers and consumers to become ready for load. */
const STARTING_MS = 120_000;

/**
 * Divides every span of event time by the speed, so a day of events comes within the minute that it took.
 * @returns problems instead where the scenario needs more than one day
 */
export function onWallClock(
  scenario: Scenario,
  nowMs: number,
): { readonly scenario: GeneratedScenario } | { readonly problems: readonly string[] } {
  if ('events' in scenario) {
    return { problems: ['events: their times are given, and the clock of the consumer is the wall’s'] };
  }
  const { clock, rules, delivery, popularity, articles } = scenario;
  const { speed } = clock;
  const calendar = new Calendar(rules);
  const hours = scenario.arrivals.reduce((sum, { durationHours }) => sum + durationHours, 0);
  const endMs = nowMs + STARTING_MS + (hours * HOUR_MS) / speed;
  const problems = obstacles(scenario);
  const today = calendar.at(nowMs);
  if (endMs >= today.endMs) {
    problems.push(
      `clock: the run would last past midnight, or too near to it, in ${rules.zone}; start it later, or give another zone: --set rules.zone=UTC`,
    );
  }
  if (problems.length > 0) return { problems };
  const startMs = parseLocal(clock.start, clock.zone ?? rules.zone) ?? nowMs;
  const { resend, late, duplicates, skewSeconds } = delivery;
  const shorter = (time: number) => time / speed;
  const fitted: GeneratedScenario = {
    ...scenario,
    clock: { start: localText(nowMs, calendar), speed: 1 },
    articles: {
      ...articles,
      perDay: Math.round(articles.perDay * speed),
      ...(articles.lifetimeHours === undefined ? {} : { lifetimeHours: shorter(articles.lifetimeHours) }),
    },
    popularity: { ...popularity, attentionHalfLifeHours: shorter(popularity.attentionHalfLifeHours) },
    arrivals: onWall(scenario.arrivals, { speed, startHour: (startMs - calendar.at(startMs).startMs) / HOUR_MS }),
    aim: scenario.aim.map((aim) => aimOnWall(aim, shorter)),
    faults: scenario.faults.map((fault) => faultOnWall(fault, shorter)),
    delivery: {
      ...delivery,
      ...(duplicates ? { duplicates: { ...duplicates, delaySeconds: shorter(duplicates.delaySeconds) } } : {}),
      ...(resend
        ? {
            resend: {
              everyMinutes: shorter(resend.everyMinutes),
              sliceSeconds: shorter(resend.sliceSeconds),
              delaySeconds: shorter(resend.delaySeconds),
            },
          }
        : {}),
      ...(late ? { late: { ...late, byMinutes: shorter(late.byMinutes) } } : {}),
      ...(skewSeconds
        ? {
            skewSeconds: {
              article: shorter(skewSeconds.article),
              comment: shorter(skewSeconds.comment),
              like: shorter(skewSeconds.like),
              view: shorter(skewSeconds.view),
            },
          }
        : {}),
      wrongClocks: delivery.wrongClocks.map((one) => ({ ...one, seconds: shorter(one.seconds) })),
    },
  };
  return { scenario: fitted };
}

/** What is impossible within one real day. */
function obstacles({ days, pace, aim, faults, arrivals, clock, rules }: GeneratedScenario): string[] {
  const problems: string[] = [];
  const startMs = parseLocal(clock.start, clock.zone ?? rules.zone) ?? 0;
  const hours = arrivals.reduce((sum, { durationHours }) => sum + durationHours, 0) * days;
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

function onWall(arrivals: readonly Phase[], { speed, startHour }: { speed: number; startHour: number }): Phase[] {
  let hour = startHour;
  return arrivals.map((phase) => {
    const span = { fromHour: hour % 24, hours: phase.durationHours };
    hour += phase.durationHours;
    const shorter = { durationHours: phase.durationHours / speed };
    return phase.shape === 'diurnal' ? { ...phase, ...shorter, curve: phase.curve ?? span } : { ...phase, ...shorter };
  });
}

function aimOnWall(aim: Aim, shorter: (time: number) => number): Aim {
  switch (aim.kind) {
    case 'leaders-fall':
    case 'ties':
    case 'swap':
      return { ...aim, minutesBeforeClose: shorter(aim.minutesBeforeClose) };
    case 'unlike-storm':
      return { ...aim, atHour: shorter(aim.atHour), durationMinutes: shorter(aim.durationMinutes) };
    case 'viral':
      return { ...aim, atHour: shorter(aim.atHour) };
    default:
      return aim;
  }
}

function faultOnWall(fault: FaultSpec, shorter: (time: number) => number): FaultSpec {
  const { every } = fault;
  return every && 'minutes' in every ? { ...fault, every: { ...every, minutes: shorter(every.minutes) } } : fault;
}

/** 2024-10-01T09:30:15 */
function localText(timeMs: number, calendar: Calendar): string {
  const local = new Date(timeMs + calendar.utcOffsetMinutes(timeMs) * 60_000);
  return local.toISOString().slice(0, 19);
}

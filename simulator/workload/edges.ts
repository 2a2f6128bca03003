// simulator/workload/edges.ts — Aims that change when events come, not what they are: onto the edges of days, or into one millisecond.
import type { GeneratedPlan } from './plan.js';

/** Instants that draw nearby events to themselves: the ends of days, and their publications. */
export interface Edges {
  readonly aim: number;
  readonly atMs: readonly number[];
  readonly withinMs: number;
}

export function edgesOf({ days, scenario }: GeneratedPlan): Edges | undefined {
  const index = scenario.aim.findIndex(({ kind }) => kind === 'midnight');
  const aim = scenario.aim[index];
  if (aim?.kind !== 'midnight') return undefined;
  const afterMs = scenario.rules.publishedAfterMinutes * 60_000;
  const atMs = days.flatMap(({ endMs }) => [endMs, endMs + afterMs]);
  return { aim: index, atMs, withinMs: aim.withinSeconds * 1000 };
}

/** Articles that are created together, so that their ids are neighbours. */
export interface Bursts {
  readonly aim: number;
  readonly articles: number;
}

export function burstsOf({ scenario }: GeneratedPlan): Bursts | undefined {
  const index = scenario.aim.findIndex(({ kind }) => kind === 'adjacent-ids');
  const aim = scenario.aim[index];
  return aim?.kind === 'adjacent-ids' ? { aim: index, articles: aim.articles } : undefined;
}

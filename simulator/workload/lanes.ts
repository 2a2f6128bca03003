// simulator/workload/lanes.ts — The lanes of a plan, whether its events are drawn or given, and the titles of its articles.
import { contentPools, titleAt } from './content.js';
import { Lane } from './lane.js';
import { LiteralLane } from './literal-lane.js';
import { isLiteral, type Plan } from './plan.js';
import type { PlannedLane } from './planned-lane.js';
import { RecordStream } from './record-stream.js';

/** @returns what opens a lane at its beginning; what lanes have in common is made once */
export function lanesOf(plan: Plan): (lane: number) => PlannedLane {
  if (isLiteral(plan)) return (lane) => new LiteralLane(plan, lane);
  const pools = contentPools(plan.scenario);
  return (lane) => new RecordStream(plan, new Lane(plan, lane), pools);
}

/** @returns an article's title by the version of the update that gave it, 0: the creation */
export function titlesOf(plan: Plan): (lane: number, article: number, edition: number) => string {
  if (isLiteral(plan)) {
    const literal = new LiteralLane(plan, 0);
    return (_lane, article, edition) => literal.titleOf(article, edition);
  }
  const titles = contentPools(plan.scenario).titles.map((escaped) => JSON.parse(`"${escaped.toString()}"`) as string);
  return (lane, article, edition) => titles[titleAt(titles.length, { lane, article, edition })] ?? '';
}

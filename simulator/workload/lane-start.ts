// simulator/workload/lane-start.ts — How a lane begins: the events that change articles, and a world with the articles of the day before.
import { type GeneratedPlan, shareOfLane, weightedShareOfLane } from './plan.js';
import type { RandomStream } from './random.js';
import { populate, World } from './world.js';

/** One for each concern, so that a draw for one does not move the others. */
export type Streams = (concern: string) => RandomStream;

/** How many events of a lane change which articles there are, or what they say. */
export interface ArticleEvents {
  readonly creations: number;
  readonly updates: number;
  readonly deletions: number;
}

export function articleEventsOf(plan: GeneratedPlan, lane: number, events: number): ArticleEvents {
  const { updateRate, deleteRate } = plan.scenario.articles;
  const creations = weightedShareOfLane(plan, plan.articles, lane);
  return {
    creations: Math.min(creations, events),
    updates: Math.round(creations * updateRate),
    deletions: Math.round(creations * deleteRate),
  };
}

/** Holds the articles of the day before, and has room for those to come. */
export function worldOf(
  plan: GeneratedPlan,
  lane: number,
  { inBurst, stream }: { readonly inBurst: number; readonly stream: Streams },
): World {
  const { lanes, startMs, scenario } = plan;
  const { articles, popularity, scale } = scenario;
  const older = shareOfLane(articles.older, lane, lanes);
  const world = new World({
    lane,
    lanes,
    capacity: weightedShareOfLane(plan, plan.articles, lane) + older + inBurst + 1,
    random: stream('attention'),
    attention: { ...popularity, lifetimeHours: articles.lifetimeHours, originMs: startMs },
  });
  const boost = (articles.perDay * scale) / Math.max(1, articles.older);
  // They belong to the local day before: articles created earlier on the first day would need an announcement too.
  populate(world, { older, boost, beforeMs: plan.days[0]?.startMs ?? startMs, random: stream('older') });
  return world;
}

// simulator/run/plan-warnings.ts — What a scenario asks for that can be played, but will hardly show what it is meant to show.
import { paceWarning } from '../produce/capacity.js';
import type { Aim } from '../scenario/schema.js';
import { isLiteral, type Plan } from '../workload/plan.js';

const DAY_MS = 86_400_000;

/** One sentence each, with the numbers. */
export function planWarnings(plan: Plan): string[] {
  // Given events are few, and they are neither drawn nor directed.
  if (isLiteral(plan)) return [];
  const pace = paceWarning(plan);
  const { events, articles, scenario } = plan;
  const few =
    articles < events
      ? []
      : [`${events.toLocaleString('en')} events cannot do more than create that many articles: lower articles.perDay`];
  const aims = scenario.aim.flatMap((aim, index) => {
    const warning = aimWarning(aim, plan);
    return warning === undefined ? [] : [`aim[${index}] ${aim.kind}: ${warning}`];
  });
  return [...(pace === undefined ? [] : [pace]), ...few, ...aims];
}

function aimWarning(aim: Aim, plan: Plan): string | undefined {
  const days = Math.max(1, (plan.endMs - plan.startMs) / DAY_MS);
  const ofLane = Math.floor(plan.articles / plan.lanes / days);
  const there = `a partition has about ${ofLane} articles a day`;
  if (aim.kind === 'leaders-fall' && ofLane <= aim.leaders)
    return `${there}, and ${aim.leaders} leaders fall: no runners-up are left`;
  if ((aim.kind === 'ties' || aim.kind === 'swap') && ofLane <= Math.max(...aim.ranks))
    return `${there}: rank ${Math.max(...aim.ranks)} has no article below it`;
  return undefined;
}

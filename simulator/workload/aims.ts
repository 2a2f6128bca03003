// simulator/workload/aims.ts — Directed moves that read the lane's own world, because random load does not find ranking bugs.
import type { DaySpan } from '../../contract/calendar.js';
import type { Aim } from '../scenario/schema.js';
import { Field } from './article-table.js';
import type { Director, DirectedLane as Lane } from './director.js';
import { Kind } from './kind.js';
import type { GeneratedPlan } from './plan.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export function directorsOf(plan: GeneratedPlan): Director[] {
  return plan.scenario.aim.flatMap((aim) => directorOf(aim, plan) ?? []);
}

function directorOf(aim: Aim, plan: GeneratedPlan): Director | undefined {
  switch (aim.kind) {
    case 'leaders-fall':
      return beforeClose(plan, aim.minutesBeforeClose, (lane, day) => leadersFall(aim, lane, day));
    case 'ties':
      return beforeClose(plan, aim.minutesBeforeClose, (lane, day) => lifted(aim.ranks, 0, { lane, day }));
    case 'swap':
      return beforeClose(plan, aim.minutesBeforeClose, (lane, day) => lifted(aim.ranks, 1, { lane, day }));
    case 'unlike-storm':
      return unlikeStorm(plan, aim);
    case 'viral':
      return viral(plan, aim);
    case 'resurrection':
      return resurrection(aim.events);
    case 'all-equal':
      return allEqual();
    // These move times and ids; the lane itself sees to them.
    case 'midnight':
    case 'adjacent-ids':
      return undefined;
  }
}

/** A list of moves for the last minutes of each day, or of a load that ends before it; once they are made, nobody who could be listed is touched any more. */
function beforeClose(plan: GeneratedPlan, minutes: number, movesOf: (lane: Lane, day: DaySpan) => Move[]): Director {
  let prepared: DaySpan | undefined;
  let moves: Move[] = [];
  return (lane) => {
    const day = plan.days.find((one) => lane.timeMs >= one.startMs && lane.timeMs < one.endMs);
    if (!day || lane.timeMs < Math.min(day.endMs, plan.endMs) - minutes * MINUTE_MS) return false;
    if (prepared !== day) {
      prepared = day;
      moves = movesOf(lane, day).reverse();
    }
    for (let move = moves.pop(); move; move = moves.pop()) if (lane.move(move.kind, move.article)) return true;
    return viewOlder(lane, plan);
  };
}

interface Move {
  readonly kind: Kind;
  readonly article: number;
}

function leadersFall(aim: Extract<Aim, { kind: 'leaders-fall' }>, lane: Lane, day: DaySpan): Move[] {
  const leaders = ranking(lane, day).slice(0, aim.leaders);
  if (aim.by === 'delete') return leaders.map(({ article }) => ({ kind: Kind.deleted, article }));
  return leaders.flatMap(({ article }) => {
    const likes = lane.world.table.get(article, Field.likes) - lane.world.table.get(article, Field.unlikes);
    return Array.from({ length: likes }, () => ({ kind: Kind.unliked, article }));
  });
}

/**
 * Lifts the lower of two neighbours by views until both have the same score, and `beyond` views more.
 * Ranks are of this lane: use one partition.
 */
function lifted(ranks: readonly number[], beyond: 0 | 1, { lane, day }: { lane: Lane; day: DaySpan }): Move[] {
  const ranked = ranking(lane, day);
  return ranks.flatMap((rank) => {
    const [upper, lower] = [ranked[rank - 1], ranked[rank]];
    if (!upper || !lower) return [];
    const missing = Math.floor((upper.score - lower.score) / (lane.viewsPerEvent * lane.weights.view || 1));
    return Array.from({ length: missing + beyond }, () => ({ kind: Kind.viewed, article: lower.article }));
  });
}

/** Articles of the day that could be listed, best first. */
function ranking(lane: Lane, day: DaySpan): { readonly article: number; readonly score: number }[] {
  const { world, weights } = lane;
  const rows: { article: number; score: number }[] = [];
  for (let article = world.count - 1; article >= 0 && (world.createdMs[article] ?? 0) >= day.startMs; article -= 1) {
    if (world.table.get(article, Field.isDeleted) !== 0) continue;
    rows.push({ article, score: world.table.score(article, weights) });
  }
  // The newer one first: the rows are in that order, and sorting keeps it.
  return rows.sort((a, b) => b.score - a.score);
}

/** Events of articles of another day never count. Without such articles the event is left to chance. */
function viewOlder(lane: Lane, plan: GeneratedPlan): boolean {
  const oldest = (lane.world.createdMs[0] ?? plan.startMs) < plan.startMs ? 0 : -1;
  return oldest >= 0 && lane.move(Kind.viewed, oldest);
}

function unlikeStorm(plan: GeneratedPlan, aim: Extract<Aim, { kind: 'unlike-storm' }>): Director {
  const from = plan.startMs + aim.atHour * HOUR_MS;
  const to = from + aim.durationMinutes * MINUTE_MS;
  let liked: Move[] = [];
  let prepared = false;
  return (lane) => {
    if (lane.timeMs < from || lane.timeMs >= to) return false;
    if (!prepared) {
      prepared = true;
      const day = plan.days.find((one) => from >= one.startMs && from < one.endMs);
      const leaders = { kind: 'leaders-fall', by: 'unlike', leaders: aim.leaders, minutesBeforeClose: 0 } as const;
      liked = day ? leadersFall(leaders, lane, day).reverse() : [];
    }
    for (let move = liked.pop(); move; move = liked.pop()) if (lane.move(move.kind, move.article)) return true;
    return false;
  };
}

/** From an hour on, a share of the events of the first lane goes to one article. */
function viral(plan: GeneratedPlan, aim: Extract<Aim, { kind: 'viral' }>): Director {
  const from = plan.startMs + aim.atHour * HOUR_MS;
  let article: number | undefined;
  return (lane) => {
    if (lane.lane !== 0 || lane.timeMs < from) return false;
    article ??= lane.world.count - 1;
    return lane.chance() < aim.share && lane.move(lane.chance() < 0.1 ? Kind.liked : Kind.viewed, article);
  };
}

/** After each deletion the article goes on receiving events, as from services that have not heard of it yet. */
function resurrection(events: number): Director {
  let article = 0;
  let left = 0;
  return (lane) => {
    if (lane.kind === Kind.deleted && left === 0) {
      article = lane.article;
      left = events;
    }
    if (left === 0) return false;
    left -= 1;
    return lane.move(left % 2 === 0 ? Kind.viewed : Kind.liked, article);
  };
}

/** Every article is viewed up to the same level, then to the next: all scores differ by one view at most. */
function allEqual(): Director {
  let level = 1;
  let article = 0;
  return (lane) => {
    const { world, viewsPerEvent } = lane;
    for (let passed = 0; passed <= world.count; passed += 1) {
      if (article >= world.count) {
        article = 0;
        level += 1;
      }
      if (
        world.table.get(article, Field.isDeleted) === 0 &&
        world.table.get(article, Field.views) < level * viewsPerEvent
      ) {
        return lane.move(Kind.viewed, article);
      }
      article += 1;
    }
    return false;
  };
}

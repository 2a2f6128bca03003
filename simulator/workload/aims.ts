// simulator/workload/aims.ts — Directed moves that read the lane's own world, because random load does not find ranking bugs.
import type { DaySpan } from '../../contract/calendar.js';
import { Kind } from '../../contract/kind.js';
import type { Aim } from '../scenario/schema.js';
import { Field } from './article-table.js';
import type { Director, DirectedLane as Lane } from './director.js';
import type { GeneratedPlan } from './plan.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export function directorsOf(plan: GeneratedPlan): Director[] {
  return plan.scenario.aim.flatMap((aim, index) => {
    const director = directorOf(aim, plan);
    return director ? [{ left: () => 0, wantsSilence: () => false, ...director, aim: index }] : [];
  });
}

type Directs = Pick<Director, 'direct'> & Partial<Director>;

function directorOf(aim: Aim, plan: GeneratedPlan): Directs | undefined {
  switch (aim.kind) {
    case 'leaders-fall':
      return beforeClose(plan, aim.minutesBeforeClose, (lane, day) => leadersFall(aim, lane, day));
    case 'ties':
      return beforeClose(plan, aim.minutesBeforeClose, (lane, day) => lifted(aim.ranks, 0, { lane, day }));
    case 'swap':
      return beforeClose(plan, aim.minutesBeforeClose, (lane, day) => lifted(aim.ranks, 1, { lane, day }));
    case 'unlike-storm':
      return unlikeStorm(plan, aim);
    case 'yesterday':
      return { direct: yesterday(plan, aim) };
    case 'viral':
      return { direct: viral(plan, aim) };
    case 'resurrection':
      return { direct: resurrection(aim.events) };
    case 'all-equal':
      return { direct: allEqual() };
    // These move times and ids; the lane itself sees to them.
    case 'midnight':
    case 'adjacent-ids':
      return undefined;
  }
}

interface Move {
  readonly kind: Kind;
  readonly article: number;
}

/** Moves that are made one after the other, the last one first; those that the world does not allow are left out. */
class Moves {
  #moves: Move[] = [];

  set(moves: Move[]): void {
    this.#moves = moves.reverse();
  }

  get left(): number {
    return this.#moves.length;
  }

  next(lane: Lane): boolean {
    for (let move = this.#moves.pop(); move; move = this.#moves.pop())
      if (lane.move(move.kind, move.article)) return true;
    return false;
  }
}

/** Moves for the last minutes of each day, or of a load that ends sooner. Afterwards no listable article is touched. */
function beforeClose(plan: GeneratedPlan, minutes: number, movesOf: (lane: Lane, day: DaySpan) => Move[]): Directs {
  let prepared: DaySpan | undefined;
  // Moves that a day had no time for are not made on the next day.
  let lost = 0;
  const moves = new Moves();
  const closing = (timeMs: number) =>
    plan.days.find(
      ({ startMs, endMs }) =>
        timeMs >= startMs && timeMs < endMs && timeMs >= Math.min(endMs, plan.endMs) - minutes * MINUTE_MS,
    );
  return {
    direct(lane) {
      const day = closing(lane.timeMs);
      if (!day) return false;
      if (prepared !== day) {
        lost += moves.left;
        prepared = day;
        moves.set(movesOf(lane, day));
      }
      return moves.next(lane);
    },
    left: () => lost + moves.left,
    wantsSilence: (timeMs) => closing(timeMs) !== undefined,
  };
}

/** An event that no list counts: a view of another day’s article or, without such articles, an update. */
export function passTime(lane: Lane): boolean {
  const { world } = lane;
  const isOlder = world.older > 0;
  const among = isOlder ? world.older : world.count;
  const first = Math.floor(lane.chance() * among);
  for (let i = 0; i < among; i += 1) {
    const article = (first + i) % among;
    if (world.table.get(article, Field.isDeleted) === 0)
      return lane.move(isOlder ? Kind.viewed : Kind.updated, article);
  }
  return false;
}

function leadersFall(aim: Extract<Aim, { kind: 'leaders-fall' }>, lane: Lane, day: DaySpan): Move[] {
  const leaders = ranking(lane, day).slice(0, aim.leaders);
  if (aim.by === 'unlike') return lostLikes(lane, leaders);
  return leaders.map(({ article }) => ({ kind: Kind.deleted, article }));
}

/** Every like that stands is taken back. */
function lostLikes({ world }: Lane, leaders: readonly { readonly article: number }[]): Move[] {
  return leaders.flatMap(({ article }) => {
    const likes = world.table.get(article, Field.likes) - world.table.get(article, Field.unlikes);
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
    if ((world.createdMs[article] ?? 0) >= day.endMs) continue;
    if (world.table.get(article, Field.isDeleted) !== 0) continue;
    rows.push({ article, score: world.table.score(article, weights) });
  }
  // The newer one first: the rows are in that order, and sorting keeps it.
  return rows.sort((a, b) => b.score - a.score);
}

function unlikeStorm(plan: GeneratedPlan, aim: Extract<Aim, { kind: 'unlike-storm' }>): Directs {
  const from = plan.startMs + aim.atHour * HOUR_MS;
  const to = from + aim.durationMinutes * MINUTE_MS;
  const moves = new Moves();
  let isPrepared = false;
  return {
    direct(lane) {
      if (lane.timeMs < from || lane.timeMs >= to) return false;
      const day = plan.days.find((one) => from >= one.startMs && from < one.endMs);
      if (!isPrepared && day) moves.set(lostLikes(lane, ranking(lane, day).slice(0, aim.leaders)));
      isPrepared = true;
      return moves.next(lane);
    },
    left: () => moves.left,
  };
}

/** After a day's close its leaders are liked, and the like is taken back one event later. Neither may count. */
function yesterday(plan: GeneratedPlan, aim: Extract<Aim, { kind: 'yesterday' }>): Director['direct'] {
  let closed: DaySpan | undefined;
  let leaders: readonly number[] = [];
  let turn = 0;
  return (lane) => {
    const day = plan.days.find(({ endMs }) => lane.timeMs >= endMs && lane.timeMs < endMs + aim.forMinutes * MINUTE_MS);
    if (!day || lane.chance() >= aim.share) return false;
    if (closed !== day) {
      closed = day;
      leaders = ranking(lane, day)
        .slice(0, aim.leaders)
        .map(({ article }) => article);
    }
    const article = leaders[(turn >> 1) % leaders.length];
    if (article === undefined || lane.world.table.get(article, Field.isDeleted) !== 0) return false;
    const kind = turn % 2 === 0 ? Kind.liked : Kind.unliked;
    turn += 1;
    return lane.move(kind, article);
  };
}

/** From an hour on, a share of the events of the first lane goes to one article. */
function viral(plan: GeneratedPlan, aim: Extract<Aim, { kind: 'viral' }>): Director['direct'] {
  const from = plan.startMs + aim.atHour * HOUR_MS;
  let article: number | undefined;
  return (lane) => {
    if (lane.lane !== 0 || lane.timeMs < from) return false;
    if (article === undefined || lane.world.table.get(article, Field.isDeleted) !== 0) article = newest(lane);
    return lane.chance() < aim.share && lane.move(lane.chance() < 0.1 ? Kind.liked : Kind.viewed, article);
  };
}

function newest({ world }: Lane): number {
  let article = world.count - 1;
  while (article > 0 && world.table.get(article, Field.isDeleted) !== 0) article -= 1;
  return article;
}

/** After its deletion an article goes on receiving events, as from services that do not know of the deletion yet. */
function resurrection(events: number): Director['direct'] {
  let deleted: number | undefined;
  let left = 0;
  return (lane) => {
    if (left === 0 && lane.world.lastDeleted !== deleted) {
      deleted = lane.world.lastDeleted;
      left = events;
    }
    if (left === 0 || deleted === undefined) return false;
    left -= 1;
    return lane.move(left % 2 === 0 ? Kind.viewed : Kind.liked, deleted);
  };
}

/** Every article is viewed up to the same level, then up to the next. So scores differ by one view at most. */
function allEqual(): Director['direct'] {
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

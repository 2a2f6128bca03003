// simulator/judge/naming/found-lists.ts — Bugs that the found lists themselves tell: other weights, another limit, a list that is gone or under another key, scores that do not fit.
import type { Day } from '../../../contract/events.js';
import { type Counts, type Ranked, type Rules, scoreOf } from '../../../contract/rules.js';
import type { BugName } from '../../vocabulary/bugs.js';
import { COLUMNS } from './counts.js';
import type { Explanation } from './explanation.js';
import { rowOrder } from './row-order.js';
import type { FoundDay } from './shown-facts.js';
import type { VariantFold } from './variant-fold.js';
import { tornScores, withoutCounts } from './wrong-scores.js';

export function readFromLists(found: readonly FoundDay[], base: VariantFold, rules: Rules): Explanation[] {
  return [...otherWeights(found, base, rules), ...otherLimit(found, base, (rows) => rows > rules.top)];
}

/** These fit too much to be tried beside the others. They are tried when nothing else explains what was found. */
export const LAST_RESORTS: readonly string[] = [
  'WRONG_LIMIT',
  'RETENTION',
  'KEYSPACE',
  'MISSING_AS_ZERO',
  'SCORE_TORN',
] as const satisfies readonly BugName[];

export function lastResorts(found: readonly FoundDay[], base: VariantFold): Explanation[] {
  const zero = withoutCounts(found, base, { mayMiss: () => true });
  const torn = tornScores(found, base);
  const scores: Explanation[] = [];
  if (zero) scores.push({ name: 'MISSING_AS_ZERO', does: 'a count that could not be read is taken for 0', list: zero });
  if (torn) {
    const does = 'the score in the list does not fit the counts, which are right';
    scores.push({ name: 'SCORE_TORN', does, list: torn });
  }
  return [
    ...otherLimit(found, base, (rows) => rows < base.top),
    ...gone(found, base),
    ...moved(found, base),
    ...scores,
  ];
}

const MAX_WEIGHT = 20;
const MIN_ROWS = 3;

/** The nearest to the rules of all small integers that give every found row its score. */
function otherWeights(found: readonly FoundDay[], base: VariantFold, rules: Rules): Explanation[] {
  const rows = found.flatMap(({ day, list }) =>
    list.flatMap(({ articleId, score }) => {
      const counts = base.counts(articleId, day);
      return counts && counts.like + counts.comment + counts.view > 0 ? [{ counts, score }] : [];
    }),
  );
  const weights = rows.length < MIN_ROWS ? undefined : nearestWeights(rows, rules);
  if (!weights || distance(weights, rules.weights) === 0) return [];
  const users = rules.weights.commenter > 0 ? ` + ${weights.commenter} x users who commented` : '';
  const does = `score = ${weights.like} x likes + ${weights.comment} x comments + ${weights.view} x views${users}`;
  return [{ name: 'WRONG_WEIGHTS', does, list: (day) => base.list(day, { weights }) }];
}

interface ScoredCounts {
  readonly counts: Counts;
  readonly score: number;
}

function nearestWeights(rows: readonly ScoredCounts[], rules: Rules): Rules['weights'] | undefined {
  let nearest: Rules['weights'] | undefined;
  for (const weights of smallWeights(rules.weights.commenter > 0)) {
    if (nearest && distance(weights, rules.weights) >= distance(nearest, rules.weights)) continue;
    if (rows.every(({ counts, score }) => scoreOf({ ...rules, weights }, counts) === score)) nearest = weights;
  }
  return nearest;
}

function* smallWeights(hasCommenters: boolean): Generator<Rules['weights']> {
  const maxCommenter = hasCommenters ? MAX_WEIGHT : 0;
  for (let like = 0; like <= MAX_WEIGHT; like += 1)
    for (let comment = 0; comment <= MAX_WEIGHT; comment += 1)
      for (let view = 0; view <= MAX_WEIGHT; view += 1)
        for (let commenter = 0; commenter <= maxCommenter; commenter += 1) yield { like, comment, view, commenter };
}

function distance(a: Rules['weights'], b: Rules['weights']): number {
  return COLUMNS.reduce((sum, column) => sum + Math.abs(a[column] - b[column]), 0);
}

function otherLimit(found: readonly FoundDay[], base: VariantFold, isMeant: (rows: number) => boolean): Explanation[] {
  const rows = Math.max(0, ...found.map(({ list }) => list.length));
  if (rows === 0 || !isMeant(rows)) return [];
  return [{ name: 'WRONG_LIMIT', does: `a list has ${rows} rows`, list: (day) => base.list(day, { rows }) }];
}

/** A list is missing that must still be there, perhaps with all counts of its day. The other lists are right. */
function gone(found: readonly FoundDay[], base: VariantFold): Explanation[] {
  const days = found.filter(({ day, list }) => list.length === 0 && base.list(day).length > 0).map(({ day }) => day);
  if (days.length === 0) return [];
  const emptied = found.filter(({ day, counts }) => {
    const right = base.list(day, { rows: Number.POSITIVE_INFINITY });
    return days.includes(day) && counts && right.every(({ articleId }) => !counts(articleId));
  });
  const isEmptied = (day: Day) => emptied.some((one) => one.day === day);
  const list = (day: Day) => (days.includes(day) ? [] : base.list(day));
  const counts = (articleId: string, day: Day) => (isEmptied(day) ? undefined : base.counts(articleId, day));
  const bugs: Explanation[] = [
    { name: 'RETENTION', does: `the list of ${days.join(', ')} is gone too early`, list, counts },
  ];
  if (days.length === found.length) bugs.push({ name: 'KEYSPACE', does: 'no list is under its key', list, counts });
  return bugs;
}

/** A day's list is under the key of another day. */
function moved(found: readonly FoundDay[], base: VariantFold): Explanation[] {
  const textOf = (list: readonly Ranked[]) => JSON.stringify([...list].sort(rowOrder('newest first')));
  const owners = new Map(found.map(({ day }) => [textOf(base.list(day)), day]));
  const places = found.flatMap(({ day, list }) => {
    const owner = list.length > 0 && textOf(list) !== textOf(base.list(day)) ? owners.get(textOf(list)) : undefined;
    return owner === undefined ? [] : [{ day, owner }];
  });
  if (places.length === 0) return [];
  const does = places.map(({ day, owner }) => `the list of ${owner} stands under the key of ${day}`).join(', ');
  const empty = new Set(found.filter(({ list }) => list.length === 0).map(({ day }) => day));
  const ownerOf = (day: Day) => places.find((place) => place.day === day)?.owner ?? day;
  return [{ name: 'KEYSPACE', does, list: (day) => (empty.has(day) ? [] : base.list(ownerOf(day))) }];
}

// simulator/judge/naming/found-lists.ts — Bugs that the found lists themselves tell: other weights, another limit, a list that is gone or under another key, scores that do not fit.
import type { Day } from '../../../contract/events.js';
import { type Counts, type Ranked, type Rules, scoreOf } from '../../../contract/rules.js';
import { type BugName, isBugName } from '../../vocabulary/bugs.js';
import type { Cause } from './causes.js';
import { COLUMNS } from './counts.js';
import type { Explanation, VariantWithFold } from './explanation.js';
import { NO_COUNTS } from './kept-counts.js';
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

/** Two bugs at once, the second one read from lists that have the first; undefined for a pair of pairs. */
export function bothOf({ variant, fold }: VariantWithFold, read: Explanation): Explanation | undefined {
  if (!isBugName(variant.name) || !isBugName(read.name)) return undefined;
  const { list, does } = read;
  return {
    name: `${variant.name} and ${read.name}`,
    does: `${variant.does}, and ${does}`,
    list,
    counts: (articleId, day) => fold.counts(articleId, day),
  };
}

/** Other weights in a list of another length. */
export function weightsAndLimit(found: readonly FoundDay[], base: VariantFold, rules: Rules): Explanation[] {
  const rows = Math.max(0, ...found.map(({ list }) => list.length));
  const weights = fittingWeights(found, base, rules);
  if (!weights || rows === 0 || rows === rules.top) return [];
  const does = `${weightsText(weights, rules)}, and a list has ${rows} rows`;
  return [{ name: 'WRONG_WEIGHTS and WRONG_LIMIT', does, list: (day) => base.list(day, { weights, rows }) }];
}

const MAX_WEIGHT = 20;
const MIN_ROWS = 3;
/** Where other bugs are at work, too: the minimum of rows, the share of them that must fit, and the share that may fit by the rules. */
const MIN_ROWS_OF_MOST = 6;
const MOST = 0.8;
const FEW = 0.5;
/** Rows that the next best weights must fit less. */
const MARGIN = 2;

/** Weights that give most rows their scores, where those of the rules give few. Another bug decides which rows are there. */
export function weightsOfMostRows(found: readonly FoundDay[], base: VariantFold, rules: Rules): Cause<BugName>[] {
  const rows = scoredRows(found, base);
  if (rows.length < MIN_ROWS_OF_MOST) return [];
  const fitting = (weights: Rules['weights']) => {
    const by = { ...rules, weights };
    return rows.filter(({ counts, score }) => scoreOf(by, counts) === score).length;
  };
  if (fitting(rules.weights) > FEW * rows.length) return [];
  let best: { readonly weights: Rules['weights']; readonly fits: number } | undefined;
  let rival = 0;
  for (const weights of smallWeights(rules.weights.commenter > 0)) {
    const fits = fitting(weights);
    if (!best || fits > best.fits) {
      rival = best?.fits ?? 0;
      best = { weights, fits };
    } else rival = Math.max(rival, fits);
  }
  // Equal counts fit many weights: then no weights are known.
  if (!best || best.fits < MOST * rows.length || rival > best.fits - MARGIN) return [];
  const does = `${weightsText(best.weights, rules)}, in ${best.fits} of ${rows.length} rows`;
  return [{ name: 'WRONG_WEIGHTS', does }];
}

/** The nearest to the rules of all small integers that give every found row its score. */
function otherWeights(found: readonly FoundDay[], base: VariantFold, rules: Rules): Explanation[] {
  const weights = fittingWeights(found, base, rules);
  if (!weights) return [];
  return [{ name: 'WRONG_WEIGHTS', does: weightsText(weights, rules), list: (day) => base.list(day, { weights }) }];
}

/** Undefined when the weights of the rules fit, or none. */
function fittingWeights(found: readonly FoundDay[], base: VariantFold, rules: Rules): Rules['weights'] | undefined {
  const rows = scoredRows(found, base);
  const weights = rows.length < MIN_ROWS ? undefined : nearestWeights(rows, rules);
  return weights && distance(weights, rules.weights) > 0 ? weights : undefined;
}

function scoredRows(found: readonly FoundDay[], base: VariantFold): ScoredCounts[] {
  return found.flatMap(({ day, list }) =>
    list.flatMap(({ articleId, score }) => {
      const counts = base.counts(articleId, day);
      return counts && counts.like + counts.comment + counts.view > 0 ? [{ counts, score }] : [];
    }),
  );
}

function weightsText({ like, comment, view, commenter }: Rules['weights'], rules: Rules): string {
  const users = rules.weights.commenter > 0 ? ` + ${commenter} x users who commented` : '';
  return `score = ${like} x likes + ${comment} x comments + ${view} x views${users}`;
}

interface ScoredCounts {
  readonly counts: Counts;
  readonly score: number;
}

function nearestWeights(rows: readonly ScoredCounts[], rules: Rules): Rules['weights'] | undefined {
  let nearest: Rules['weights'] | undefined;
  const [first] = rows;
  if (!first) return undefined;
  for (const weights of smallWeights(rules.weights.commenter > 0, first)) {
    if (nearest && distance(weights, rules.weights) >= distance(nearest, rules.weights)) continue;
    if (rows.every(({ counts, score }) => scoreOf({ ...rules, weights }, counts) === score)) nearest = weights;
  }
  return nearest;
}

/** All of them, or those that give one row its score. */
function* smallWeights(hasCommenters: boolean, row?: ScoredCounts): Generator<Rules['weights']> {
  const maxCommenter = hasCommenters ? MAX_WEIGHT : 0;
  const counts: Counts = row?.counts ?? NO_COUNTS;
  const { like: likes, comment: comments, view: views, commenter: commenters = 0 } = counts;
  const score = row?.score ?? 0;
  for (let like = 0; like <= MAX_WEIGHT; like += 1)
    for (let comment = 0; comment <= MAX_WEIGHT; comment += 1)
      for (let view = 0; view <= MAX_WEIGHT; view += 1)
        for (let commenter = 0; commenter <= maxCommenter; commenter += 1) {
          const fits = like * likes + comment * comments + view * views + commenter * commenters === score;
          if (fits) yield { like, comment, view, commenter };
        }
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

// simulator/judge/naming/explanations.ts — Bugs that are read from the lists that were found: other weights, another limit, a list that is gone or stands elsewhere, scores that do not fit their counts.
import type { Day } from '../../../contract/events.js';
import { type Ranked, type Rules, scoreOf } from '../../../contract/rules.js';
import { orderOf } from './list-order.js';
import type { Variant } from './traits.js';
import type { VariantFold } from './variant-fold.js';

export interface FoundDay {
  readonly day: Day;
  readonly list: readonly Ranked[];
  /** like, comment, view, and commenter where it has a weight, of an article with a score, as the consumer shows them; undefined when it shows none at all. */
  readonly counts: ((articleId: string) => readonly number[] | undefined) | undefined;
}

/** What a bug would have shown. */
export interface Explanation {
  readonly name: string;
  readonly does: string;
  readonly list: (day: Day) => readonly Ranked[];
  /** Undefined: the right ones. */
  readonly counts?: (articleId: string, day: Day) => readonly number[] | undefined;
  /** Undefined when it was not folded from the history. */
  readonly variant?: Variant;
  readonly fold?: VariantFold;
}

export function readFromLists(found: readonly FoundDay[], base: VariantFold, rules: Rules): Explanation[] {
  return [...otherWeights(found, base, rules), ...otherLimit(found, base, (rows) => rows > rules.top)];
}

const MAX_WEIGHT = 20;

/** Of all small integers that give every found row its score, those nearest to the rules. */
function otherWeights(found: readonly FoundDay[], base: VariantFold, rules: Rules): Explanation[] {
  const rows = found.flatMap(({ day, list }) =>
    list.flatMap(({ articleId, score }) => {
      const [like = 0, comment = 0, view = 0, commenter = 0] = base.counts(articleId, day) ?? [];
      return like + comment + view > 0 ? [{ like, comment, view, commenter, score }] : [];
    }),
  );
  if (rows.length < 3) return [];
  let nearest: Rules['weights'] | undefined;
  for (const weights of smallWeights(rules.weights.commenter > 0)) {
    if (nearest && distance(weights, rules.weights) >= distance(nearest, rules.weights)) continue;
    if (rows.every((row) => scoreOf({ ...rules, weights }, row) === row.score)) nearest = weights;
  }
  if (!nearest || distance(nearest, rules.weights) === 0) return [];
  const weights = nearest;
  const users = rules.weights.commenter > 0 ? ` + ${weights.commenter} x users who commented` : '';
  const does = `score = ${weights.like} x likes + ${weights.comment} x comments + ${weights.view} x views${users}`;
  return [{ name: 'WRONG_WEIGHTS', does, list: (day) => base.list(day, { weights }) }];
}

function* smallWeights(hasCommenters: boolean): Generator<Rules['weights']> {
  const most = hasCommenters ? MAX_WEIGHT : 0;
  for (let like = 0; like <= MAX_WEIGHT; like += 1)
    for (let comment = 0; comment <= MAX_WEIGHT; comment += 1)
      for (let view = 0; view <= MAX_WEIGHT; view += 1)
        for (let commenter = 0; commenter <= most; commenter += 1) yield { like, comment, view, commenter };
}

function distance(a: Rules['weights'], b: Rules['weights']): number {
  const columns = ['like', 'comment', 'view', 'commenter'] as const;
  return columns.reduce((sum, column) => sum + Math.abs(a[column] - b[column]), 0);
}

function otherLimit(found: readonly FoundDay[], base: VariantFold, isMeant: (rows: number) => boolean): Explanation[] {
  const rows = Math.max(0, ...found.map(({ list }) => list.length));
  if (rows === 0 || !isMeant(rows)) return [];
  return [{ name: 'WRONG_LIMIT', does: `a list has ${rows} rows`, list: (day) => base.list(day, { rows }) }];
}

/** A list that must still be there is not, perhaps with all that is known of its day; the others are right. */
function gone(found: readonly FoundDay[], base: VariantFold): Explanation[] {
  const days = found.filter(({ day, list }) => list.length === 0 && base.list(day).length > 0).map(({ day }) => day);
  if (days.length === 0) return [];
  const emptied = found.filter(({ day, counts }) => {
    const right = base.list(day, { rows: Number.POSITIVE_INFINITY });
    return days.includes(day) && counts && right.every(({ articleId }) => !counts(articleId));
  });
  const isEmptied = (day: Day) => emptied.some((one) => one.day === day);
  const shown = {
    list: (day: Day) => (days.includes(day) ? [] : base.list(day)),
    counts: (articleId: string, day: Day) => (isEmptied(day) ? undefined : base.counts(articleId, day)),
  };
  const elsewhere =
    days.length === found.length ? [{ name: 'KEYSPACE', does: 'no list is under its key', ...shown }] : [];
  return [{ name: 'RETENTION', does: `the list of ${days.join(', ')} is gone too early`, ...shown }, ...elsewhere];
}

/** A day's list stands under another day's key. */
function moved(found: readonly FoundDay[], base: VariantFold): Explanation[] {
  const textOf = (list: readonly Ranked[]) => JSON.stringify([...list].sort(orderOf('newest first')));
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

/** Names of those that would explain too much to be tried beside the others. */
export const LAST_RESORTS: readonly string[] = [
  'WRONG_LIMIT',
  'RETENTION',
  'KEYSPACE',
  'MISSING_AS_ZERO',
  'SCORE_TORN',
];

export function lastResorts(found: readonly FoundDay[], base: VariantFold): Explanation[] {
  const zero = withoutCounts(found, base, () => true);
  const areRight = (counts: readonly number[], shown: readonly number[] | undefined) => shown?.join() === counts.join();
  const torn = rescored(found, base, {
    isReason: (_, counts, shown) => areRight(counts, shown),
    mayBeBelow: (_, counts, shown) => areRight(counts, shown),
  });
  return [
    ...otherLimit(found, base, (rows) => rows < base.top),
    ...gone(found, base),
    ...moved(found, base),
    ...(zero ? [{ name: 'MISSING_AS_ZERO', does: 'a count that could not be read is taken for 0', list: zero }] : []),
    ...(torn
      ? [{ name: 'SCORE_TORN', does: 'the score in the list does not fit the counts, which are right', list: torn }]
      : []),
  ];
}

/**
 * The right lists, but for scores in which counts are taken for 0; undefined when no score is wrong so.
 * @param mayMiss by position: like, comment, view, commenter @param isMissingEnough where all that is wrong may be that articles are missing
 */
export function withoutCounts(
  found: readonly FoundDay[],
  base: VariantFold,
  mayMiss: (position: number, of: ArticleOfDay) => boolean,
  isMissingEnough = false,
): Explanation['list'] | undefined {
  const { like, comment, view, commenter } = base.weights;
  /** But for the score with all counts, which comes last. */
  const scores = (counts: readonly number[], of: ArticleOfDay) =>
    [like, comment, view, commenter]
      .slice(0, counts.length)
      .map((weight, position) => weight * (counts[position] ?? 0))
      .reduce((sums, part, at) => sums.flatMap((sum) => (mayMiss(at, of) ? [sum, sum + part] : [sum + part])), [0])
      .slice(0, -1);
  return rescored(found, base, {
    isReason: (score, counts, _, of) => scores(counts, of).includes(score),
    mayBeBelow: (least, counts, _, of) => scores(counts, of).some((score) => score <= least),
    isMissingEnough,
  });
}

/** Of the counts as they should be, and as the consumer shows them. */
interface WrongScore {
  /** Else articles that are missing alone are no sign of it. */
  readonly isMissingEnough?: boolean;
  /** Whether this is how the score of a listed article is wrong. */
  isReason(score: number, counts: readonly number[], shown: readonly number[] | undefined, of: ArticleOfDay): boolean;
  /** Whether an article that should be in the list could so have come below its least score. */
  mayBeBelow(least: number, counts: readonly number[], shown: readonly number[] | undefined, of: ArticleOfDay): boolean;
}

export interface ArticleOfDay {
  readonly articleId: string;
  readonly day: Day;
}

/** The right lists, but for scores that are wrong in this way; undefined when no score is. */
function rescored(found: readonly FoundDay[], base: VariantFold, wrong: WrongScore): Explanation['list'] | undefined {
  const scores = new Map<string, number>();
  const fallen = new Set<string>();
  for (const { day, list, counts: shown } of found) {
    const all = base.list(day, { rows: Number.POSITIVE_INFINITY });
    const right = new Map(all.map((row) => [row.articleId, row.score]));
    const least = list.length < base.top ? 0 : Math.min(...list.map(({ score }) => score));
    const listed = new Set(list.map(({ articleId }) => articleId));
    for (const { articleId, score } of list) {
      const counts = base.counts(articleId, day);
      if (!counts || right.get(articleId) === score) continue;
      if (wrong.isReason(score, counts, shown?.(articleId), { articleId, day }))
        scores.set(`${day} ${articleId}`, score);
    }
    for (const { articleId, score } of all) {
      const counts = base.counts(articleId, day);
      if (score < least || listed.has(articleId) || !counts) continue;
      if (wrong.mayBeBelow(least, counts, shown?.(articleId), { articleId, day })) fallen.add(`${day} ${articleId}`);
    }
  }
  if (scores.size === 0 && !(wrong.isMissingEnough && fallen.size > 0)) return undefined;
  return (day) => {
    const rows = base.list(day, { rows: Number.POSITIVE_INFINITY });
    const changed = rows
      .filter(({ articleId }) => !fallen.has(`${day} ${articleId}`))
      .map((row) => ({ ...row, score: scores.get(`${day} ${row.articleId}`) ?? row.score }));
    return changed.sort(orderOf(base.traits.ties)).slice(0, base.top);
  };
}

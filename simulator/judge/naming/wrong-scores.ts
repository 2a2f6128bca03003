// simulator/judge/naming/wrong-scores.ts — Lists that are right but for some scores, and for articles that fell out of the list with such a score.
import type { Day } from '../../../contract/events.js';
import type { Counts } from '../../../contract/rules.js';
import { COLUMNS, type Column, sameCounts } from './counts.js';
import type { Explanation } from './explanation.js';
import { rowOrder } from './row-order.js';
import type { FoundDay } from './shown-facts.js';
import type { VariantFold } from './variant-fold.js';

export interface ArticleOfDay {
  readonly articleId: string;
  readonly day: Day;
}

interface MissingCounts {
  readonly mayMiss: (column: Column, of: ArticleOfDay) => boolean;
  /** Whether it is enough that articles are missing, when no score is wrong. */
  readonly isMissingEnough?: boolean;
}

/** Some counts are taken for 0; undefined when no score is wrong like that. */
export function withoutCounts(
  found: readonly FoundDay[],
  base: VariantFold,
  { mayMiss, isMissingEnough = false }: MissingCounts,
): Explanation['list'] | undefined {
  const scores = (counts: Counts, of: ArticleOfDay) => {
    let sums = [0];
    for (const column of COLUMNS) {
      const count = counts[column];
      if (count === undefined) continue;
      const part = base.weights[column] * count;
      sums = sums.flatMap((sum) => (mayMiss(column, of) ? [sum, sum + part] : [sum + part]));
    }
    // The last one has all counts, and is the right score.
    return sums.slice(0, -1);
  };
  return rescored(found, base, {
    isReason: (score, { right, of }) => scores(right, of).includes(score),
    mayBeBelow: (least, { right, of }) => scores(right, of).some((score) => score <= least),
    isMissingEnough,
  });
}

/** The counts are right, and the score does not fit them; undefined when no score is wrong like that. */
export function tornScores(found: readonly FoundDay[], base: VariantFold): Explanation['list'] | undefined {
  return rescored(found, base, {
    isReason: (_, { right, shown }) => sameCounts(shown, right),
    mayBeBelow: (_, { right, shown }) => sameCounts(shown, right),
    isMissingEnough: false,
  });
}

interface JudgedCounts {
  readonly right: Counts;
  /** As the consumer shows them. */
  readonly shown: Counts | undefined;
  readonly of: ArticleOfDay;
}

interface WrongScore {
  /** Whether this is how the score of a listed article is wrong. */
  isReason(score: number, counts: JudgedCounts): boolean;
  /** Whether an article that should be listed could have come below the least score of the list like this. */
  mayBeBelow(least: number, counts: JudgedCounts): boolean;
  readonly isMissingEnough: boolean;
}

function rescored(found: readonly FoundDay[], base: VariantFold, wrong: WrongScore): Explanation['list'] | undefined {
  const scores = new Map<string, number>();
  const fallen = new Set<string>();
  for (const { day, list, counts: shown } of found) {
    const all = base.list(day, { rows: Number.POSITIVE_INFINITY });
    const rightScores = new Map(all.map((row) => [row.articleId, row.score]));
    const least = list.length < base.top ? 0 : Math.min(...list.map(({ score }) => score));
    const listed = new Set(list.map(({ articleId }) => articleId));
    const judged = (articleId: string): JudgedCounts | undefined => {
      const right = base.counts(articleId, day);
      return right && { right, shown: shown?.(articleId), of: { articleId, day } };
    };
    for (const { articleId, score } of list) {
      const counts = judged(articleId);
      if (!counts || rightScores.get(articleId) === score) continue;
      if (wrong.isReason(score, counts)) scores.set(`${day} ${articleId}`, score);
    }
    for (const { articleId, score } of all) {
      const counts = judged(articleId);
      if (score < least || listed.has(articleId) || !counts) continue;
      if (wrong.mayBeBelow(least, counts)) fallen.add(`${day} ${articleId}`);
    }
  }
  if (scores.size === 0 && !(wrong.isMissingEnough && fallen.size > 0)) return undefined;
  return (day) => {
    const rows = base.list(day, { rows: Number.POSITIVE_INFINITY });
    const changed = rows
      .filter(({ articleId }) => !fallen.has(`${day} ${articleId}`))
      .map((row) => ({ ...row, score: scores.get(`${day} ${row.articleId}`) ?? row.score }));
    return changed.sort(rowOrder(base.traits.ties)).slice(0, base.top);
  };
}

// contract/rules.ts — The rules of the ranking, as data; the only definition of what is right.
import { compareIds, isId } from './ids.js';

export interface Rules {
  /** Rows in a day's list. */
  readonly top: number;
  /** `commenter`: weight of a user with a comment of the day that still stands; 0 where commenters are not counted. */
  readonly weights: {
    readonly like: number;
    readonly comment: number;
    readonly view: number;
    readonly commenter: number;
  };
  /** IANA zone; every day is a local date in it. */
  readonly zone: string;
  /** Minutes after the day's end at which clients are first given it. */
  readonly publishedAfterMinutes: number;
  /** Published days that can still be read. */
  readonly historyDays: number;
}

export const DEFAULT_RULES: Rules = {
  top: 10,
  weights: { like: 3, comment: 2, view: 1, commenter: 0 },
  zone: 'Asia/Seoul',
  publishedAfterMinutes: 60,
  historyDays: 7,
};

export interface Counts {
  readonly like: number;
  readonly comment: number;
  readonly view: number;
  /** Users who commented; no event carries it. Absent where it has no weight. */
  readonly commenter?: number;
}

export function scoreOf(rules: Rules, counts: Counts): number {
  const { like, comment, view, commenter } = rules.weights;
  const counted = like * counts.like + comment * counts.comment + view * counts.view;
  return commenter === 0 ? counted : counted + commenter * (counts.commenter ?? 0);
}

export interface Ranked {
  /** 64-bit decimal. */
  readonly articleId: string;
  readonly score: number;
}

/** List order: higher score first, then the newer article (the larger id, as an integer). */
export function compareRanked(a: Ranked, b: Ranked): number {
  return b.score - a.score || compareIds(b.articleId, a.articleId);
}

/** As compareRanked, for rows as they were found: foreign members need not be ids. */
export function compareListed(a: Ranked, b: Ranked): number {
  return isId(a.articleId) && isId(b.articleId) ? compareRanked(a, b) : b.score - a.score;
}

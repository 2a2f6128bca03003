// simulator/judge/naming/article-state.ts — An article as a consumer keeps it.
import type { Day } from '../../../contract/events.js';
import { copyOfCounts, type KeptCounts } from './kept-counts.js';

export interface ArticleState {
  readonly id: string;
  day: Day | undefined;
  isDeleted: boolean;
  isWithdrawn: boolean;
  /** By the day that events belong to. */
  readonly counts: Map<Day, KeptCounts>;
  /** The same article in folds that have made something else of an event, by their index. */
  readonly apart: (ArticleState | undefined)[];
}

export function newArticle(id: string): ArticleState {
  return { id, day: undefined, isDeleted: false, isWithdrawn: false, counts: new Map(), apart: [] };
}

export function copyOfArticle({ id, day, isDeleted, isWithdrawn, counts }: ArticleState): ArticleState {
  const copies = new Map<Day, KeptCounts>();
  for (const [of, kept] of counts) copies.set(of, copyOfCounts(kept));
  return { id, day, isDeleted, isWithdrawn, counts: copies, apart: [] };
}

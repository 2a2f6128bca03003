// simulator/judge/naming/shown-facts.ts — What a consumer shows of its ranking, as texts that can be compared: rows of lists, and counts of articles.
import type { Day } from '../../../contract/events.js';
import type { Counts, Ranked } from '../../../contract/rules.js';

/** What was found of a day, or would be found with a bug. */
export interface FoundDay {
  readonly day: Day;
  readonly list: readonly Ranked[];
  /** Counts of articles with a score, as the consumer shows them; undefined when it shows none at all. */
  readonly counts: ((articleId: string) => Counts | undefined) | undefined;
}

/** One text for each row of the list and, where the consumer shows them, for the counts of each candidate. */
export function addFacts(facts: Set<string>, { day, list, counts }: FoundDay, candidates: Iterable<string>): void {
  for (const { articleId, score } of list) facts.add(`${day} ${articleId} ${score}`);
  if (!counts) return;
  for (const articleId of candidates) {
    const shown = counts(articleId);
    if (!shown) continue;
    const { like, comment, view, commenter } = shown;
    facts.add(`${day} ${articleId} ${like} ${comment} ${view} ${commenter ?? ''}`);
  }
}

/** How many are in one of them only. */
export function differences(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let different = 0;
  for (const fact of a) if (!b.has(fact)) different += 1;
  for (const fact of b) if (!a.has(fact)) different += 1;
  return different;
}

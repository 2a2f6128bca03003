// simulator/judge/naming/facts.ts — What is seen of a ranking, as texts that can be compared: rows of lists and counts of articles.
import type { Day } from '../../../contract/events.js';
import type { Ranked } from '../../../contract/rules.js';
import type { FoundDay } from './explanations.js';

/** Rows of a list and, where the consumer shows them, counts of candidates, one text each. */
export function addFacts(
  facts: Set<string>,
  day: Day,
  shown: {
    readonly list: readonly Ranked[];
    readonly counts: FoundDay['counts'];
    readonly candidates: Iterable<string>;
  },
): void {
  for (const { articleId, score } of shown.list) facts.add(`${day} ${articleId} ${score}`);
  if (!shown.counts) return;
  for (const articleId of shown.candidates) {
    const values = shown.counts(articleId);
    if (values) facts.add(`${day} ${articleId} ${values.join(' ')}`);
  }
}

/** How many are in one of them only. */
export function differences(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let different = 0;
  for (const fact of a) if (!b.has(fact)) different += 1;
  for (const fact of b) if (!a.has(fact)) different += 1;
  return different;
}

// simulator/judge/naming/given-counts.ts — Which counts the events of the log gave: to each candidate, and to any article.
import type { Counts } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import { COLUMNS, type Column, type CounterName, countEventOf } from './counts.js';

type CountSets = Readonly<Record<CounterName, Set<number>>>;

export class GivenCounts {
  readonly #candidates: ReadonlySet<string>;
  readonly #ofArticles = new Map<string, CountSets>();
  readonly #ofAny: CountSets = { like: new Set(), comment: new Set(), view: new Set() };

  constructor(candidates: ReadonlySet<string>) {
    this.#candidates = candidates;
  }

  add({ event: given }: LogEvent): void {
    const one = countEventOf(given);
    if (!one) return;
    const { counter, event } = one;
    this.#ofAny[counter].add(event.count);
    if (!this.#candidates.has(event.articleId)) return;
    const sets = this.#ofArticles.get(event.articleId) ?? {
      like: new Set([0]),
      comment: new Set([0]),
      view: new Set([0]),
    };
    this.#ofArticles.set(event.articleId, sets);
    sets[counter].add(event.count);
  }

  /** Candidates with a count event. */
  articles(): Iterable<string> {
    return this.#ofArticles.keys();
  }

  /** Whether the article had each of these counts at some time, not necessarily at once. */
  had(articleId: string, counts: Counts): boolean {
    return COLUMNS.every((column) => {
      const count = counts[column] ?? 0;
      return this.#setOf(articleId, column)?.has(count) ?? count === 0;
    });
  }

  /** Whether any article ever had this count. */
  wasGiven(counter: CounterName, count: number): boolean {
    return this.#ofAny[counter].has(count);
  }

  /** The most that the article ever had; 0 without any event. */
  highest(articleId: string, counter: CounterName): number {
    let highest = 0;
    for (const count of this.#setOf(articleId, counter) ?? []) highest = Math.max(highest, count);
    return highest;
  }

  #setOf(articleId: string, column: Column): ReadonlySet<number> | undefined {
    return column === 'commenter' ? undefined : this.#ofArticles.get(articleId)?.[column];
  }
}

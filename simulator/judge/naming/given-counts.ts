// simulator/judge/naming/given-counts.ts — Which counts the events of the log gave: to the articles that are looked at, and to any.
import { COUNTER_OF_TYPE } from '../../../contract/kind.js';
import type { LogEvent } from '../../history/log-event.js';

/** Every count that an event of the log gave an article. */
export class GivenCounts {
  readonly #candidates: ReadonlySet<string>;
  readonly #given = new Map<string, readonly Set<number>[]>();
  /** By counter: to any article. */
  readonly #all = [new Set<number>(), new Set<number>(), new Set<number>()];

  constructor(candidates: ReadonlySet<string>) {
    this.#candidates = candidates;
  }

  add({ event }: LogEvent): void {
    const counter = event && COUNTER_OF_TYPE[event.type];
    if (counter === undefined || !event || !('count' in event)) return;
    this.#all[counter]?.add(event.count);
    if (!this.#candidates.has(event.articleId)) return;
    const sets = this.#given.get(event.articleId) ?? [new Set([0]), new Set([0]), new Set([0])];
    this.#given.set(event.articleId, sets);
    sets[counter]?.add(event.count);
  }

  /** That an event of the log gave a count. */
  articles(): Iterable<string> {
    return this.#given.keys();
  }

  /** Is each of these what an article had at some time? */
  had(articleId: string, counts: readonly number[]): boolean {
    const sets = this.#given.get(articleId);
    return counts.every((count, counter) => sets?.[counter]?.has(count) ?? count === 0);
  }

  /** Did any article ever have it? */
  wasGiven(counter: number, count: number): boolean {
    return this.#all[counter]?.has(count) ?? false;
  }

  /** What an article had at most. */
  highest(articleId: string, counter: number): number {
    let highest = 0;
    for (const count of this.#given.get(articleId)?.[counter] ?? []) highest = Math.max(highest, count);
    return highest;
  }
}

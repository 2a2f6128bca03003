// simulator/judge/naming/dropped-orphans.ts — Counts that were dropped because their article had not been read yet. The group's commits say in which order it can have read them.
import type { Calendar } from '../../../contract/calendar.js';
import type { History } from '../../history/history.js';
import type { LogEvent } from '../../history/log-event.js';
import { firstCommitOf, hasCommitted, isBefore, type Place } from '../../history/observed-commits.js';
import { type Column, type CounterName, countEventOf } from './counts.js';
import type { Explanation } from './explanation.js';
import type { FoundDay } from './shown-facts.js';
import type { VariantFold } from './variant-fold.js';
import { type ArticleOfDay, withoutCounts } from './wrong-scores.js';

export class DroppedOrphans {
  readonly #commits: History['commits'];
  readonly #calendar: Calendar;
  readonly #candidates: ReadonlySet<string>;
  readonly #created = new Map<string, Place>();
  /** By day and article, by counter, by partition: the last event. */
  readonly #last = new Map<string, Map<CounterName, Map<number, Place>>>();

  constructor({ commits }: Pick<History, 'commits'>, calendar: Calendar, candidates: ReadonlySet<string>) {
    this.#commits = commits;
    this.#calendar = calendar;
    this.#candidates = candidates;
  }

  add({ event, stream, partition, offset, timeMs }: LogEvent): void {
    if (!event || !this.#candidates.has(event.articleId)) return;
    const { articleId, type } = event;
    const place = { stream, partition, offset };
    if (type === 'ARTICLE_CREATED' && !this.#created.has(articleId)) this.#created.set(articleId, place);
    const one = countEventOf(event);
    if (!one) return;
    const key = keyOf({ articleId, day: this.#calendar.at(timeMs).day });
    const counters = this.#last.get(key) ?? new Map<CounterName, Map<number, Place>>();
    const places = counters.get(one.counter) ?? new Map<number, Place>();
    this.#last.set(key, counters.set(one.counter, places.set(partition, place)));
  }

  /**
   * Events carry absolute counts, so a count is missing only if its last event was dropped, and right otherwise.
   * @returns undefined where no score can be wrong for that, for consumers that show their counts, and where only articles are missing and
   * the group committed nothing
   */
  explanation(found: readonly FoundDay[], base: VariantFold): Explanation | undefined {
    if (found.some(({ counts }) => counts)) return undefined;
    const mayMiss = (column: Column, of: ArticleOfDay) => this.#mayMiss(column, of);
    const list = withoutCounts(found, base, { mayMiss, isMissingEnough: hasCommitted(this.#commits) });
    const does = 'an event that is read before its ARTICLE_CREATED is dropped, in whatever order partitions are read';
    return list && { name: 'ORPHAN_DROP', does, list };
  }

  #mayMiss(column: Column, of: ArticleOfDay): boolean {
    // Users who commented are known by their comments.
    const counter = column === 'commenter' ? 'comment' : column;
    const created = this.#created.get(of.articleId);
    const last = this.#last.get(keyOf(of))?.get(counter);
    return created !== undefined && [...(last?.values() ?? [])].every((one) => this.#mayBeReadBefore(one, created));
  }

  /** Whether it was in the topics at the first snapshot at which the other one had been committed. */
  #mayBeReadBefore(one: Place, other: Place): boolean {
    const snapshot = firstCommitOf(other, this.#commits) ?? this.#commits.at(-1);
    return snapshot === undefined || isBefore(snapshot.latest, one);
  }
}

function keyOf({ day, articleId }: ArticleOfDay): string {
  return `${day} ${articleId}`;
}

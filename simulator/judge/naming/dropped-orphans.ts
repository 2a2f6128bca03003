// simulator/judge/naming/dropped-orphans.ts — Counts that were dropped as their article had not been read yet: in which order partitions were read hangs on the machine, and what the group committed says what it can have been.

import type { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import { COUNTER_OF_TYPE, Counter } from '../../../contract/kind.js';
import type { History } from '../../history/history.js';
import type { LogEvent } from '../../history/log-event.js';
import { firstCommitOf, hasCommitted, isBefore, type Place } from '../../history/observed-commits.js';
import { type ArticleOfDay, type Explanation, type FoundDay, withoutCounts } from './explanations.js';
import type { VariantFold } from './variant-fold.js';

/** By position in counts: like, comment, view, and users who commented, who are known by their comments. */
const COUNTER_AT = [Counter.like, Counter.comment, Counter.view, Counter.comment];

export class DroppedOrphans {
  readonly #commits: History['commits'];
  readonly #calendar: Calendar;
  readonly #candidates: ReadonlySet<string>;
  readonly #created = new Map<string, Place>();
  /** By day and article, by counter, by partition: the last event. */
  readonly #last = new Map<string, Map<number, Map<number, Place>>>();

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
    const counter = COUNTER_OF_TYPE[type];
    if (counter === undefined) return;
    const key = keyOf({ articleId, day: this.#calendar.at(timeMs).day });
    const counters = this.#last.get(key) ?? new Map<number, Map<number, Place>>();
    const places = counters.get(counter) ?? new Map<number, Place>();
    this.#last.set(key, counters.set(counter, places.set(partition, place)));
  }

  /**
   * Counts stand in events as a whole, so a count is right unless its last event was dropped, too; then it is missing.
   * Undefined where that is no reason for any score, for consumers that show their counts, and where articles are missing alone and
   * nothing was committed.
   */
  explanation(found: readonly FoundDay[], base: VariantFold): Explanation | undefined {
    if (found.some(({ counts }) => counts)) return undefined;
    const mayMiss = (position: number, of: ArticleOfDay) => this.#mayMiss(COUNTER_AT[position] ?? Counter.like, of);
    const list = withoutCounts(found, base, mayMiss, hasCommitted(this.#commits));
    const does = 'an event that is read before its ARTICLE_CREATED is dropped, in whatever order partitions are read';
    return list && { name: 'ORPHAN_DROP', does, list };
  }

  #mayMiss(counter: number, of: ArticleOfDay): boolean {
    const created = this.#created.get(of.articleId);
    const last = this.#last.get(keyOf(of))?.get(counter);
    return created !== undefined && [...(last?.values() ?? [])].every((one) => this.#mayBeReadBefore(one, created));
  }

  /** It was there before the first look at which the other one had been committed. */
  #mayBeReadBefore(one: Place, other: Place): boolean {
    const look = firstCommitOf(other, this.#commits) ?? this.#commits.at(-1);
    return look === undefined || isBefore(look.latest, one);
  }
}

function keyOf({ day, articleId }: { readonly day: Day; readonly articleId: string }): string {
  return `${day} ${articleId}`;
}

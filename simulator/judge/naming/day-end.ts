// simulator/judge/naming/day-end.ts — What a midnight leaves behind: counts that miss what was read after it, or that were written without the others then.

import type { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { COUNTER_OF_TYPE } from '../../../contract/kind.js';
import type { LogEvent } from '../../history/log-event.js';
import type { FoundDay } from './explanations.js';
import type { VariantFold } from './variant-fold.js';

/** Nobody reads an event before it is sent; how long after that is not known, and taken to be less. */
const MAX_LAG_MS = 3_600_000;

/** Of one count of an article that the consumer shows. */
interface Trace {
  /** The newest event that gave this count. */
  standing: LogEvent | undefined;
  version: string;
  /** Several gave it, so nobody knows which one counted. */
  isAmbiguous: boolean;
  /** Since then, by place: the first offset. An event that was read before an older one is not looked at. */
  readonly missing: Map<number, number>;
}

interface Article {
  readonly id: string;
  readonly shown: readonly number[];
  readonly traces: readonly Trace[];
  /** Of its events on the day. */
  lastDueMs: number;
}

export class DayEnd {
  readonly #calendar: Calendar;
  readonly #candidates: ReadonlySet<string>;
  readonly #counts: ReadonlyMap<Day, NonNullable<FoundDay['counts']>>;
  readonly #days = new Map<Day, Map<string, Article>>();

  constructor(found: readonly FoundDay[], calendar: Calendar, candidates: ReadonlySet<string>) {
    this.#calendar = calendar;
    this.#candidates = candidates;
    this.#counts = new Map(found.flatMap(({ day, counts }) => (counts ? [[day, counts]] : [])));
    for (const day of this.#counts.keys()) this.#days.set(day, new Map());
  }

  add(log: LogEvent): void {
    const { event, stream, partition, offset, timeMs } = log;
    const counter = event && COUNTER_OF_TYPE[event.type];
    if (counter === undefined || !event || !('count' in event) || !this.#candidates.has(event.articleId)) return;
    const article = this.#article(this.#calendar.at(timeMs).day, event.articleId);
    const trace = article?.traces[counter];
    if (article) article.lastDueMs = Math.max(article.lastDueMs, log.dueMs);
    if (!trace || compareIds(event.eventId, trace.version) <= 0) return;
    if (event.count === article.shown[counter]) {
      trace.isAmbiguous ||= trace.standing !== undefined || event.count === 0;
      Object.assign(trace, { standing: log, version: event.eventId });
      trace.missing.clear();
    } else {
      const place = placeOf(stream, partition);
      trace.missing.set(place, Math.min(offset, trace.missing.get(place) ?? offset));
    }
  }

  /**
   * Is all that is missing of a day what its partitions were given last? So it is where events count for the day on which
   * they are read.
   * @param right what the counts should be
   */
  isReadTooLate(day: Day, right: VariantFold): boolean {
    const { endMs } = this.#calendar.span(day);
    const lastCounted = new Map<number, number>();
    const firstMissing = new Map<number, number>();
    for (const { id, shown, traces } of this.#days.get(day)?.values() ?? []) {
      const counts = right.counts(id, day);
      if (!counts) continue;
      for (const [counter, { standing, isAmbiguous, missing }] of traces.entries()) {
        if (standing && !isAmbiguous) {
          if (standing.dueMs >= endMs) return false;
          const place = placeOf(standing.stream, standing.partition);
          lastCounted.set(place, Math.max(standing.offset, lastCounted.get(place) ?? -1));
        }
        if (counts[counter] === shown[counter]) continue;
        for (const [place, offset] of missing)
          firstMissing.set(place, Math.min(offset, firstMissing.get(place) ?? offset));
      }
    }
    return (
      firstMissing.size > 0 && [...firstMissing].every(([place, offset]) => offset > (lastCounted.get(place) ?? -1))
    );
  }

  /** Are all wrong counts 0 beside others that stand, of articles that had an event at the end of the day, or later? */
  isWrittenAnew(day: Day, right: VariantFold): boolean {
    const { endMs } = this.#calendar.span(day);
    let isAnyWrong = false;
    for (const { id, shown, lastDueMs } of this.#days.get(day)?.values() ?? []) {
      const counts = right.counts(id, day);
      const wrong = shown.filter((count, counter) => counts && count !== counts[counter]);
      if (wrong.length === 0) continue;
      isAnyWrong = true;
      if (wrong.some((count) => count > 0) || wrong.length === shown.length) return false;
      if (shown.every((count) => count === 0) || lastDueMs < endMs - MAX_LAG_MS) return false;
    }
    return isAnyWrong;
  }

  #article(day: Day, articleId: string): Article | undefined {
    const articles = this.#days.get(day);
    let article = articles?.get(articleId);
    if (articles && !article) {
      const shown = this.#counts.get(day)?.(articleId) ?? [0, 0, 0];
      const traces = shown.map(
        (): Trace => ({ standing: undefined, version: '', isAmbiguous: false, missing: new Map() }),
      );
      article = { id: articleId, shown, traces, lastDueMs: 0 };
      articles.set(articleId, article);
    }
    return article;
  }
}

function placeOf(stream: number, partition: number): number {
  return partition * 4 + stream;
}

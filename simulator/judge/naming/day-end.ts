// simulator/judge/naming/day-end.ts — What a midnight leaves behind: counts that miss what was read after it, or counts written then without the others.
import type { Calendar } from '../../../contract/calendar.js';
import { type Day, STREAMS } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { COUNTERS } from '../../../contract/kind.js';
import type { Counts } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import { isBefore, type Offsets, type Place } from '../../history/observed-commits.js';
import { COLUMNS, type CounterName, countEventOf } from './counts.js';
import { NO_COUNTS } from './kept-counts.js';
import type { FoundDay } from './shown-facts.js';
import type { VariantFold } from './variant-fold.js';

/** Events are read after they are sent. How long after is unknown, and taken to be less than this. */
const MAX_LAG_MS = 3_600_000;

/** What is known of one count that the consumer shows. */
interface Trace {
  /** The newest event that gave this count. */
  standing: LogEvent | undefined;
  version: string;
  /** Several events gave it, so it is not known which one counted. */
  isAmbiguous: boolean;
  /** By topic partition: the first record after the standing event. Older events that were read later are not looked at. */
  readonly missing: Map<number, Place>;
}

interface Counted extends LogEvent {
  readonly isAmbiguous: boolean;
}

interface Article {
  readonly id: string;
  readonly shown: Counts;
  readonly traces: Readonly<Record<CounterName, Trace>>;
  /** The last of its events on the day. */
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
    const one = countEventOf(log.event);
    if (!one || !this.#candidates.has(one.event.articleId)) return;
    const { event, counter } = one;
    const article = this.#article(this.#calendar.at(log.timeMs).day, event.articleId);
    if (!article) return;
    article.lastDueMs = Math.max(article.lastDueMs, log.dueMs);
    const trace = article.traces[counter];
    if (compareIds(event.eventId, trace.version) <= 0) return;
    if (event.count === article.shown[counter]) {
      trace.isAmbiguous ||= trace.standing !== undefined || event.count === 0;
      Object.assign(trace, { standing: log, version: event.eventId });
      trace.missing.clear();
    } else {
      const place = placeOf(log);
      const first = trace.missing.get(place);
      if (!first || log.offset < first.offset) trace.missing.set(place, log);
    }
  }

  /**
   * Whether all that is missing of a day is what its partitions were given last. That is so where events count for the day on
   * which they are read.
   * @param right what the counts should be
   */
  isReadTooLate(day: Day, right: VariantFold): boolean {
    const { endMs } = this.#calendar.span(day);
    const { counted, missing } = this.#recordsOf(day, right);
    if (counted.some(({ dueMs, isAmbiguous }) => !isAmbiguous && dueMs >= endMs)) return false;
    // A partition of which nothing counts was not read at all, and not just too late.
    const isLast = (lost: Place) => {
      const here = counted.filter((one) => isSamePartition(one, lost));
      return here.length > 0 && here.every(({ offset, isAmbiguous }) => isAmbiguous || offset < lost.offset);
    };
    return missing.length > 0 && missing.every(isLast);
  }

  /**
   * Whether a record is missing though a later one of its partition counts, and both were committed at this time: then what broke
   * later did not lose it.
   */
  wasLostBefore(day: Day, right: VariantFold, committed: Offsets): boolean {
    const { counted, missing } = this.#recordsOf(day, right);
    const before = counted.filter((one) => !one.isAmbiguous && isBefore(committed, one));
    return missing.some((lost) => before.some((one) => isSamePartition(one, lost) && one.offset > lost.offset));
  }

  /** The records that counts stand for, and for each wrong count the first record of each partition that it misses. */
  #recordsOf(day: Day, right: VariantFold): { readonly counted: Counted[]; readonly missing: Place[] } {
    const counted: Counted[] = [];
    const lost: Place[] = [];
    for (const { id, shown, traces } of this.#articlesOf(day)) {
      const counts = right.counts(id, day);
      if (!counts) continue;
      for (const counter of COUNTERS) {
        const { standing, isAmbiguous, missing } = traces[counter];
        if (standing) counted.push({ ...standing, isAmbiguous });
        if (counts[counter] !== shown[counter]) lost.push(...missing.values());
      }
    }
    return { counted, missing: lost };
  }

  /** Whether all wrong counts are 0 beside others that are right, and their articles had an event at the end of the day or later. */
  isWrittenAnew(day: Day, right: VariantFold): boolean {
    const { endMs } = this.#calendar.span(day);
    let isAnyWrong = false;
    for (const { id, shown, lastDueMs } of this.#articlesOf(day)) {
      const counts = right.counts(id, day);
      const columns = COLUMNS.filter((column) => shown[column] !== undefined);
      const wrong = columns.filter((column) => counts && shown[column] !== counts[column]);
      if (wrong.length === 0) continue;
      isAnyWrong = true;
      if (wrong.some((column) => shown[column] !== 0) || wrong.length === columns.length) return false;
      if (columns.every((column) => shown[column] === 0) || lastDueMs < endMs - MAX_LAG_MS) return false;
    }
    return isAnyWrong;
  }

  #articlesOf(day: Day): Iterable<Article> {
    return this.#days.get(day)?.values() ?? [];
  }

  #article(day: Day, articleId: string): Article | undefined {
    const articles = this.#days.get(day);
    let article = articles?.get(articleId);
    if (articles && !article) {
      const shown = this.#counts.get(day)?.(articleId) ?? NO_COUNTS;
      article = { id: articleId, shown, traces: { like: trace(), comment: trace(), view: trace() }, lastDueMs: 0 };
      articles.set(articleId, article);
    }
    return article;
  }
}

function trace(): Trace {
  return { standing: undefined, version: '', isAmbiguous: false, missing: new Map() };
}

function isSamePartition(a: Place, b: Place): boolean {
  return a.stream === b.stream && a.partition === b.partition;
}

/** One number for each topic partition. */
function placeOf({ stream, partition }: LogEvent): number {
  return partition * STREAMS.length + stream;
}

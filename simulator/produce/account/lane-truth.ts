// simulator/produce/account/lane-truth.ts — The oracle's state for one lane: what must be true of each article, given which sends were acknowledged.
import type { Calendar, DaySpan } from '../../../contract/calendar.js';
import { COUNTER_OF_KIND, COUNTERS, Kind } from '../../../contract/kind.js';
import type { Commented, LaneResult, Maybe, SendEnd } from '../../history/lane-result.js';
import type { Range } from '../../history/range.js';
import { Commenters } from './commenters.js';

/** One event that was sent. */
export interface Sent extends Maybe {
  /** Position of a comment among those of its article. */
  readonly ordinal?: number;
}

const NO = 0;
const MAY = 1;
const MUST = 2;

export interface EventTimes {
  readonly eventMs: number;
  /** Time of the article's creation. */
  readonly createdMs: number;
  /** When the record was to be sent. */
  readonly dueMs: number;
}

/** At most 30 bytes an article. Indexes are the lane's article indexes. */
export class LaneTruth {
  readonly created: Uint8Array;
  /** Before the day is published: the rank is refilled. */
  readonly deleted: Uint8Array;
  /** After the day is published: the rank stays empty. */
  readonly withdrawn: Uint8Array;
  /** The acknowledged count with the highest version, and that version (0: none); [counter][article]. */
  readonly counts: readonly Uint32Array[];
  readonly versions: readonly Uint32Array[];
  readonly maybes: Maybe[] = [];
  /** Who writes an article's n-th comment. Undefined when commenters are not counted, as they take much memory. */
  writers: ((article: number, ordinal: number) => number | string) | undefined;
  readonly #commenters = new Map<number, Commenters>();
  readonly #days: readonly DaySpan[];
  readonly #publishedAtMs: readonly number[];
  #lastDay = 0;

  constructor(capacity: number, calendar: Calendar, days: readonly DaySpan[]) {
    this.#days = days;
    this.#publishedAtMs = days.map(({ day }) => calendar.publishedAtMs(day));
    this.created = new Uint8Array(capacity);
    this.deleted = new Uint8Array(capacity);
    this.withdrawn = new Uint8Array(capacity);
    this.counts = COUNTERS.map(() => new Uint32Array(capacity));
    this.versions = COUNTERS.map(() => new Uint32Array(capacity));
  }

  /**
   * One event whose send has ended; `version` grows with the event id within the lane, from 1. What is sent when its day
   * is already published may count or not: that depends on who was quicker.
   */
  settle(sent: SendEnd, event: Sent, times: EventTimes): void {
    const { article, kind } = event;
    if (sent === 'fail' || kind === Kind.updated) return;
    const day = this.#dayOf(times.createdMs);
    const publishedAtMs = this.#publishedAtMs[day] ?? Number.POSITIVE_INFINITY;
    const isLate = times.dueMs >= publishedAtMs;
    if (kind === Kind.deleted) {
      const isPublished = times.eventMs >= publishedAtMs;
      const end = isLate && !isPublished ? 'info' : sent;
      // A clock that is ahead tells of a deletion after the publication before it has come.
      if (isLate || isPublished) mark(this.withdrawn, article, end);
      if (!isPublished) mark(this.deleted, article, end);
      return;
    }
    const end = isLate ? 'info' : sent;
    if (kind === Kind.created) mark(this.created, article, end);
    else if (this.#dayOf(times.eventMs) === day) {
      if (kind === Kind.commented || kind === Kind.commentDeleted) this.#comment(event, end);
      if (end === 'info') this.maybes.push({ ...event });
      else this.#count(event);
    }
  }

  /** By article, counted anew; undefined when commenters are not counted. */
  get commenters(): Commented | undefined {
    if (!this.writers) return undefined;
    const low = new Uint32Array(this.created.length);
    const high = new Uint32Array(this.created.length);
    for (const [article, commenters] of this.#commenters) {
      const range = commenters.range();
      low[article] = range.low;
      high[article] = range.high;
    }
    return { low, high };
  }

  #comment({ article, kind, ordinal = 0 }: Sent, end: SendEnd): void {
    if (!this.writers) return;
    let commenters = this.#commenters.get(article);
    if (!commenters) {
      commenters = new Commenters();
      this.#commenters.set(article, commenters);
    }
    const what = kind === Kind.commented ? 'made' : 'deleted';
    commenters.add(ordinal, this.writers(article, ordinal), what, end === 'ok' ? 'must' : 'may');
  }

  #count({ article, kind, count, version }: Maybe): void {
    const counter = COUNTER_OF_KIND[kind];
    if (counter === undefined) return;
    const counts = this.counts[counter];
    const versions = this.versions[counter];
    if (!counts || !versions || (versions[article] ?? 0) >= version) return;
    counts[article] = count;
    versions[article] = version;
  }

  /** Index of the local day; -1 before the first. */
  #dayOf(timeMs: number): number {
    const last = this.#days[this.#lastDay];
    if (last && timeMs >= last.startMs && timeMs < last.endMs) return this.#lastDay;
    const index = this.#days.findIndex((day) => timeMs >= day.startMs && timeMs < day.endMs);
    if (index >= 0) this.#lastDay = index;
    return index;
  }
}

function mark(states: Uint8Array, article: number, end: SendEnd): void {
  const state = end === 'ok' ? MUST : MAY;
  if ((states[article] ?? NO) < state) states[article] = state;
}

export type Certainty = 'no' | 'may' | 'must';

/** A late copy changes nothing for an article that was deleted in time for certain, whichever of both came first. */
export function withdrawnOf(deleted: Certainty, withdrawn: Certainty): Certainty {
  return deleted === 'must' && withdrawn === 'may' ? 'no' : withdrawn;
}

export interface ArticleTruth {
  readonly created: Certainty;
  readonly deleted: Certainty;
  /** Deleted after publication: it holds its rank, and is not shown there. */
  readonly withdrawn: Certainty;
  readonly like: Range;
  readonly comment: Range;
  readonly view: Range;
  /** Users who commented; 0 where they have no weight. */
  readonly commenter: Range;
}

/** What must be true of one article; `maybes` are those of this article alone. */
export function articleTruth(result: LaneResult, article: number, maybes: readonly Maybe[]): ArticleTruth {
  const { created, deleted, withdrawn, counts, versions, commenters } = result.truth;
  const range = (counter: number): Range => {
    const version = versions[counter]?.[article] ?? 0;
    let low = counts[counter]?.[article] ?? 0;
    let high = low;
    for (const maybe of maybes) {
      if (COUNTER_OF_KIND[maybe.kind] !== counter || maybe.version <= version) continue;
      low = Math.min(low, maybe.count);
      high = Math.max(high, maybe.count);
    }
    return { low, high };
  };
  const state = (value: number | undefined) => (value === MUST ? 'must' : value === MAY ? 'may' : 'no');
  return {
    created: state(created[article]),
    deleted: state(deleted[article]),
    withdrawn: withdrawnOf(state(deleted[article]), state(withdrawn[article])),
    like: range(0),
    comment: range(1),
    view: range(2),
    commenter: { low: commenters?.low[article] ?? 0, high: commenters?.high[article] ?? 0 },
  };
}

/** The unknown sends of a lane, article by article. */
export function maybesByArticle(lane: LaneResult): Map<number, Maybe[]> {
  const groups = new Map<number, Maybe[]>();
  for (const maybe of lane.truth.maybes) {
    const list = groups.get(maybe.article);
    if (list) list.push(maybe);
    else groups.set(maybe.article, [maybe]);
  }
  return groups;
}

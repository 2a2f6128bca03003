// simulator/judge/log/log-oracle.ts — The second oracle: what the records that are really in the topics say of every article, folded naively and apart from the plan.
// A hot path: typed arrays, at most 64 bytes an article; `npm run bench` folds 10 million events, and a test holds it against Maps.

import { Calendar } from '../../../contract/calendar.js';
import type { ArticleEvent, Day, HotEvent } from '../../../contract/events.js';
import { COUNTER_OF_TYPE } from '../../../contract/kind.js';
import { compareRanked, type Ranked, type Rules } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import type { Range } from '../../history/range.js';
import { type Certainty, withdrawnOf } from '../../produce/account/lane-truth.js';
import { enlarged, Halves, IdTable } from '../oracle/id-table.js';
import { ArticleCells, CELL } from './article-cells.js';
import { LoggedCommenters } from './logged-commenters.js';
import { type LateCount, WaitingCounts } from './waiting-counts.js';

const CREATED = 1;
const DELETED = 2;
const WITHDRAWN = 4;
/** The same, sent only when the day was published already: it may have been in time or not. */
const MAYBE = 8;

/** What the log says of one article; counts are by counter: like, comment, view. */
export interface LoggedArticle {
  readonly day: Day;
  readonly created: Certainty;
  readonly deleted: Certainty;
  readonly withdrawn: Certainty;
  readonly counts: readonly number[];
  /** Users with a comment that stands; 0 where they have no weight. */
  readonly commenter: Range;
}

type CountEvent = Exclude<HotEvent, ArticleEvent>;

export class LogOracle {
  readonly #rules: Rules;
  readonly #calendar: Calendar;
  readonly #ids: IdTable;
  #flags: Uint8Array;
  #days: Uint16Array;
  /** Counts, the halves of the newest event's id, and the highest score so far: more where commenters have a weight, and below 2^32. */
  readonly #cells: ArticleCells;
  readonly #late = new Map<number, LateCount[]>();
  readonly #waiting = new WaitingCounts();
  /** Empty where they have no weight. */
  readonly #commenters = new LoggedCommenters();
  readonly #dayNames: Day[] = [];
  readonly #publishedAtMs: number[] = [];
  readonly #halves = new Halves();

  /** @param expected articles; more than that take more memory */
  constructor(rules: Rules, expected = 0) {
    this.#rules = rules;
    this.#calendar = new Calendar(rules);
    this.#cells = new ArticleCells(expected);
    this.#ids = new IdTable(expected);
    this.#flags = new Uint8Array(expected);
    this.#days = new Uint16Array(expected);
  }

  /** Articles that were created or deleted. */
  get articles(): number {
    return this.#ids.count;
  }

  /** Bytes of the typed arrays. */
  get bytes(): number {
    return this.#ids.bytes + this.#cells.bytes + this.#flags.byteLength + this.#days.byteLength;
  }

  add({ event, timeMs, dueMs }: LogEvent): void {
    if (!event) return;
    if ('count' in event) this.#count(event, { timeMs, dueMs });
    else if (event.type !== 'ARTICLE_UPDATED') {
      const article = this.#article(event.articleId);
      const day = this.#dayIndex(event.createdDay);
      const publishedAtMs = this.#publishedAtMs[day] ?? 0;
      const isLate = dueMs >= publishedAtMs;
      this.#days[article] = day;
      if (event.type === 'ARTICLE_CREATED') {
        this.#raise(article, CREATED, isLate);
        this.#adopt(article, event.articleId);
      } else if (timeMs >= publishedAtMs) this.#raise(article, WITHDRAWN, false);
      else {
        // A consumer can have seen a late deletion only after publication.
        if (isLate) this.#raise(article, WITHDRAWN, true);
        this.#raise(article, DELETED, isLate);
      }
    }
  }

  find(articleId: string): LoggedArticle | undefined {
    const article = this.#ids.find(articleId);
    return article < 0 ? undefined : this.at(article);
  }

  /** Ids of a day's articles whose score was highest at some time, deleted ones too. */
  leaders(day: Day, most: number): string[] {
    const index = this.#dayNames.indexOf(day);
    const articles: number[] = [];
    for (let article = 0; article < this.articles; article += 1)
      if (this.#days[article] === index) articles.push(article);
    articles.sort((a, b) => this.#cells.get(b, CELL.peak) - this.#cells.get(a, CELL.peak));
    return articles.slice(0, most).map((article) => this.idAt(article));
  }

  /** A day's list, best first, as the records so far make it; what may have come after publication is taken to count. */
  list(day: Day): Ranked[] {
    const { top } = this.#rules;
    const index = this.#dayNames.indexOf(day);
    const scores = new Float64Array(this.articles);
    for (const article of scores.keys()) if (this.#days[article] === index) scores[article] = this.#score(article, day);
    // Only those who may be in the list get their ids read.
    const least = scores.slice().sort().at(-top) ?? 0;
    const rows: Ranked[] = [];
    for (const [article, score] of scores.entries())
      if (score > 0 && score >= least) rows.push({ articleId: this.idAt(article), score });
    const ranks = rows.sort(compareRanked).slice(0, top);
    return ranks.filter(({ articleId }) => !this.#has(this.#ids.find(articleId), WITHDRAWN));
  }

  /** By the records so far; 0 of an article that is gone, undefined of one that is not known to be of this day. */
  scoreOf(articleId: string, day: Day): number | undefined {
    const article = this.#ids.find(articleId);
    if (article < 0 || this.#dayNames[this.#days[article] ?? 0] !== day) return undefined;
    return this.#has(article, WITHDRAWN) ? 0 : this.#score(article, day);
  }

  #score(article: number, day: Day): number {
    if (!this.#has(article, CREATED) || this.#has(article, DELETED)) return 0;
    const { weights } = this.#rules;
    const commenters = weights.commenter > 0 ? this.#commenters.range(day, this.idAt(article)).low : 0;
    const [like, comment, view] = [CELL.counts, CELL.counts + 1, CELL.counts + 2];
    return (
      weights.like * this.#cells.get(article, like) +
      weights.comment * this.#cells.get(article, comment) +
      weights.view * this.#cells.get(article, view) +
      weights.commenter * commenters
    );
  }

  lateCounts(articleId: string): readonly LateCount[] {
    const article = this.#ids.find(articleId);
    const late = this.#late.get(article) ?? [];
    return late.filter(({ counter, eventId }) => this.#isNewer(article, counter, eventId));
  }

  idAt(article: number): string {
    return this.#ids.idAt(article);
  }

  /** @param article 0 to `articles` - 1 */
  at(article: number): LoggedArticle {
    const flags = this.#flags[article] ?? 0;
    const certainty = (flag: number): Certainty => (flags & flag ? 'must' : flags & (flag * MAYBE) ? 'may' : 'no');
    const day = this.#dayNames[this.#days[article] ?? 0] ?? '';
    const deleted = certainty(DELETED);
    return {
      day,
      created: certainty(CREATED),
      deleted,
      withdrawn: withdrawnOf(deleted, certainty(WITHDRAWN)),
      counts: [0, 1, 2].map((counter) => this.#cells.get(article, CELL.counts + counter)),
      commenter: this.#commenters.range(day, this.idAt(article)),
    };
  }

  #count(event: CountEvent, { timeMs, dueMs }: Pick<LogEvent, 'timeMs' | 'dueMs'>): void {
    const counter = COUNTER_OF_TYPE[event.type];
    const day = this.#calendar.at(timeMs).day;
    const index = this.#dayIndex(day);
    const isLate = dueMs >= (this.#publishedAtMs[index] ?? 0);
    if (this.#rules.weights.commenter > 0) this.#commenters.add(event, day, isLate);
    const { articleId, eventId, count } = event;
    const article = this.#ids.find(articleId);
    if (!this.#has(article, CREATED)) {
      this.#waiting.add(articleId, { counter, count, eventId, day, isLate });
    } else if (this.#days[article] === index) {
      if (isLate) this.#offerLate(article, { counter, count, eventId });
      else if (this.#isNewer(article, counter, eventId)) this.#set(article, counter, count);
    }
  }

  /** Leaves the event's halves in `#halves`. */
  #isNewer(article: number, counter: number, eventId: string): boolean {
    const { high, low } = this.#halves.read(eventId);
    const newestHigh = this.#cells.get(article, CELL.newestHigh + counter);
    return high > newestHigh || (high === newestHigh && low > this.#cells.get(article, CELL.newestLow + counter));
  }

  #set(article: number, counter: 0 | 1 | 2, count: number): void {
    const cells = this.#cells;
    cells.set(article, CELL.counts + counter, count);
    cells.set(article, CELL.newestHigh + counter, this.#halves.high);
    cells.set(article, CELL.newestLow + counter, this.#halves.low);
    const { like, comment, view, commenter } = this.#rules.weights;
    // Nobody counts among the commenters who has no comment.
    const score =
      like * cells.get(article, CELL.counts) +
      (comment + commenter) * cells.get(article, CELL.counts + 1) +
      view * cells.get(article, CELL.counts + 2);
    if (score > cells.get(article, CELL.peak)) cells.set(article, CELL.peak, score);
  }

  #offerLate(article: number, late: LateCount): void {
    const list = this.#late.get(article);
    if (list) list.push(late);
    else this.#late.set(article, [late]);
  }

  /** What has waited for the creation counts now, if it is of the article's day. */
  #adopt(article: number, articleId: string): void {
    for (const offer of this.#waiting.take(articleId)) {
      if (this.#dayNames[this.#days[article] ?? 0] !== offer.day) continue;
      if (offer.isLate) this.#offerLate(article, offer);
      else if (this.#isNewer(article, offer.counter, offer.eventId)) {
        this.#set(article, offer.counter, offer.count);
      }
    }
  }

  #article(articleId: string): number {
    const article = this.#ids.add(articleId);
    if (article >= this.#flags.length) {
      this.#flags = enlarged(this.#flags);
      this.#days = enlarged(this.#days);
      this.#cells.makeRoom(this.#flags.length);
    }
    return article;
  }

  /** For certain, or perhaps. */
  #has(article: number, flag: number): boolean {
    return ((this.#flags[article] ?? 0) & (flag | (flag * MAYBE))) !== 0;
  }

  #raise(article: number, flag: number, isMaybe: boolean): void {
    this.#flags[article] = (this.#flags[article] ?? 0) | (isMaybe ? flag * MAYBE : flag);
  }

  #dayIndex(day: Day): number {
    const last = this.#dayNames.length - 1;
    const found = this.#dayNames[last] === day ? last : this.#dayNames.indexOf(day);
    if (found >= 0) return found;
    this.#publishedAtMs.push(this.#calendar.publishedAtMs(day));
    return this.#dayNames.push(day) - 1;
  }
}

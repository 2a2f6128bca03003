// simulator/judge/log-oracle.ts — The second oracle: what the records that are really in the topics say of every article, folded naively and apart from the plan.
// A hot path: typed arrays, at most 64 bytes an article; `npm run bench` folds 10 million events, and a test holds it against Maps.
import { Calendar } from '../../contract/calendar.js';
import type { ArticleEvent, Day, HotEvent } from '../../contract/events.js';
import { compareIds } from '../../contract/ids.js';
import type { Rules } from '../../contract/rules.js';
import { ArticleCells, CELL } from './article-cells.js';
import { enlarged, Halves, IdTable } from './id-table.js';
import { COUNTER_OF_TYPE, type LogEvent } from './log-event.js';
import { LoggedCommenters } from './logged-commenters.js';
import type { Range } from './range.js';

const CREATED = 1;
const DELETED = 2;
const WITHDRAWN = 4;
/** The same, sent only when the day was published already: it may have been in time or not. */
const MAYBE = 8;

export type Certainty = 'no' | 'may' | 'must';

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

/** A count that was sent when the day was published already: it may count or not. */
export interface LateCount {
  readonly counter: number;
  readonly count: number;
  readonly eventId: string;
}

type CountEvent = Exclude<HotEvent, ArticleEvent>;

interface Offer extends LateCount {
  readonly day: Day;
  readonly isLate: boolean;
}

export class LogOracle {
  readonly #rules: Rules;
  readonly #calendar: Calendar;
  readonly #ids: IdTable;
  #flags: Uint8Array;
  #days: Uint16Array;
  /** Counts, the halves of the newest event's id, and the highest score so far: more where commenters have a weight, and below 2^32. */
  readonly #cells: ArticleCells;
  readonly #late = new Map<number, LateCount[]>();
  /** Counts of articles whose creation has not come (yet): by article, the newest of each day and counter. */
  readonly #waiting = new Map<string, Offer[]>();
  /** Empty where they have no weight. */
  readonly #commenters = new LoggedCommenters();
  readonly #dayNames: Day[] = [];
  readonly #publishedAtMs: number[] = [];
  readonly #halves = new Halves();

  /** @param expected articles; more than that take more memory */
  constructor(rules: Rules, expected = 0) {
    const room = Math.max(16, expected);
    this.#rules = rules;
    this.#calendar = new Calendar(rules);
    this.#cells = new ArticleCells(room);
    this.#ids = new IdTable(room);
    this.#flags = new Uint8Array(room);
    this.#days = new Uint16Array(room);
  }

  /** Articles that were created or deleted. */
  get articles(): number {
    return this.#ids.count;
  }

  /** Of the typed arrays. */
  get bytes(): number {
    return this.#ids.bytes + this.#cells.bytes + this.#flags.byteLength + this.#days.byteLength;
  }

  add({ event, timeMs, dueMs }: LogEvent): void {
    if (!event) return;
    const counter = COUNTER_OF_TYPE[event.type];
    if (counter !== undefined && 'count' in event) this.#count(event, counter, { timeMs, dueMs });
    else if ('createdDay' in event && event.type !== 'ARTICLE_UPDATED') {
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
        // Whoever was late can have seen the deletion only after publication.
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
    return {
      day,
      created: certainty(CREATED),
      deleted: certainty(DELETED),
      withdrawn: certainty(WITHDRAWN),
      counts: [0, 1, 2].map((counter) => this.#cells.get(article, CELL.counts + counter)),
      commenter: this.#commenters.range(day, this.idAt(article)),
    };
  }

  #count(event: CountEvent, counter: 0 | 1 | 2, { timeMs, dueMs }: Pick<LogEvent, 'timeMs' | 'dueMs'>): void {
    const day = this.#calendar.at(timeMs).day;
    const index = this.#dayIndex(day);
    const isLate = dueMs >= (this.#publishedAtMs[index] ?? 0);
    if (this.#rules.weights.commenter > 0) this.#commenters.add(event, day, isLate);
    const { articleId, eventId, count } = event;
    const article = this.#ids.find(articleId);
    if (article < 0 || !this.#isCreated(article)) {
      this.#wait(articleId, { counter, count, eventId, day, isLate });
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

  #wait(articleId: string, offer: Offer): void {
    const offers = this.#waiting.get(articleId);
    if (!offers) {
      this.#waiting.set(articleId, [offer]);
      return;
    }
    const same = offers.findIndex(
      (other) => !other.isLate && !offer.isLate && other.counter === offer.counter && other.day === offer.day,
    );
    if (same < 0) offers.push(offer);
    else if (compareIds(offer.eventId, offers[same]?.eventId ?? '') > 0) offers[same] = offer;
  }

  /** What has waited for the creation counts now, if it is of the article's day. */
  #adopt(article: number, articleId: string): void {
    const offers = this.#waiting.get(articleId);
    if (!offers) return;
    this.#waiting.delete(articleId);
    for (const offer of offers) {
      if (this.#dayNames[this.#days[article] ?? 0] !== offer.day) continue;
      if (offer.isLate) this.#offerLate(article, offer);
      else if (this.#isNewer(article, offer.counter, offer.eventId)) {
        this.#set(article, offer.counter as 0 | 1 | 2, offer.count);
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

  #isCreated(article: number): boolean {
    return ((this.#flags[article] ?? 0) & (CREATED | (CREATED * MAYBE))) !== 0;
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

// simulator/judge/naming/variant-fold.ts — A ranking as a consumer with given traits would have it, folded from the log event by event in order of arrival.
import { type Day, STREAMS } from '../../../contract/events.js';
import type { Counts, Ranked, Rules } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import type { Arrival, VariantRules } from './arrival.js';
import { type CountEvent, countEventOf } from './counts.js';
import {
  countCommenters,
  type Expiry,
  expire,
  isNewer,
  type KeptCounts,
  keptCounts,
  NO_COUNTS,
} from './kept-counts.js';
import { rowOrder } from './row-order.js';
import type { OtherDay, Traits } from './traits.js';
import { WrittenLists } from './written-lists.js';

interface Article {
  readonly id: string;
  day: Day | undefined;
  isDeleted: boolean;
  isWithdrawn: boolean;
  /** By the day that events belong to. */
  counts: Map<Day, KeptCounts>;
}

const DAY_MS = 86_400_000;

/** Stands for all days at once. */
const ANY_DAY = '';

export class VariantFold {
  readonly traits: Traits;
  readonly #options: VariantRules;
  readonly #weights: Rules['weights'];
  readonly #articles = new Map<string, Article>();
  /** The lists as they were written; undefined when they follow from the counts. */
  readonly #written: WrittenLists | undefined;
  readonly #stopped = new Set<number>();
  /** By days since 1970, in the zone of the trait. */
  readonly #otherDays = new Map<number, Day>();

  constructor(traits: Traits, options: VariantRules) {
    this.traits = traits;
    this.#options = options;
    this.#weights = traits.weights ?? options.rules.weights;
    if (traits.trim || traits.shared.length > 0) this.#written = new WrittenLists(traits);
  }

  get weights(): Rules['weights'] {
    return this.#weights;
  }

  /** Rows of a list. */
  get top(): number {
    return this.traits.rows ?? this.#options.rules.top;
  }

  add(arrival: Arrival): void {
    const { event, stream, partition } = arrival.log;
    const place = partition * STREAMS.length + stream;
    if (this.#stopped.has(place)) return;
    if (!event) {
      if (this.traits.undecodable === 'stops the partition') this.#stopped.add(place);
      return;
    }
    if (event.type === 'ARTICLE_UPDATED' || this.traits.ignored.includes(event.type)) return;
    const article = this.#article(event.articleId);
    if (event.type === 'ARTICLE_CREATED') {
      article.day = this.#createdDayOf(event.createdDay, arrival.log.timeMs);
    } else if (event.type === 'ARTICLE_DELETED') this.#delete(article, event.createdDay, arrival);
    else if (!this.#count(article, arrival)) return;
    this.#write(article, arrival.log);
  }

  /** The day's list, best first. @param shown rows and weights, where the list alone has others */
  list(day: Day, shown: Pick<Partial<Traits>, 'rows' | 'weights'> = {}): Ranked[] {
    const order = rowOrder(this.traits.ties);
    const limit = shown.rows ?? this.top;
    const weights = shown.weights ?? this.#weights;
    if (this.#written) return this.#written.rows(day).sort(order).slice(0, limit);
    const rows: Ranked[] = [];
    for (const article of this.#articles.values()) {
      if (article.day !== day || article.isDeleted) continue;
      const score = this.#score(article, weights);
      if (score > 0 || (this.traits.zeroScore === 'listed' && article.counts.size > 0)) {
        rows.push({ articleId: article.id, score });
      }
    }
    const ranks = rows.sort(order).slice(0, limit);
    return ranks.filter(({ articleId }) => !this.#articles.get(articleId)?.isWithdrawn);
  }

  /** The counts of a live article of the day with a score; undefined for any other. */
  counts(articleId: string, day: Day): Counts | undefined {
    const article = this.#articles.get(articleId);
    if (article?.day !== day || article.isDeleted || article.isWithdrawn || this.#score(article) <= 0) return undefined;
    return this.#values(article);
  }

  /** 0 for an article that is gone, undefined for one that is not known to be of this day. */
  scoreOf(articleId: string, day: Day): number | undefined {
    const article = this.#articles.get(articleId);
    if (article?.day !== day) return undefined;
    return article.isDeleted || article.isWithdrawn ? 0 : this.#score(article);
  }

  /** Whether an article of the day was deleted, before its publication or after. */
  wasDeleted(articleId: string, day: Day): boolean {
    const article = this.#articles.get(articleId);
    return article?.day === day && (article.isDeleted || article.isWithdrawn);
  }

  /** What is counted for an article and day, live or not. */
  countsOf(articleId: string, day: Day): Counts {
    const article = this.#articles.get(this.#idOf(articleId));
    return article?.counts.get(this.traits.afterClose === 'counted' ? ANY_DAY : day)?.values ?? NO_COUNTS;
  }

  /** The state of an article for a day as text. Equal texts are equal states. */
  stateOf(articleId: string, day: Day): string {
    const article = this.#articles.get(this.#idOf(articleId));
    const flags = `${article?.day === day ? '' : ', not created'}${article?.isDeleted ? ', deleted' : ''}`;
    const { like, comment, view, commenter } = this.countsOf(articleId, day);
    const users = commenter === undefined ? '' : `, ${commenter} users who commented`;
    return `${like} likes, ${comment} comments, ${view} views${users}${flags}`;
  }

  /** The event that pushed an article out of the list, if it has not come back. */
  evictionOf(articleId: string): LogEvent | undefined {
    return this.#written?.evictionOf(articleId);
  }

  #article(eventArticleId: string): Article {
    const id = this.#idOf(eventArticleId);
    let article = this.#articles.get(id);
    if (!article) {
      article = { id, day: undefined, isDeleted: false, isWithdrawn: false, counts: new Map() };
      this.#articles.set(id, article);
    }
    return article;
  }

  #idOf(articleId: string): string {
    if (this.traits.ids === 'exact') return articleId;
    const rounded = Number(articleId);
    return this.traits.ids === 'doubles, all digits' ? String(BigInt(rounded)) : String(rounded);
  }

  #delete(article: Article, createdDay: Day, { log }: Arrival): void {
    const { calendar } = this.#options;
    const isPublished = log.timeMs >= calendar.publishedAtMs(createdDay);
    if (isPublished && this.traits.afterPublication === 'rank stays empty') article.isWithdrawn = true;
    else article.isDeleted = true;
    if (this.traits.deletion === 'undone by a later event, which counts alone') article.counts.clear();
  }

  /** @returns false when the event does not concern the article's list */
  #count(article: Article, arrival: Arrival): boolean {
    const one = countEventOf(arrival.log.event);
    if (!one || (this.traits.orphans === 'dropped' && article.day === undefined)) return false;
    if (this.traits.deletion !== 'for good') article.isDeleted = false;
    const { counter, event } = one;
    const day = this.#dayOf(arrival);
    const kept = this.#countsOf(article, day);
    if (this.traits.countsExpire !== 'never') expire(kept, counter, { ...arrival.log, until: this.#expiryOf(arrival) });
    this.#set(kept, one, arrival.isRepeat);
    countCommenters(kept, event);
    for (const shared of this.traits.shared) kept.values[shared] = arrival.shared[shared];
    return day === ANY_DAY || day === article.day;
  }

  #set({ values, versions }: KeptCounts, { counter, event }: CountEvent, isRepeat: boolean): void {
    if (this.#replaces(versions[counter], event.eventId, isRepeat)) {
      values[counter] = event.count;
      versions[counter] = event.eventId;
    } else if (this.traits.counts === 'one more for each delivery') {
      const isLess = event.type === 'ARTICLE_UNLIKED' || event.type === 'COMMENT_DELETED';
      const step = event.type === 'ARTICLE_VIEWED' ? this.#options.viewsPerEvent : isLess ? -1 : 1;
      values[counter] = Math.max(0, values[counter] + step);
    }
  }

  #expiryOf({ log }: Arrival): Expiry {
    const { countsExpire } = this.traits;
    if (typeof countsExpire === 'object') return countsExpire;
    return { closedAtMs: this.#options.calendar.at(log.timeMs).endMs };
  }

  #replaces(standing: string | undefined, eventId: string, isRepeat: boolean): boolean {
    switch (this.traits.counts) {
      case 'one more for each delivery':
        return false;
      case 'last to arrive':
        return true;
      case 'newest, but repeats overwrite':
        return isRepeat || isNewer(standing, eventId, this.traits.versions);
      case 'newest':
        return isNewer(standing, eventId, this.traits.versions);
    }
  }

  #createdDayOf(createdDay: Day, timeMs: number): Day {
    const { day } = this.traits;
    return typeof day === 'object' && day.of === 'events and articles' ? this.#dayAt(timeMs, day) : createdDay;
  }

  #dayOf({ log, day, processingDay }: Arrival): Day {
    if (this.traits.afterClose === 'counted') return ANY_DAY;
    if (this.traits.day === 'of the event') return day;
    return this.traits.day === 'of processing' ? processingDay : this.#dayAt(log.timeMs, this.traits.day);
  }

  #dayAt(timeMs: number, { offsetMinutes }: OtherDay): Day {
    const dayNumber = Math.floor((timeMs + offsetMinutes * 60_000) / DAY_MS);
    const known = this.#otherDays.get(dayNumber);
    if (known !== undefined) return known;
    const day = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    this.#otherDays.set(dayNumber, day);
    return day;
  }

  #countsOf(article: Article, day: Day): KeptCounts {
    let counts = article.counts.get(day);
    if (!counts) {
      counts = keptCounts(this.#options.rules.weights.commenter > 0);
      article.counts.set(day, counts);
    }
    return counts;
  }

  #values(article: Article): Counts {
    const day = this.traits.afterClose === 'counted' ? ANY_DAY : (article.day ?? ANY_DAY);
    return article.counts.get(day)?.values ?? NO_COUNTS;
  }

  #score(article: Article, weights = this.#weights): number {
    const { like, comment, view, commenter = 0 } = this.#values(article);
    return weights.like * like + weights.comment * comment + weights.view * view + weights.commenter * commenter;
  }

  #write(article: Article, by: LogEvent): void {
    if (article.day === undefined) return;
    const score = this.#score(article);
    const isListed = !article.isDeleted && !article.isWithdrawn && (score > 0 || this.traits.zeroScore === 'listed');
    this.#written?.write(article.day, { articleId: article.id, score: isListed ? score : undefined }, by);
  }
}

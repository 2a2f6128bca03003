// simulator/judge/naming/variant-fold.ts — A ranking as a consumer with given traits would have it, folded from the log event by event in order of arrival.
import { type Day, STREAMS } from '../../../contract/events.js';
import type { Counts, Ranked, Rules } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import type { Arrival, VariantRules } from './arrival.js';
import type { ArticleState } from './article-state.js';
import type { CountEvent } from './counts.js';
import { ANY_DAY, EventDays } from './event-days.js';
import { FoldArticles } from './fold-articles.js';
import {
  countCommenters,
  expire,
  expiryOf,
  type KeptCounts,
  keptCounts,
  NO_COUNTS,
  noteWrite,
  replaces,
} from './kept-counts.js';
import { OF_LISTS, type Parts, partingOf } from './parting.js';
import { rowOrder } from './row-order.js';
import type { Traits } from './traits.js';
import { WrittenLists } from './written-lists.js';

/** The base is given each event after the folds that share its articles, and before they `follow`. */
interface Sharing {
  readonly base: VariantFold;
  /** Another one for each fold that shares. */
  readonly index: number;
}

export class VariantFold {
  readonly traits: Traits;
  readonly #options: VariantRules;
  readonly #weights: Rules['weights'];
  readonly #articles: FoldArticles;
  /** Whether articles are those of the base, and what makes an own one of one of these; undefined: nothing ever does. */
  readonly #isSharing: boolean;
  readonly #parts: Parts | undefined;
  /** Whether equal articles make equal lists. */
  readonly #showsAlike: boolean;
  readonly #days: EventDays;
  /** The lists as they were written; undefined when they follow from the counts. */
  readonly #written: WrittenLists | undefined;
  readonly #stopped = new Set<number>();

  constructor(traits: Traits, options: VariantRules, sharing?: Sharing) {
    this.traits = traits;
    this.#options = options;
    const base = sharing?.base.traits.ids === traits.ids ? sharing.base : undefined;
    this.#isSharing = base !== undefined;
    this.#articles = new FoldArticles(base && sharing && { base: base.#articles, index: sharing.index });
    this.#parts = base && partingOf({ traits, base: base.traits, options });
    this.#showsAlike = base !== undefined && OF_LISTS.every((trait) => traits[trait] === base.traits[trait]);
    this.#days = new EventDays(traits);
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

  /** Whether it can differ from the base in what it makes of events. */
  get canPart(): boolean {
    return !this.#isSharing || this.#parts !== undefined;
  }

  /** Whether it must `follow`. */
  get isFollowing(): boolean {
    return this.#isSharing && this.#written !== undefined;
  }

  /** Whether it is sure to show what the base shows. */
  get isAsBase(): boolean {
    return this.#isSharing && this.#showsAlike && !this.#articles.hasParted;
  }

  /** The article of an event as it stands before it. */
  article(eventArticleId: string): ArticleState {
    return this.#articles.of(this.#idOf(eventArticleId));
  }

  /** @param shared the event's article in the base @returns whether lists that are written at once are written */
  add(arrival: Arrival, shared?: ArticleState): boolean {
    const { event, stream, partition } = arrival.log;
    const place = partition * STREAMS.length + stream;
    if (!event) {
      if (this.traits.undecodable === 'stops the partition') this.#stopped.add(place);
      return false;
    }
    if (event.type === 'ARTICLE_UPDATED') return false;
    const isStopped = this.#stopped.size > 0 && this.#stopped.has(place);
    const article = shared && this.#isSharing ? this.#ownOf(shared, arrival, isStopped) : this.article(event.articleId);
    if (!article || isStopped || this.traits.ignored.includes(event.type)) return false;
    if (event.type === 'ARTICLE_CREATED') {
      article.day = this.#days.ofArticle(event.createdDay, arrival.log.timeMs);
    } else if (event.type === 'ARTICLE_DELETED') this.#delete(article, event.createdDay, arrival);
    else if (!this.#count(article, arrival)) return false;
    this.#write(article, arrival.log);
    return true;
  }

  /** Writes the row of an article that is still shared, after the base has written it. */
  follow({ log }: Arrival, shared: ArticleState): void {
    if (this.#articles.in(shared) === shared) this.#write(shared, log);
  }

  /** Whether the article is still folded as the base folds it. */
  shares(article: ArticleState): boolean {
    return this.#isSharing && this.#articles.in(article) === article;
  }

  /** The day's list, best first. @param shown rows and weights, where the list alone has others */
  list(day: Day, shown: Pick<Partial<Traits>, 'rows' | 'weights'> = {}): Ranked[] {
    const order = rowOrder(this.traits.ties);
    const limit = shown.rows ?? this.top;
    const weights = shown.weights ?? this.#weights;
    if (this.#written) return this.#written.rows(day).sort(order).slice(0, limit);
    const rows: Ranked[] = [];
    for (const article of this.#articles.all()) {
      if (article.day !== day || article.isDeleted) continue;
      const score = this.#score(article, weights);
      if (score > 0 || (this.traits.zeroScore === 'listed' && article.counts.size > 0)) {
        rows.push({ articleId: article.id, score });
      }
    }
    const ranks = rows.sort(order).slice(0, limit);
    return ranks.filter(({ articleId }) => !this.#articles.find(articleId)?.isWithdrawn);
  }

  /** The counts of a live article of the day with a score; undefined for any other. */
  counts(articleId: string, day: Day): Counts | undefined {
    const article = this.#articles.find(articleId);
    if (article?.day !== day || article.isDeleted || article.isWithdrawn || this.#score(article) <= 0) return undefined;
    return this.#values(article);
  }

  /** 0 for an article that is gone, undefined for one that is not known to be of this day. */
  scoreOf(articleId: string, day: Day): number | undefined {
    const article = this.#articles.find(articleId);
    if (article?.day !== day) return undefined;
    return article.isDeleted || article.isWithdrawn ? 0 : this.#score(article);
  }

  /** Whether an article of the day was deleted, before its publication or after. */
  wasDeleted(articleId: string, day: Day): boolean {
    const article = this.#articles.find(articleId);
    return article?.day === day && (article.isDeleted || article.isWithdrawn);
  }

  /** What is counted for an article and day, live or not. */
  countsOf(articleId: string, day: Day): Counts {
    const article = this.#articles.find(this.#idOf(articleId));
    return article?.counts.get(this.traits.afterClose === 'counted' ? ANY_DAY : day)?.values ?? NO_COUNTS;
  }

  /** The state of an article for a day as text. Equal texts are equal states. */
  stateOf(articleId: string, day: Day): string {
    const article = this.#articles.find(this.#idOf(articleId));
    const flags = `${article?.day === day ? '' : ', not created'}${article?.isDeleted ? ', deleted' : ''}`;
    const { like, comment, view, commenter } = this.countsOf(articleId, day);
    const users = commenter === undefined ? '' : `, ${commenter} users who commented`;
    return `${like} likes, ${comment} comments, ${view} views${users}${flags}`;
  }

  /** The event that pushed an article out of the list, if it has not come back. */
  evictionOf(articleId: string): LogEvent | undefined {
    return this.#written?.evictionOf(articleId);
  }

  /** @returns undefined when the article stays shared */
  #ownOf(shared: ArticleState, arrival: Arrival, isStopped: boolean): ArticleState | undefined {
    const article = this.#articles.in(shared);
    if (article !== shared) return article;
    return isStopped || this.#parts?.(arrival, shared) ? this.#articles.part(shared) : undefined;
  }

  #idOf(articleId: string): string {
    if (this.traits.ids === 'exact') return articleId;
    const rounded = Number(articleId);
    return this.traits.ids === 'doubles, all digits' ? String(BigInt(rounded)) : String(rounded);
  }

  #delete(article: ArticleState, createdDay: Day, { log }: Arrival): void {
    const { calendar } = this.#options;
    const isPublished = log.timeMs >= calendar.publishedAtMs(createdDay);
    if (isPublished && this.traits.afterPublication === 'rank stays empty') article.isWithdrawn = true;
    else article.isDeleted = true;
    if (this.traits.deletion === 'undone by a later event, which counts alone') article.counts.clear();
  }

  /** @returns false when the event does not concern the article's list */
  #count(article: ArticleState, arrival: Arrival): boolean {
    const { log, count } = arrival;
    const { countsExpire } = this.traits;
    if (!count || (this.traits.orphans === 'dropped' && article.day === undefined)) return false;
    if (this.traits.deletion !== 'for good') article.isDeleted = false;
    const day = this.#days.ofEvent(arrival);
    const kept = this.#countsOf(article, day);
    if (countsExpire !== 'never') expire(kept, log, expiryOf(countsExpire, this.#options.calendar, log));
    noteWrite(kept, count.counter, log);
    this.#set(kept, count, arrival);
    countCommenters(kept, count.event);
    for (const shared of this.traits.shared) kept.values[shared] = arrival.shared[shared];
    return day === ANY_DAY || day === article.day;
  }

  #set({ values, versions }: KeptCounts, { counter, event }: CountEvent, arrival: Arrival): void {
    if (replaces(this.traits, versions[counter], arrival)) {
      values[counter] = event.count;
      versions[counter] = event.eventId;
    } else if (this.traits.counts === 'one more for each delivery') {
      const isLess = event.type === 'ARTICLE_UNLIKED' || event.type === 'COMMENT_DELETED';
      const step = event.type === 'ARTICLE_VIEWED' ? this.#options.viewsPerEvent : isLess ? -1 : 1;
      values[counter] = Math.max(0, values[counter] + step);
    }
  }

  #countsOf(article: ArticleState, day: Day): KeptCounts {
    let counts = article.counts.get(day);
    if (!counts) {
      counts = keptCounts(this.#options.rules.weights.commenter > 0);
      article.counts.set(day, counts);
    }
    return counts;
  }

  #values(article: ArticleState): Counts {
    const day = this.traits.afterClose === 'counted' ? ANY_DAY : (article.day ?? ANY_DAY);
    return article.counts.get(day)?.values ?? NO_COUNTS;
  }

  #score(article: ArticleState, weights = this.#weights): number {
    const { like, comment, view, commenter = 0 } = this.#values(article);
    return weights.like * like + weights.comment * comment + weights.view * view + weights.commenter * commenter;
  }

  #write(article: ArticleState, by: LogEvent): void {
    if (article.day === undefined) return;
    const score = this.#score(article);
    const isListed = !article.isDeleted && !article.isWithdrawn && (score > 0 || this.traits.zeroScore === 'listed');
    this.#written?.write(article.day, { articleId: article.id, score: isListed ? score : undefined }, by);
  }
}

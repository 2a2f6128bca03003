// consumer/applying/fold.ts — Folds many events into one state an article and day, before Redis sees any of them.
import type { Calendar } from '../../contract/calendar.js';
import { DecodeError } from '../../contract/codec.js';
import type { Day, HotEvent } from '../../contract/events.js';
import type { Rules } from '../../contract/rules.js';
import { ArticleState, Counter, GONE, Status } from './article-state.js';

/** The content of a range of records, by day and article. */
export type FoldedDays = ReadonlyMap<Day, ReadonlyMap<string, ArticleState>>;

/** Days have four-digit years: 1970 to 9998. */
const LAST_TIME_MS = 253_370_764_800_000;

export class Fold {
  readonly #calendar: Calendar;
  readonly #keepsComments: boolean;
  #days = new Map<Day, Map<string, ArticleState>>();
  #articles = 0;

  constructor(calendar: Calendar, rules: Rules) {
    this.#calendar = calendar;
    this.#keepsComments = rules.weights.commenter > 0;
  }

  /** (day, article) pairs in the folded events. */
  get articles(): number {
    return this.#articles;
  }

  /** Returns what was folded and starts anew. */
  take(): FoldedDays {
    const days = this.#days;
    this.#days = new Map();
    this.#articles = 0;
    return days;
  }

  /**
   * A count belongs to its article on the day of its own event time. If the article was created on another day, the
   * count is never read. If its creation is still to come, the count waits there.
   * @param timeMs the record's timestamp
   * @throws DecodeError when a time in the record is none
   */
  add(event: HotEvent, timeMs: number): void {
    if (!(timeMs >= 0 && timeMs < LAST_TIME_MS)) throw new DecodeError(`timestamp ${timeMs} is not an event time`);
    switch (event.type) {
      case 'ARTICLE_CREATED':
        // Only a date that exists can be a day.
        this.#publishedAt(event.createdDay);
        this.#state(event.createdDay, event.articleId).raise(Status.created);
        break;
      case 'ARTICLE_UPDATED':
        break;
      case 'ARTICLE_DELETED': {
        const isLate = timeMs >= this.#publishedAt(event.createdDay);
        this.#state(event.createdDay, event.articleId).raise(isLate ? Status.withdrawn : Status.deleted);
        break;
      }
      case 'COMMENT_CREATED':
      case 'COMMENT_DELETED': {
        const state = this.#counted(timeMs, event.articleId);
        state.offer(Counter.comment, event.eventId, event.count);
        if (this.#keepsComments)
          state.comment(event.commentId, event.type === 'COMMENT_CREATED' ? event.writerId : GONE);
        break;
      }
      case 'ARTICLE_LIKED':
      case 'ARTICLE_UNLIKED':
        this.#counted(timeMs, event.articleId).offer(Counter.like, event.eventId, event.count);
        break;
      case 'ARTICLE_VIEWED':
        this.#counted(timeMs, event.articleId).offer(Counter.view, event.eventId, event.count);
        break;
    }
  }

  #counted(timeMs: number, articleId: string): ArticleState {
    return this.#state(this.#calendar.at(timeMs).day, articleId);
  }

  #state(day: Day, articleId: string): ArticleState {
    let articles = this.#days.get(day);
    if (!articles) {
      articles = new Map();
      this.#days.set(day, articles);
    }
    let state = articles.get(articleId);
    if (!state) {
      state = new ArticleState();
      articles.set(articleId, state);
      this.#articles += 1;
    }
    return state;
  }

  #publishedAt(day: Day): number {
    try {
      return this.#calendar.publishedAtMs(day);
    } catch (cause) {
      throw new DecodeError(`createdAt ${day} is not a date`, { cause });
    }
  }
}

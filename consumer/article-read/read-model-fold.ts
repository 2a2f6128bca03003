// consumer/article-read/read-model-fold.ts — Folds many events into one read model an article, before Redis sees any of them.
import { DecodeError } from '../../contract/codec.js';
import type { HotEvent } from '../../contract/events.js';
import type { States } from '../applying/range-store.js';
import type { Folding } from '../reading/batch-processor.js';
import { Counter, ReadModel } from './read-model.js';

/** A read model knows no days: what is folded by day elsewhere lies under this one. */
const EVERY_DAY = 'every day';
/** The last instant that a date can hold. */
const LAST_TIME_MS = 8_640_000_000_000_000;

export class ReadModelFold implements Folding {
  #models = new Map<string, ReadModel>();

  get articles(): number {
    return this.#models.size;
  }

  take(): States<ReadModel> {
    const models = this.#models;
    this.#models = new Map();
    return new Map([[EVERY_DAY, models]]);
  }

  /** @throws DecodeError when the timestamp is no event time */
  add(event: HotEvent, timeMs: number): void {
    if (!(timeMs >= 0 && timeMs <= LAST_TIME_MS)) throw new DecodeError(`timestamp ${timeMs} is not an event time`);
    const model = this.#model(event.articleId);
    switch (event.type) {
      case 'ARTICLE_CREATED':
        model.isCreated = true;
        model.entitle(event.eventId, { text: event.title, timeMs });
        break;
      case 'ARTICLE_UPDATED':
        model.entitle(event.eventId, { text: event.title, timeMs });
        break;
      case 'ARTICLE_DELETED':
        model.isDeleted = true;
        break;
      case 'COMMENT_CREATED':
      case 'COMMENT_DELETED':
        model.offer(Counter.comment, event.eventId, event.count);
        break;
      case 'ARTICLE_LIKED':
      case 'ARTICLE_UNLIKED':
        model.offer(Counter.like, event.eventId, event.count);
        break;
      case 'ARTICLE_VIEWED':
        model.offer(Counter.view, event.eventId, event.count);
        break;
    }
  }

  #model(articleId: string): ReadModel {
    let model = this.#models.get(articleId);
    if (!model) {
      model = new ReadModel();
      this.#models.set(articleId, model);
    }
    return model;
  }
}

// simulator/judge/log/logged-commenters.ts — Who has commented on what, by the records of the log.
import type { Day, HotEvent } from '../../../contract/events.js';
import type { Range } from '../../history/range.js';
import { Commenters } from '../../produce/account/commenters.js';

const NOBODY: Range = { low: 0, high: 0 };

export class LoggedCommenters {
  /** By day and article, whether the article's creation has come yet or not. */
  readonly #articles = new Map<string, Commenters>();

  /** @param isLate sent when the day was published already: it may count or not */
  add(event: HotEvent, day: Day, isLate: boolean): void {
    if (!('commentId' in event)) return;
    const key = `${day}/${event.articleId}`;
    let commenters = this.#articles.get(key);
    if (!commenters) {
      commenters = new Commenters();
      this.#articles.set(key, commenters);
    }
    const what = event.type === 'COMMENT_CREATED' ? 'made' : 'deleted';
    commenters.add(event.commentId, event.writerId, what, isLate ? 'may' : 'must');
  }

  range(day: Day, articleId: string): Range {
    return this.#articles.get(`${day}/${articleId}`)?.range() ?? NOBODY;
  }
}

// test/simulator/judge/naming/expiring-counts.ts — A ranking whose counts expire, one by one, written in the most naive way.
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { board, byInteger, type Consumer, counterOf, hasCount, listsOf, seoul } from './buggy-consumers.js';

/** Each count has a key of its own, which expires after a long time without a write. */
export const countsExpire =
  (isGone: (written: LogEvent, now: LogEvent) => boolean): Consumer =>
  (log) => {
    const keys = ['like', 'comment', 'view'] as const;
    const written = new Map<string, LogEvent>();
    const articles = board(log.filter(({ event }) => !event || !hasCount(event)));
    for (const one of log) {
      const { event } = one;
      const article = event && articles.get(event.articleId);
      if (!event || !hasCount(event) || article?.day !== seoul(one.timeMs)) continue;
      for (const key of keys) {
        const before = written.get(`${article.id} ${key}`);
        if (!before || !isGone(before, one)) continue;
        article[key] = 0;
        written.delete(`${article.id} ${key}`);
      }
      const before = written.get(`${article.id} ${counterOf(event)}`);
      if (before && byInteger(before.event?.eventId ?? '', event.eventId) > 0) continue;
      article[counterOf(event)] = event.count;
      written.set(`${article.id} ${counterOf(event)}`, one);
    }
    return listsOf(articles);
  };

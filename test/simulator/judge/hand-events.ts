// test/simulator/judge/hand-events.ts — One event of a log, by what a test is about.
import type { Day, HotEvent } from '../../../contract/events.js';

export interface HandEvent {
  readonly eventId: string;
  readonly articleId: string;
  readonly createdDay: Day;
  /** After the event; by default also the id of a comment and of its writer. */
  readonly count: number;
  readonly commentId?: string;
  readonly writerId?: string;
}

export function handEvent(
  type: HotEvent['type'],
  { eventId, articleId, createdDay, count, commentId = String(count), writerId = commentId }: HandEvent,
): HotEvent {
  const ids = { eventId, articleId };
  switch (type) {
    case 'ARTICLE_CREATED':
    case 'ARTICLE_UPDATED':
    case 'ARTICLE_DELETED':
      return { ...ids, type, createdDay, title: '' };
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED':
      return { ...ids, type, commentId, writerId, count };
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED':
      return { ...ids, type, userId: '1', count };
    case 'ARTICLE_VIEWED':
      return { ...ids, type, count };
  }
}

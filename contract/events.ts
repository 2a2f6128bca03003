// contract/events.ts — The eight events that the article, comment, like and view services publish.

export const EVENT_TYPES = [
  'ARTICLE_CREATED',
  'ARTICLE_UPDATED',
  'ARTICLE_DELETED',
  'COMMENT_CREATED',
  'COMMENT_DELETED',
  'ARTICLE_LIKED',
  'ARTICLE_UNLIKED',
  'ARTICLE_VIEWED',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The four streams, one topic each; `index` positions in arrays follow this order. */
export const STREAMS = ['article', 'comment', 'like', 'view'] as const;
export type Stream = (typeof STREAMS)[number];

export const STREAM_OF: Readonly<Record<EventType, Stream>> = {
  ARTICLE_CREATED: 'article',
  ARTICLE_UPDATED: 'article',
  ARTICLE_DELETED: 'article',
  COMMENT_CREATED: 'comment',
  COMMENT_DELETED: 'comment',
  ARTICLE_LIKED: 'like',
  ARTICLE_UNLIKED: 'like',
  ARTICLE_VIEWED: 'view',
};

/** Local date `yyyyMMdd` in the rules' zone. */
export type Day = string;

interface EventBase {
  /** 64-bit decimal; the version of the count that the event carries. */
  readonly eventId: string;
  /** 64-bit decimal. */
  readonly articleId: string;
}

export interface ArticleEvent extends EventBase {
  readonly type: 'ARTICLE_CREATED' | 'ARTICLE_UPDATED' | 'ARTICLE_DELETED';
  /** The local day on which the article was created, from the payload's `createdAt`. */
  readonly createdDay: Day;
  readonly title: string;
}

export interface CommentEvent extends EventBase {
  readonly type: 'COMMENT_CREATED' | 'COMMENT_DELETED';
  readonly commentId: string;
  readonly writerId: string;
  /** The article's comments after this event. */
  readonly count: number;
}

export interface LikeEvent extends EventBase {
  readonly type: 'ARTICLE_LIKED' | 'ARTICLE_UNLIKED';
  readonly userId: string;
  /** The article's likes after this event. */
  readonly count: number;
}

export interface ViewEvent extends EventBase {
  readonly type: 'ARTICLE_VIEWED';
  /** The article's views after this event. */
  readonly count: number;
}

export type HotEvent = ArticleEvent | CommentEvent | LikeEvent | ViewEvent;

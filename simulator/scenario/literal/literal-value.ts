// simulator/scenario/literal/literal-value.ts — A literal event -> its record's value, complete: what the event leaves out has a default.
import { encodeEvent } from '../../../contract/codec.js';
import type { PublishedEvent } from '../../../contract/payloads.js';
import type { TypedEvent } from './literal-event.js';

/** Defaults for what the event itself does not say. */
export interface ValueDefaults {
  /** 64-bit decimal. */
  readonly eventId: string;
  /** Local date-times: of the event, and of its article's creation. */
  readonly time: string;
  readonly articleCreatedAt: string;
}

export function recordValue(event: TypedEvent, defaults: ValueDefaults): string {
  return encodeEvent(publishedEvent(event, defaults));
}

function publishedEvent(event: TypedEvent, defaults: ValueDefaults): PublishedEvent {
  const { eventId, time } = defaults;
  switch (event.type) {
    case 'ARTICLE_CREATED':
    case 'ARTICLE_DELETED': {
      const payload = articlePayload(event, defaults);
      return {
        eventId,
        type: event.type,
        payload: { ...payload, boardArticleCount: event.payload.boardArticleCount ?? 1 },
      };
    }
    case 'ARTICLE_UPDATED':
      return { eventId, type: event.type, payload: articlePayload(event, defaults) };
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED':
      return { eventId, type: event.type, payload: commentPayload(event, defaults) };
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED': {
      const { articleLikeId, articleId, userId = 1, createdAt = time, articleLikeCount } = event.payload;
      const ids = { articleLikeId: String(articleLikeId ?? eventId), articleId: String(articleId) };
      return { eventId, type: event.type, payload: { ...ids, userId: String(userId), createdAt, articleLikeCount } };
    }
    case 'ARTICLE_VIEWED': {
      const { articleId, articleViewCount } = event.payload;
      return { eventId, type: event.type, payload: { articleId: String(articleId), articleViewCount } };
    }
  }
}

function articlePayload(
  { type, payload }: Extract<TypedEvent, { type: `ARTICLE_${'CREATED' | 'UPDATED' | 'DELETED'}` }>,
  { time, articleCreatedAt }: ValueDefaults,
) {
  const { articleId, title = `article ${articleId}`, content = '', boardId = 1, writerId = 1 } = payload;
  const createdAt = payload.createdAt ?? articleCreatedAt;
  return {
    articleId: String(articleId),
    title,
    content,
    boardId: String(boardId),
    writerId: String(writerId),
    createdAt,
    modifiedAt: payload.modifiedAt ?? (type === 'ARTICLE_UPDATED' ? time : createdAt),
  };
}

function commentPayload(
  { type, payload }: Extract<TypedEvent, { type: `COMMENT_${string}` }>,
  { eventId, time }: ValueDefaults,
) {
  const { commentId, content = '', path = '00000', articleId, writerId = 1, createdAt = time } = payload;
  return {
    commentId: String(commentId ?? eventId),
    content,
    path,
    articleId: String(articleId),
    writerId: String(writerId),
    deleted: payload.deleted ?? type === 'COMMENT_DELETED',
    createdAt,
    articleCommentCount: payload.articleCommentCount,
  };
}

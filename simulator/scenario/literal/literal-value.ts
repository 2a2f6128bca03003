// simulator/scenario/literal/literal-value.ts — A literal event -> the JSON of its record's value, as its service writes it; ids keep all their digits.
import type { TypedEvent } from './literal-event.js';

/** What a value is given where the event itself does not say. */
export interface ValueDefaults {
  /** 64-bit decimal. */
  readonly eventId: string;
  /** Local date-times: of the event, and of its article's creation. */
  readonly time: string;
  readonly articleCreatedAt: string;
}

/** Names of the payload's fields, in the order of the services, and their values as JSON. */
type Fields = Readonly<Record<string, string>>;

export function recordValue(event: TypedEvent, defaults: ValueDefaults): string {
  const payload = Object.entries(fieldsOf(event, defaults)).map(([name, json]) => `"${name}":${json}`);
  return `{"eventId":${defaults.eventId},"type":"${event.type}","payload":{${payload.join(',')}}}`;
}

function fieldsOf(event: TypedEvent, defaults: ValueDefaults): Fields {
  switch (event.type) {
    case 'ARTICLE_CREATED':
    case 'ARTICLE_UPDATED':
    case 'ARTICLE_DELETED':
      return articleFields(event, defaults);
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED':
      return commentFields(event, defaults);
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED': {
      const { articleLikeId, articleId, userId = 1, createdAt, articleLikeCount } = event.payload;
      return {
        articleLikeId: String(articleLikeId ?? defaults.eventId),
        articleId: String(articleId),
        userId: String(userId),
        createdAt: JSON.stringify(createdAt ?? defaults.time),
        articleLikeCount: String(articleLikeCount),
      };
    }
    case 'ARTICLE_VIEWED': {
      const { articleId, articleViewCount } = event.payload;
      return { articleId: String(articleId), articleViewCount: String(articleViewCount) };
    }
  }
}

function articleFields(
  { type, payload }: Extract<TypedEvent, { type: `ARTICLE_${'CREATED' | 'UPDATED' | 'DELETED'}` }>,
  { time, articleCreatedAt }: ValueDefaults,
): Fields {
  const { articleId, title = `article ${articleId}`, content = '', boardId = 1, writerId = 1 } = payload;
  const createdAt = payload.createdAt ?? articleCreatedAt;
  const modifiedAt = payload.modifiedAt ?? (type === 'ARTICLE_UPDATED' ? time : createdAt);
  return {
    articleId: String(articleId),
    title: JSON.stringify(title),
    content: JSON.stringify(content),
    boardId: String(boardId),
    writerId: String(writerId),
    createdAt: JSON.stringify(createdAt),
    modifiedAt: JSON.stringify(modifiedAt),
    ...(type === 'ARTICLE_UPDATED' ? {} : { boardArticleCount: String(payload.boardArticleCount ?? 1) }),
  };
}

function commentFields(
  { type, payload }: Extract<TypedEvent, { type: `COMMENT_${string}` }>,
  { eventId, time }: ValueDefaults,
): Fields {
  const { commentId, content = '', path = '00000', articleId, writerId = 1, createdAt = time } = payload;
  return {
    commentId: String(commentId ?? eventId),
    content: JSON.stringify(content),
    path: JSON.stringify(path),
    articleId: String(articleId),
    writerId: String(writerId),
    deleted: String(payload.deleted ?? type === 'COMMENT_DELETED'),
    createdAt: JSON.stringify(createdAt),
    articleCommentCount: String(payload.articleCommentCount),
  };
}

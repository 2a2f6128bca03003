// contract/payloads.ts — What each event's payload says: its fields, in the order in which the services write them.
import type { EventType } from './events.js';

const ARTICLE = {
  articleId: 'id',
  title: 'text',
  content: 'text',
  boardId: 'id',
  writerId: 'id',
  createdAt: 'text',
  modifiedAt: 'text',
} as const;
const COUNTED_ARTICLE = { ...ARTICLE, boardArticleCount: 'count' } as const;
const COMMENT = {
  commentId: 'id',
  content: 'text',
  path: 'text',
  articleId: 'id',
  writerId: 'id',
  deleted: 'flag',
  createdAt: 'text',
  articleCommentCount: 'count',
} as const;
const LIKE = {
  articleLikeId: 'id',
  articleId: 'id',
  userId: 'id',
  createdAt: 'text',
  articleLikeCount: 'count',
} as const;
const VIEW = { articleId: 'id', articleViewCount: 'count' } as const;

/** How a field is written: an `id` is a number in JSON, and its digits as text in memory. */
type Form = 'id' | 'text' | 'count' | 'flag';

export const PAYLOAD_FIELDS = {
  ARTICLE_CREATED: COUNTED_ARTICLE,
  ARTICLE_UPDATED: ARTICLE,
  ARTICLE_DELETED: COUNTED_ARTICLE,
  COMMENT_CREATED: COMMENT,
  COMMENT_DELETED: COMMENT,
  ARTICLE_LIKED: LIKE,
  ARTICLE_UNLIKED: LIKE,
  ARTICLE_VIEWED: VIEW,
} as const satisfies Readonly<Record<EventType, Readonly<Record<string, Form>>>>;

type Fields = typeof PAYLOAD_FIELDS;
type Value = { readonly id: string; readonly text: string; readonly count: number; readonly flag: boolean };
type PayloadOf<Type extends EventType> = {
  readonly [Field in keyof Fields[Type]]: Value[Extract<Fields[Type][Field], Form>];
};

/** An event with all that its service says of it; times are local date-times in the rules' zone. */
export type PublishedEvent = {
  readonly [Type in EventType]: { readonly eventId: string; readonly type: Type; readonly payload: PayloadOf<Type> };
}[EventType];

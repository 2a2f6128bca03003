// simulator/scenario/literal/literal-event.ts — One event of a literal scenario: what happened when, and how its record gets to Kafka.
import { z } from 'zod';
import { STREAMS } from '../../../contract/events.js';
import { isId } from '../../../contract/ids.js';

/** Oracles and observations keep counts in 32 bits. */
export const MAX_COUNTED = 4_294_967_295;
/** run.json holds all of them, too. */
export const MAX_EVENTS = 10_000;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const anId = { error: 'expected a 64-bit id from 1, as a number or its digits as text' };
const id = z
  .union([z.int(anId).min(1, anId), z.string().refine((text) => isId(text) && text !== '0', anId)], anId)
  .describe('64-bit id; beyond 2^53 its digits may stand between quotes.');
const count = z.int().min(0).max(MAX_COUNTED);

const typeOf = <const Types extends readonly string[]>(...types: Types) => z.enum(types).describe('What happened.');

const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?$/, {
    error: 'expected a date-time such as 2024-10-01T09:30:15.123, local in the rules’ zone, or with an offset or Z',
  })
  .describe('Date-time such as 2024-10-01T09:30:15.123, local in the rules’ zone unless it ends with an offset or Z.');

const localTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/, {
    error: 'expected a local date-time such as 2024-10-01T09:30:15.123, without an offset, as services write it',
  })
  .describe('Local date-time in the rules’ zone.');

const sending = {
  time: time.describe('Event time: the record’s timestamp.'),
  sentAt: time
    .optional()
    .describe(
      'When it is sent; default: its time. Later means late; earlier means that the producer’s clock is ahead.',
    ),
  partition: z.int().min(0).max(255).optional().describe('Default: the murmur2 of the key.'),
  key: z.string().max(1000).optional().describe('Key of the record; default: the article’s id.'),
};

const event = {
  ...sending,
  eventId: id
    .optional()
    .describe(
      'Version of its count; default: one more than the event before it in the list. An event that is listed again with the same id is sent again.',
    ),
};

const articleId = id.describe('Decides the record’s key and partition, unless these are given.');

/** @param fields the payload's fields, named as in the record */
const payloadOf = <Fields extends z.ZodRawShape>(fields: Fields) =>
  z.strictObject(fields).describe('The payload of the record; fields that are left out have defaults.');

const content = z.string().optional().describe('Text.');

const articlePayload = payloadOf({
  articleId,
  title: z.string().optional().describe('As the read model shows it.'),
  content,
  boardId: id.optional(),
  writerId: id.optional(),
  createdAt: localTime
    .optional()
    .describe('Its date is the article’s day. Default: the time of the article’s creation in this list.'),
  modifiedAt: localTime.optional(),
  boardArticleCount: count.optional().describe('The board’s articles after this event.'),
});

const commentPayload = payloadOf({
  commentId: id.optional().describe('Default: the event’s id. A deletion names the comment that is gone.'),
  content,
  path: z.string().optional().describe('Where the comment stands among replies.'),
  articleId,
  writerId: id.optional().describe('Default: 1.'),
  deleted: z.boolean().optional().describe('Whether the comment is gone.'),
  createdAt: localTime.optional(),
  articleCommentCount: count.describe('The article’s comments after this event.'),
});

const likePayload = payloadOf({
  articleLikeId: id.optional(),
  articleId,
  userId: id.optional().describe('Default: 1.'),
  createdAt: localTime.optional(),
  articleLikeCount: count.describe('The article’s likes after this event.'),
});

const viewPayload = payloadOf({
  articleId,
  articleViewCount: count.describe('The article’s views after this event.'),
});

const literalEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: typeOf('ARTICLE_CREATED', 'ARTICLE_UPDATED', 'ARTICLE_DELETED'),
    ...event,
    payload: articlePayload,
  }),
  z.strictObject({ type: typeOf('COMMENT_CREATED', 'COMMENT_DELETED'), ...event, payload: commentPayload }),
  z.strictObject({ type: typeOf('ARTICLE_LIKED', 'ARTICLE_UNLIKED'), ...event, payload: likePayload }),
  z.strictObject({ type: z.literal('ARTICLE_VIEWED').describe('What happened.'), ...event, payload: viewPayload }),
  z.strictObject({
    type: z.literal('RAW').describe('A record’s value as it is, decodable or not.'),
    topic: z.enum(STREAMS).describe('One of the four topics.'),
    ...sending,
    text: z.string().optional().describe('The value in UTF-8. Give this or base64.'),
    base64: z
      .string()
      .regex(BASE64, { error: 'expected bytes in base64' })
      .optional()
      .describe('The value’s bytes. Give this or text.'),
  }),
]);

export const literalEventsSchema = z
  .array(literalEventSchema)
  .min(1)
  .max(MAX_EVENTS)
  .describe(
    'The events that are sent, instead of articles and arrivals. Each is sent at its time; events of equal times keep this order within a partition.',
  );

export type LiteralEvent = z.infer<typeof literalEventSchema>;
/** Every event but those with a RAW value. */
export type TypedEvent = Exclude<LiteralEvent, { type: 'RAW' }>;

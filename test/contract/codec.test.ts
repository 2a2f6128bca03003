// test/contract/codec.test.ts — Ids survive the codec digit by digit, and what is no event is refused with a reason.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { elementAt } from '../../contract/assert.js';
import { DecodeError, decodeEvent, encodeEvent } from '../../contract/codec.js';
import { MAX_ID } from '../../contract/ids.js';
import type { PublishedEvent } from '../../contract/payloads.js';

const bytes = (text: string) => Buffer.from(text);
const like = (eventId: string, articleId: string, count = '5') =>
  `{"eventId":${eventId},"type":"ARTICLE_LIKED","payload":{"articleLikeId":7,"articleId":${articleId},"userId":9007199254740993,"createdAt":"2024-10-01T09:30:15.123","articleLikeCount":${count}}}`;

test('an id beyond 2^53 keeps its last digit', () => {
  assert.equal(decodeEvent(bytes(like('184721186232410113', '99158380993576961'))), {
    eventId: '184721186232410113',
    articleId: '99158380993576961',
    type: 'ARTICLE_LIKED',
    userId: '9007199254740993',
    count: 5,
  });
});

test('small ids and the largest 64-bit id are read', () => {
  assert.is(decodeEvent(bytes(like('9223372036854775807', '0'))).eventId, '9223372036854775807');
  assert.is(decodeEvent(bytes(like('1', '0'))).articleId, '0');
});

test('an id inside a text does not stand for the field', () => {
  const text = `{"eventId":1,"type":"ARTICLE_CREATED","payload":{"title":"\\"articleId\\":99999999999999999,","content":"","articleId":99158380993576961,"createdAt":"2024-10-01T00:00:00"}}`;
  assert.is(decodeEvent(bytes(text)).articleId, '99158380993576961');
});

test('the day of an article is the local date of its creation, as text or as an array', () => {
  const article = (createdAt: string) =>
    decodeEvent(
      bytes(`{"eventId":1,"type":"ARTICLE_DELETED","payload":{"articleId":2,"title":"t","createdAt":${createdAt}}}`),
    );
  assert.equal(article('"2024-10-01T23:59:59.999"'), {
    eventId: '1',
    articleId: '2',
    type: 'ARTICLE_DELETED',
    createdDay: '20241001',
    title: 't',
  });
  assert.is((article('[2025,1,15,9,30]') as { createdDay: string }).createdDay, '20250115');
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['text that is not JSON', 'hello', /not JSON/],
  ['an array', '[]', /not a JSON object/],
  ['an unknown type', '{"eventId":1,"type":"ARTICLE_SHARED","payload":{}}', /unknown type "ARTICLE_SHARED"/],
  ['a missing payload', '{"eventId":1,"type":"ARTICLE_VIEWED"}', /payload/],
  ['a missing count', '{"eventId":1,"type":"ARTICLE_VIEWED","payload":{"articleId":1}}', /articleViewCount/],
  ['a negative count', like('1', '2', '-1'), /articleLikeCount/],
  ['an id as text', like('"1"', '2'), /eventId is not a number/],
  ['an id beyond 64 bits', like('9223372036854775808', '2'), /eventId is not a 64-bit integer/],
  ['a fraction as id', like('1.5', '2'), /eventId is not a 64-bit integer/],
];
for (const [name, text, reason] of refused) {
  test(`${name} is refused`, () => {
    assert.throws(
      () => decodeEvent(bytes(text)),
      (error: unknown) => error instanceof DecodeError && reason.test(error.message),
    );
  });
}

test('bytes that are not UTF-8, and no value at all, are refused', () => {
  assert.throws(() => decodeEvent(Buffer.from([0x7b, 0xff, 0x7d])), /not UTF-8/);
  assert.throws(() => decodeEvent(null), /null/);
});

const CREATED_AT = '2024-10-01T09:30:15.123';
const ARTICLE = {
  articleId: '99158380993576961',
  title: '제목 "eventId":1, \\ \n',
  content: '',
  boardId: '1',
  writerId: MAX_ID,
  createdAt: CREATED_AT,
  modifiedAt: CREATED_AT,
};
const COMMENT = {
  commentId: '9007199254740993',
  content: 'text',
  path: '00000',
  articleId: '0',
  writerId: '184721186232410113',
  deleted: false,
  createdAt: CREATED_AT,
  articleCommentCount: 2 ** 53 - 1,
};
const LIKE = { articleLikeId: MAX_ID, articleId: '1', userId: '9007199254740993', createdAt: CREATED_AT };
const published: readonly PublishedEvent[] = [
  { eventId: '1', type: 'ARTICLE_CREATED', payload: { ...ARTICLE, boardArticleCount: 7 } },
  { eventId: '9007199254740993', type: 'ARTICLE_UPDATED', payload: ARTICLE },
  { eventId: MAX_ID, type: 'ARTICLE_DELETED', payload: { ...ARTICLE, boardArticleCount: 0 } },
  { eventId: '2', type: 'COMMENT_CREATED', payload: COMMENT },
  { eventId: '3', type: 'COMMENT_DELETED', payload: { ...COMMENT, deleted: true } },
  { eventId: '4', type: 'ARTICLE_LIKED', payload: { ...LIKE, articleLikeCount: 1 } },
  { eventId: '5', type: 'ARTICLE_UNLIKED', payload: { ...LIKE, articleLikeCount: 0 } },
  { eventId: '6', type: 'ARTICLE_VIEWED', payload: { articleId: MAX_ID, articleViewCount: 8 } },
];

test('an event is written as its service writes it, ids as numbers with all their digits', () => {
  assert.is(
    encodeEvent(elementAt(published, 5)),
    '{"eventId":4,"type":"ARTICLE_LIKED","payload":{"articleLikeId":9223372036854775807,"articleId":1,' +
      '"userId":9007199254740993,"createdAt":"2024-10-01T09:30:15.123","articleLikeCount":1}}',
  );
});

for (const event of published) {
  test(`what is written of ${event.type} is read again, digit by digit`, () => {
    const { type, eventId } = event;
    const decoded = decodeEvent(bytes(encodeEvent(event)));
    assert.equal({ type: decoded.type, eventId: decoded.eventId }, { type, eventId });
    const read: Readonly<Record<string, unknown>> = { ...decoded };
    const written: Readonly<Record<string, unknown>> = event.payload;
    for (const name of ['articleId', 'commentId', 'writerId', 'userId', 'title']) {
      if (name in read) assert.is(read[name], written[name]);
    }
    if ('count' in decoded) assert.is(decoded.count, Object.values(event.payload).at(-1));
    else assert.is(decoded.createdDay, '20241001');
  });
}

test('what is no id is not written as one', () => {
  const payload = { articleId: '01', articleViewCount: 1 };
  assert.throws(() => encodeEvent({ eventId: '1', type: 'ARTICLE_VIEWED', payload }), /expected the digits/);
});

test.run();

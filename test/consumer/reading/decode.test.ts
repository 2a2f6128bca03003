// test/consumer/reading/decode.test.ts
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeQuickly } from '../../../consumer/reading/decode.js';
import { decodeEvent } from '../../../contract/codec.js';

const VIEWED =
  '{"eventId":184721186232410112,"type":"ARTICLE_VIEWED","payload":{"articleId":9007199254740993,"articleViewCount":12}}';
const UNLIKED =
  '{"eventId":184721186232410112,"type":"ARTICLE_UNLIKED","payload":{"articleLikeId":9223372036854775807,"articleId":1,' +
  '"userId":2,"createdAt":"2024-10-01T09:30:15.123","articleLikeCount":0}}';
const COMMENTED =
  '{"eventId":184721186232410113,"type":"COMMENT_CREATED","payload":{"commentId":9,"content":"좋은 글","path":"00000",' +
  '"articleId":9007199254740993,"writerId":77,"deleted":false,"createdAt":"2024-10-01T09:30:15.123","articleCommentCount":3}}';
const CREATED =
  '{"eventId":1,"type":"ARTICLE_CREATED","payload":{"articleId":2,"title":"제목","createdAt":"2024-10-01T09:30:15"}}';

/** The event, or the message of the error. */
function outcome(decode: (value: Buffer) => unknown, text: string): unknown {
  try {
    return decode(Buffer.from(text, 'latin1'));
  } catch (error) {
    return String(error);
  }
}

test('views and likes are read as they stand', () => {
  assert.equal(decodeQuickly(Buffer.from(VIEWED)), {
    eventId: '184721186232410112',
    articleId: '9007199254740993',
    type: 'ARTICLE_VIEWED',
    count: 12,
  });
  assert.equal(decodeQuickly(Buffer.from(UNLIKED)), {
    eventId: '184721186232410112',
    articleId: '1',
    type: 'ARTICLE_UNLIKED',
    userId: '2',
    count: 0,
  });
});

test('a comment is read as it stands', () => {
  assert.equal(decodeQuickly(Buffer.from(COMMENTED)), {
    eventId: '184721186232410113',
    articleId: '9007199254740993',
    type: 'COMMENT_CREATED',
    commentId: '9',
    writerId: '77',
    count: 3,
  });
});

test('a comment whose text is not UTF-8 is refused', () => {
  const broken = Buffer.from(COMMENTED.replace('좋은 글', '\xff'), 'latin1');
  assert.throws(() => decodeQuickly(broken), /UTF-8/i);
});

test('whatever was changed in a record, the short way and the long way agree', () => {
  const change = fc.record({ at: fc.nat(260), cut: fc.nat(3), put: fc.string({ maxLength: 3, unit: 'binary-ascii' }) });
  const digits = fc.record({ at: fc.nat(260), cut: fc.nat(1), put: fc.constantFrom('0', '9', '99999', '.', 'e', '-') });
  fc.assert(
    fc.property(
      fc.constantFrom(...[VIEWED, UNLIKED, COMMENTED, CREATED].map((text) => Buffer.from(text).toString('latin1'))),
      fc.array(fc.oneof(change, digits), { maxLength: 2 }),
      (text, changes) => {
        const changed = changes.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), text);
        assert.equal(outcome(decodeQuickly, changed), outcome(decodeEvent, changed));
      },
    ),
    { numRuns: 3000 },
  );
});

test('an id beyond 63 bits is refused', () => {
  const beyond = VIEWED.replace('9007199254740993', '9223372036854775808');
  assert.throws(() => decodeQuickly(Buffer.from(beyond)), /articleId/);
});

test.run();

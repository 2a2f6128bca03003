// test/simulator/judge/log/decode-record.test.ts — The log oracle's parser reads what JSON.parse reads, and the events that the service's codec reads.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodedValue } from '../../../../contract/codec.js';
import { decodeRecord } from '../../../../simulator/judge/log/decode-record.js';
import { recordTexts } from '../../../support/record-texts.js';
import { referenceEvent } from '../../../support/reference-event.js';

const decode = (text: string) => decodeRecord(Buffer.from(text));

test('random records become the events that real JSON parsers and the codec read, or are refused with them', () => {
  const seen = { decoded: 0, refused: 0 };
  fc.assert(
    fc.property(recordTexts, (text) => {
      const event = decode(text);
      assert.equal(event, referenceEvent(text), text);
      assert.equal(event, decodedValue(Buffer.from(text)), text);
      seen[event === undefined ? 'refused' : 'decoded'] += 1;
    }),
    { numRuns: 3000 },
  );
  assert.ok(seen.decoded > 300 && seen.refused > 300, JSON.stringify(seen));
});

test('a record that was cut, or of which a character was changed, is read as they read it', () => {
  const characters = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '0', '-', '.', 'e', ' ', '\u0001', 'u');
  fc.assert(
    fc.property(recordTexts, fc.nat(400), characters, fc.boolean(), (text, place, character, isCut) => {
      const at = place % text.length;
      // As bytes hold it: a half of a surrogate pair is in no UTF-8.
      const changed = Buffer.from(text.slice(0, at) + (isCut ? '' : character + text.slice(at + 1))).toString();
      assert.equal(decode(changed), referenceEvent(changed), changed);
      assert.equal(decode(changed), decodedValue(Buffer.from(changed)), changed);
    }),
    { numRuns: 3000 },
  );
});

test('ids beyond 2^53 are exact, wherever else their names stand', () => {
  const payload =
    '{"before":{"articleId":1},"articleId":9007199254740993,"articleViewCount":7,"after":[{"articleId":2}]}';
  const text = `{"articleId":3,"payload":${payload},"type":"ARTICLE_VIEWED","eventId":9223372036854775807}`;
  const event = { eventId: '9223372036854775807', articleId: '9007199254740993', type: 'ARTICLE_VIEWED', count: 7 };
  assert.equal(decode(text), event);
  assert.is(decode(text.replace('775807}', '775808}')), undefined);
});

test('what is not UTF-8, or not JSON as a whole, is no event', () => {
  const text = '{"eventId":1,"type":"ARTICLE_VIEWED","payload":{"articleId":2,"articleViewCount":3}}';
  const event = { eventId: '1', articleId: '2', type: 'ARTICLE_VIEWED', count: 3 };
  assert.equal(decode(text), event);
  assert.equal(decode(`\uFEFF${text}`), event);
  assert.is(decodeRecord(Buffer.concat([Buffer.from(text), Buffer.from([0xff])])), undefined);
  for (const wrong of [
    '',
    'null',
    '[]',
    `${text}x`,
    text.slice(0, -1),
    text.replace('3', '03'),
    text.replace('3', '-1'),
  ]) {
    assert.is(decode(wrong), undefined, wrong);
  }
});

test.run();

// test/contract/codec-ids.test.ts — Ids are those that another parser finds in the text, whatever stands before, inside or beside the payload.
import fc from 'fast-check';
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeQuickly } from '../../consumer/reading/decode.js';
import { DecodeError, decodeEvent } from '../../contract/codec.js';
import { IDS, recordTexts } from '../support/record-texts.js';
import { idIn } from '../support/reference-event.js';

/** By jsonc-parser, which keeps the place of every value; undefined where it is no id. */
function idOf(text: string, holder: Node | undefined, name: string): string | undefined {
  const property = holder?.children?.findLast(({ children }) => children?.[0]?.value === name);
  return idIn(text, property?.children?.[1]);
}

test('ids of random records are exact, or the record is refused', () => {
  let decoded = 0;
  let refused = 0;
  fc.assert(
    fc.property(recordTexts, (text) => {
      const root = parseTree(text);
      const payload = root?.children?.findLast(({ children }) => children?.[0]?.value === 'payload')?.children?.[1];
      try {
        const event: Readonly<Record<string, unknown>> = { ...decodeEvent(Buffer.from(text)) };
        decoded += 1;
        assert.is(event.eventId, idOf(text, root, 'eventId'));
        for (const name of IDS) if (name in event) assert.is(event[name], idOf(text, payload, name));
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        refused += 1;
        const name = /^(\w+) is not a (?:number|64-bit integer)$/.exec(error.message)?.[1] ?? '';
        assert.is(idOf(text, name === 'eventId' ? root : payload, name), undefined, error.message);
      }
    }),
    { numRuns: 5000 },
  );
  assert.ok(decoded > 500 && refused > 500, `${decoded} decoded, ${refused} refused`);
});

const A = '7250000000000000123';
const B = '7250000000000000125';
const view = (payload: string) => `{"eventId":${A},"type":"ARTICLE_VIEWED","payload":${payload}}`;
const cases: readonly (readonly [string, string])[] = [
  [
    'a block before the payload',
    `{"audit":{"articleId":${B}},${view(`{"articleId":${A},"articleViewCount":1}`).slice(1)}`,
  ],
  ['an object inside the payload', view(`{"of":{"articleId":${B}},"articleId":${A},"articleViewCount":1}`)],
  ['a list inside the payload', view(`{"of":[{"articleId":${B}}],"articleId":${A},"articleViewCount":1}`)],
  ['the same name before', view(`{"articleId":${B},"articleId":${A},"articleViewCount":1}`)],
  ['the same name in the record', `{"articleId":${B},${view(`{"articleId":${A},"articleViewCount":1}`).slice(1)}`],
  ['the name as a value', view(`{"sort":"articleId","articleId":${A},"articleViewCount":1}`)],
  [
    'a payload before the payload',
    `{"payload":{"articleId":${B}},${view(`{"articleId":${A},"articleViewCount":1}`).slice(1)}`,
  ],
  ['an escaped name before', view(`{"article\\u0049d":${B},"articleId":${A},"articleViewCount":1}`)],
  ['an escaped name after', view(`{"articleId":${B},"article\\u0049d":${A},"articleViewCount":1}`)],
  ['an escaped payload', view(`{"articleId":${A},"articleViewCount":1}`).replace('payload', 'p\\u0061yload')],
  [
    'white space everywhere',
    ` {\n"type"\t: "ARTICLE_VIEWED" , "payload" :{ "articleViewCount":1,\r\n"articleId" : ${A} } ,"eventId": ${A}\n} `,
  ],
];
for (const [name, text] of cases) {
  test(`an id beyond 2^53 is exact beside ${name}`, () => {
    const expected = { eventId: A, articleId: A, type: 'ARTICLE_VIEWED', count: 1 };
    assert.equal(decodeEvent(Buffer.from(text)), expected);
    assert.equal(decodeQuickly(Buffer.from(text)), expected);
  });
}

test('the reference finds what the cases say', () => {
  for (const [, text] of cases) {
    const root = parseTree(text);
    assert.ok(root && findNodeAtLocation(root, ['type']));
    const payload = root.children?.findLast(({ children }) => children?.[0]?.value === 'payload')?.children?.[1];
    assert.is(idOf(text, payload, 'articleId'), A);
  }
});

test('a record nested deeper than calls can be keeps its ids', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const text = view(`{"of":${deep},"sort":"articleId","articleId":${A},"articleViewCount":1}`);
  assert.is(decodeEvent(Buffer.from(text)).articleId, A);
});

test.run();

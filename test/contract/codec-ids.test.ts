// test/contract/codec-ids.test.ts — Ids are those that another parser finds in the text, whatever stands before, inside or beside the payload.
import fc from 'fast-check';
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeQuickly } from '../../consumer/reading/decode.js';
import { DecodeError, decodeEvent } from '../../contract/codec.js';
import { EVENT_TYPES } from '../../contract/events.js';
import { jsonObject } from '../support/json-texts.js';

const NAMES = ['eventId', 'articleId', 'commentId', 'writerId', 'userId', 'payload'] as const;
const IDS = ['articleId', 'commentId', 'writerId', 'userId'] as const;

/** All fields that some type needs, ids excepted. */
const FIELDS =
  '"title":"t","createdAt":"2024-10-01T09:30:15","articleCommentCount":1,"articleLikeCount":2,"articleViewCount":3';

const member = fc.tuple(fc.constantFrom(...NAMES), jsonObject(NAMES)).map(([name, value]) => `"${name}":${value}`);
const id = fc.oneof(
  fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }).map(String),
  fc.constantFrom('1', '9007199254740992', '9007199254740993', '9223372036854775808', '1.5', '1e19', '"5"', 'null'),
);
const idMember = fc
  .tuple(fc.constantFrom(...NAMES.slice(0, 5)), fc.boolean(), id)
  .map(([name, isEscaped, value]) => `"${isEscaped ? name.replace('I', '\\u0049') : name}" : ${value}`);

const payloads = fc
  .tuple(
    fc.array(fc.oneof(member, idMember), { maxLength: 4 }),
    fc.tuple(id, id, id, id),
    fc.array(idMember, { maxLength: 3 }),
  )
  .map(([before, ids, after]) => {
    const own = IDS.map((name, index) => `"${name}":${ids[index]}`);
    return `{${[...before, FIELDS, ...own, ...after].join(',')}}`;
  });

const records = fc
  .record({
    type: fc.constantFrom(...EVENT_TYPES),
    before: fc.array(fc.oneof(member, idMember), { maxLength: 3 }),
    eventId: id,
    payload: payloads,
    beside: fc.array(idMember, { maxLength: 3 }),
  })
  .map(({ type, before, eventId, payload, beside }) => {
    const members = [...before, `"type":"${type}"`, `"eventId": ${eventId}`, `"payload":${payload}`, ...beside];
    return ` {${members.join(' ,')}} `;
  });

/** By jsonc-parser, which keeps the place of every value; undefined where it is no id. */
function idIn(text: string, holder: Node | undefined, name: string): string | undefined {
  const property = holder?.children?.findLast(({ children }) => children?.[0]?.value === name);
  const value = property?.children?.[1];
  if (value?.type !== 'number') return undefined;
  const digits = text.slice(value.offset, value.offset + value.length);
  if (Number.isSafeInteger(value.value) && value.value >= 0) return String(Number(digits));
  return /^\d+$/.test(digits) && BigInt(digits) < 2n ** 63n ? digits : undefined;
}

test('ids of random records are exact, or the record is refused', () => {
  let decoded = 0;
  let refused = 0;
  fc.assert(
    fc.property(records, (text) => {
      const root = parseTree(text);
      const payload = root?.children?.findLast(({ children }) => children?.[0]?.value === 'payload')?.children?.[1];
      try {
        const event: Readonly<Record<string, unknown>> = { ...decodeEvent(Buffer.from(text)) };
        decoded += 1;
        assert.is(event.eventId, idIn(text, root, 'eventId'));
        for (const name of IDS) if (name in event) assert.is(event[name], idIn(text, payload, name));
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        refused += 1;
        const name = /^(\w+) is not a (?:number|64-bit integer)$/.exec(error.message)?.[1] ?? '';
        assert.is(idIn(text, name === 'eventId' ? root : payload, name), undefined, error.message);
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
    assert.is(idIn(text, payload, 'articleId'), A);
  }
});

test('a record nested deeper than calls can be keeps its ids', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const text = view(`{"of":${deep},"sort":"articleId","articleId":${A},"articleViewCount":1}`);
  assert.is(decodeEvent(Buffer.from(text)).articleId, A);
});

test.run();

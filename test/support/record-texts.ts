// test/support/record-texts.ts — Random records as JSON text: events with ids of every kind, and their names at other places too.
import fc from 'fast-check';
import { EVENT_TYPES } from '../../contract/events.js';
import { jsonObject } from './json-texts.js';

const NAMES = ['eventId', 'articleId', 'commentId', 'writerId', 'userId', 'payload'] as const;
export const IDS = ['articleId', 'commentId', 'writerId', 'userId'] as const;

const count = fc.oneof(
  { weight: 8, arbitrary: fc.nat(1000).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('2.0', '3e2', '-0', '-1', '1.5', '9007199254740992', '"1"', 'null') },
);
const title = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom('"\\u0041\\/\\n"', '"\\ud83d\\ude00"', '"\\ud800"', '5', 'null') },
);
const createdAt = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('"2024-10-01T09:30:15"', '[2024,10,1,9,30]', '"2024-10\\u002d01T09:30"') },
  { weight: 1, arbitrary: fc.constantFrom('"2024-10-01"', '[2024,10]', '[2024,10.0,1e0]', '[2024,"10",1]', '5', '{}') },
);

/** All fields that some type needs, ids excepted. */
const fields = fc
  .record({ title, createdAt, articleCommentCount: count, articleLikeCount: count, articleViewCount: count })
  .map((all) =>
    Object.entries(all)
      .map(([name, value]) => `"${name}":${value}`)
      .join(','),
  );

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
    fields,
  )
  .map(([before, ids, after, others]) => {
    const own = IDS.map((name, index) => `"${name}":${ids[index]}`);
    return `{${[...before, others, ...own, ...after].join(',')}}`;
  });

export const recordTexts = fc
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

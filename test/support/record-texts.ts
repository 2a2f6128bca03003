// test/support/record-texts.ts — Random records as JSON text: events with ids of every kind, and their names at other places too.
import fc from 'fast-check';
import { EVENT_TYPES } from '../../contract/events.js';
import { jsonObject } from './json-texts.js';

const NAMES = ['eventId', 'articleId', 'commentId', 'writerId', 'userId', 'payload'] as const;
export const IDS = ['articleId', 'commentId', 'writerId', 'userId'] as const;

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

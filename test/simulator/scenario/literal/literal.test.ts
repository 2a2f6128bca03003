// test/simulator/scenario/literal/literal.test.ts — Given events become the records that their services would write; what cannot be right is named, with its path.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeEvent } from '../../../../contract/codec.js';
import { partitionOf } from '../../../../contract/partition.js';
import { ScenarioError } from '../../../../simulator/errors.js';
import { completeScenario, loadScenario } from '../../../../simulator/scenario/load.js';
import { literalWith } from '../../../support/scenarios.js';

const created = { time: '2024-10-01T09:00:00', type: 'ARTICLE_CREATED', payload: { articleId: 5 } };
const at = (time: string, type: string, payload: object, more: object) => ({ time, type, payload, ...more });
const liked = (count: number, more: object = {}) =>
  at('2024-10-01T09:01:00', 'ARTICLE_LIKED', { articleId: 5, articleLikeCount: count }, more);
const viewed = (more: object = {}) =>
  at('2024-10-01T09:02:00', 'ARTICLE_VIEWED', { articleId: 5, articleViewCount: 7 }, more);

function problemsOf(events: readonly unknown[], fields: object = {}): readonly string[] {
  try {
    completeScenario('x.json', { description: 'a test', events, ...fields });
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

test('an event is the record that its service would write', () => {
  const { events } = literalWith([created, liked(3), viewed()]);
  const local = (minute: number) => `2024-10-01T09:0${minute}:00.000`;
  assert.equal(
    events.map(({ value }) => value),
    [
      `{"eventId":1,"type":"ARTICLE_CREATED","payload":{"articleId":5,"title":"article 5","content":"","boardId":1,"writerId":1,"createdAt":"${local(0)}","modifiedAt":"${local(0)}","boardArticleCount":1}}`,
      `{"eventId":2,"type":"ARTICLE_LIKED","payload":{"articleLikeId":2,"articleId":5,"userId":1,"createdAt":"${local(1)}","articleLikeCount":3}}`,
      '{"eventId":3,"type":"ARTICLE_VIEWED","payload":{"articleId":5,"articleViewCount":7}}',
    ],
  );
  const partition = partitionOf(Buffer.from('5'), 3);
  assert.equal(
    events.map(({ topic, key, partition }) => [topic, key, partition]),
    ['article', 'like', 'view'].map((topic) => [topic, '5', partition]),
  );
});

test('times are local in the zone of the rules unless they say otherwise, and order the sends', () => {
  const late = liked(1, { sentAt: '2024-10-01T10:00:00', time: '2024-10-01T08:59:00.5' });
  const { events, clock } = literalWith([late, created, viewed({ time: '2024-10-01T00:30:00Z' })]);
  const at = (text: string) => Date.parse(text);
  assert.equal(
    events.map(({ topic, timeMs, sentAtMs }) => [topic, timeMs, sentAtMs]),
    [
      ['article', at('2024-10-01T00:00:00Z'), at('2024-10-01T00:00:00Z')],
      ['view', at('2024-10-01T00:30:00Z'), at('2024-10-01T00:30:00Z')],
      ['like', at('2024-09-30T23:59:00.500Z'), at('2024-10-01T01:00:00Z')],
    ],
  );
  assert.is(clock.start, '2024-10-01T09:00:00.000');
});

test('what is sent at one time keeps the order of the list', () => {
  const { events } = literalWith([1, 2, 3].map((count) => liked(count)));
  assert.equal(
    events.map(({ value }) => decodeEvent(Buffer.from(value)).eventId),
    ['1', '2', '3'],
  );
});

test('an update and a deletion know when their article was created, wherever that stands', () => {
  const deleted = { time: '2024-10-02T00:10:00', type: 'ARTICLE_DELETED', payload: { articleId: 5 } };
  const { events } = literalWith([deleted, created]);
  const days = events
    .map(({ value }) => decodeEvent(Buffer.from(value)))
    .map((one) => 'createdDay' in one && one.createdDay);
  assert.equal(days, ['20241001', '20241001']);
});

test('ids beyond 2^53 keep all their digits, as text and as numbers of a file', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sim-test-'));
  try {
    const file = join(dir, 'big.json');
    const event =
      '{ "time": "2024-10-01T09:00:00", "type": "ARTICLE_VIEWED", "eventId": 9223372036854775807, // the last\n';
    const payload = '"payload": { "articleId": "99360512082452481", "articleViewCount": 1 } }';
    writeFileSync(file, `{ "description": "a test", "events": [${event}${payload}] }`);
    const scenario = await loadScenario(file);
    const [first] = 'events' in scenario ? scenario.events : [];
    assert.is(first?.key, '99360512082452481');
    assert.match(first?.value ?? '', '{"eventId":9223372036854775807,');
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('a raw record is what it says, decodable or not', () => {
  const raw = { time: '2024-10-01T09:00:00', type: 'RAW', topic: 'view' };
  const { events } = literalWith([
    { ...raw, text: 'not json' },
    { ...raw, base64: '//4=', key: 'k', partition: 2 },
    { ...raw, text: '{"eventId":1,"type":"ARTICLE_VIEWED","payload":{"articleId":7,"articleViewCount":1}}' },
  ]);
  assert.equal(
    events.map(({ topic, key, partition, encoding }) => [topic, key, partition, encoding]),
    [
      ['view', '', 0, 'utf8'],
      ['view', 'k', 2, 'base64'],
      ['view', '7', partitionOf(Buffer.from('7'), 3), 'utf8'],
    ],
  );
});

test('what only drawn events have is refused beside events, by name, with all other problems', () => {
  assert.equal(problemsOf([created, { ...created, typ: 1 }], { articles: { perDay: 5 }, delivery: {}, seeds: 1 }), [
    'articles: cannot be given beside events, which already say what is sent',
    'delivery: cannot be given beside events, which already say what is sent',
    'events[1].typ: unknown key; did you mean "type"?',
    'seeds: unknown key; did you mean "seed"?',
  ]);
});

const wrong: readonly (readonly [name: string, events: readonly unknown[], problem: string, fields?: object])[] = [
  ['no events', [], 'events: Too small: expected array to have >=1 items, found []'],
  [
    'an unknown type',
    [{ ...created, type: 'ARTICLE_LIKE' }],
    'events[0].type: expected one of ARTICLE_CREATED, ARTICLE_UPDATED,',
  ],
  [
    'a misspelt count',
    [liked(1, { payload: { articleId: 5, likeCount: 1 } })],
    'events[0].payload.articleLikeCount: expected number, found nothing',
  ],
  [
    'a field of another type',
    [viewed({ payload: { articleId: 5, articleViewCount: 1, userId: 1 } })],
    'events[0].payload.userId: unknown key',
  ],
  [
    'an id that a double rounds',
    [liked(1, { payload: { articleId: 2 ** 60, articleLikeCount: 1 } })],
    'events[0].payload.articleId: expected a 64-bit id',
  ],
  ['an id of 0', [liked(1, { eventId: 0 })], 'events[0].eventId: expected a 64-bit id from 1'],
  ['a time without a date', [viewed({ time: '09:00' })], 'events[0].time: expected a date-time such as'],
  [
    'a date that does not exist',
    [viewed({ time: '2024-02-30T09:00:00' })],
    'events[0].time: expected a date-time that exists',
  ],
  [
    'creation on no date',
    [{ ...created, payload: { articleId: 5, createdAt: '2024-02-30T09:00:00' } }],
    'events[0].payload.createdAt: 20240230 is not a date',
  ],
  ['a partition that is not there', [viewed({ partition: 3 })], 'events[0].partition: partitions go from 0 to 2'],
  [
    'no value',
    [{ time: created.time, type: 'RAW', topic: 'view' }],
    'events[0]: expected exactly one of text and base64',
  ],
  [
    'two values',
    [{ time: created.time, type: 'RAW', topic: 'view', text: '', base64: '' }],
    'events[0]: expected exactly one of text and base64',
  ],
  [
    'what is no base64',
    [{ time: created.time, type: 'RAW', topic: 'view', base64: 'a' }],
    'events[0].base64: expected bytes in base64',
  ],
  [
    'one id for two events',
    [liked(1, { eventId: 9 }), liked(2, { eventId: 9 })],
    'events[1].eventId: 9 is the id of events[0], too',
  ],
  [
    'an article of two days',
    [created, { ...created, payload: { articleId: 5, createdAt: '2024-10-02T09:00:00' } }],
    'events[1].payload.createdAt: article 5 was created on 20241001 by events[0], and on 20241002 here',
  ],
  [
    'an article of two titles',
    [created, { ...created, payload: { articleId: 5, title: 'b' } }],
    'events[1].payload.title: article 5 was created with the title "article 5" by events[0]',
  ],
  [
    'a send before the clock’s start',
    [viewed()],
    'events[0].time: is before clock.start',
    { clock: { start: '2024-10-01T09:02:01' } },
  ],
  [
    'no larger id',
    [viewed({ eventId: '9223372036854775807' }), viewed()],
    'events[1].eventId: there is no larger 64-bit id',
  ],
  [
    'a fault after the last event',
    [created, viewed()],
    'faults[0].at.time: is not within the time of the load',
    { faults: [{ kind: 'redis-kill', at: { time: '2024-10-01T09:02:01' } }] },
  ],
  [
    'a phase of another name',
    [viewed()],
    'thresholds[0].phase: no phase is named "day"; there is events',
    { thresholds: [{ metric: 'throughput', phase: 'day', above: 1 }] },
  ],
];

for (const [name, events, problem, fields] of wrong) {
  test(`${name} is refused`, () => {
    const [first = ''] = problemsOf(events, fields);
    assert.ok(first.startsWith(problem), first);
  });
}

test('of an event without a type, what is wrong besides is told by the nearest type', () => {
  const { type: _, ...untyped } = liked(1, { payload: { articleId: 5, articleLikeCount: 1, userIds: 2 } });
  const [first = '', ...others] = problemsOf([untyped]);
  assert.match(first, 'events[0].type: expected one of');
  assert.equal(others, ['events[0].payload.userIds: unknown key; did you mean "userId"?']);
});

test('the clock’s start may be written in a zone of its own', () => {
  const { clock } = literalWith([created], { clock: { zone: 'UTC' } });
  assert.is(clock.start, '2024-10-01T00:00:00.000');
  const clockOf = (start: string) => ({ clock: { start, zone: 'UTC' } });
  assert.equal(problemsOf([created], clockOf('2024-09-30T23:59:59')), []);
  assert.match(problemsOf([created], clockOf('2024-10-01T00:00:01')).join(), 'is before clock.start');
});

test('where users who comment count, a comment has one writer and a deletion names it', () => {
  const comment = (type: string, payload: object) => ({
    time: '2024-10-01T09:01:00',
    type,
    payload: { articleId: 5, articleCommentCount: 1, ...payload },
  });
  const rules = { weights: { commenter: 1 } };
  const events = [{}, { writerId: 2 }].map((by) => comment('COMMENT_CREATED', { commentId: 8, ...by }));
  assert.equal(problemsOf([...events, comment('COMMENT_DELETED', {})], { rules }), [
    'events[1].payload.writerId: comment 8 is by 1 in events[0]',
    'events[2].payload.commentId: must be given where rules.weights.commenter is above 0',
  ]);
});
test.run();

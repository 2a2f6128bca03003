// test/simulator/judge/log/log-oracle-articles.test.ts — What the fold of the log says of an article, record by record: its state, its counts, its score, its place.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HotEvent } from '../../../../contract/events.js';
import { DEFAULT_RULES, type Rules } from '../../../../contract/rules.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { handEvent } from '../hand-events.js';
import { calendar, day } from '../histories.js';

const NEXT = calendar.span('20241002');
const NOON_MS = day.startMs + 43_200_000;
const PUBLISHED_MS = calendar.publishedAtMs(day.day);
const rules: Rules = { ...DEFAULT_RULES, top: 2 };

interface Fields {
  readonly articleId?: string;
  readonly eventId?: string;
  readonly createdDay?: string;
  readonly timeMs?: number;
  readonly dueMs?: number;
  readonly commentId?: string;
  readonly writerId?: string;
}
/** By default of article 7, at noon, and in the order of their ids. */
type Fact = readonly [type: HotEvent['type'], count?: number, fields?: Fields];

function logOf(facts: readonly Fact[], by = rules): LogOracle {
  const oracle = new LogOracle(by);
  for (const [offset, [type, count = 0, { timeMs = NOON_MS, dueMs = timeMs, ...fields } = {}]] of facts.entries()) {
    const ids = { eventId: String(offset + 1), articleId: '7', createdDay: day.day, count };
    const event = handEvent(type, { ...ids, ...fields });
    oracle.add({ stream: 0, partition: 0, offset, timeMs, dueMs, event });
  }
  return oracle;
}

const CREATED: Fact = ['ARTICLE_CREATED'];
const viewed = (count: number, fields: Fields = {}): Fact => ['ARTICLE_VIEWED', count, fields];
const deleted = (timeMs: number, dueMs = timeMs): Fact => ['ARTICLE_DELETED', 0, { timeMs, dueMs }];
/** An article with so many views. */
const withViews = (articleId: string, views: number): Fact[] => [
  ['ARTICLE_CREATED', 0, { articleId }],
  viewed(views, { articleId }),
];

const statesOf = (...facts: readonly Fact[]) => {
  const { created, deleted: gone, withdrawn } = logOf(facts).find('7') ?? {};
  return [created, gone, withdrawn];
};
const countsOf = (...facts: readonly Fact[]) => logOf(facts).find('7')?.counts;

test('an article is known once it is created or deleted, not by counts or updates of it', () => {
  assert.is(logOf([viewed(3), ['ARTICLE_UPDATED']]).find('7'), undefined);
  assert.is(logOf([viewed(3), ['ARTICLE_UPDATED']]).articles, 0);
  assert.equal(logOf([CREATED]).find('7'), {
    day: day.day,
    created: 'must',
    deleted: 'no',
    withdrawn: 'no',
    counts: [0, 0, 0],
    commenter: { low: 0, high: 0 },
  });
  assert.equal(statesOf(deleted(NOON_MS)), ['no', 'must', 'no']);
  const undecodable = new LogOracle(rules);
  undecodable.add({ stream: 0, partition: 0, offset: 0, timeMs: 0, dueMs: 0, event: undefined });
  assert.is(undecodable.articles, 0);
});

test('each article has its own day', () => {
  const log = logOf([CREATED, ['ARTICLE_CREATED', 0, { articleId: '8', createdDay: NEXT.day }]]);
  assert.equal([log.find('7')?.day, log.find('8')?.day], [day.day, NEXT.day]);
});

test('a late copy of a deletion that came in time changes nothing', () => {
  const late = deleted(NOON_MS, PUBLISHED_MS);
  assert.equal(statesOf(CREATED, deleted(NOON_MS), late, late), ['must', 'must', 'no']);
  assert.equal(statesOf(CREATED, late), ['must', 'may', 'may']);
});

test('a creation that was sent when its day was published may be so, and one that came in time besides is', () => {
  const late: Fact = ['ARTICLE_CREATED', 0, { dueMs: PUBLISHED_MS }];
  assert.equal(statesOf(late), ['may', 'no', 'no']);
  assert.equal(statesOf(['ARTICLE_CREATED', 0, { dueMs: PUBLISHED_MS - 1 }]), ['must', 'no', 'no']);
  assert.equal(statesOf(late, CREATED), ['must', 'no', 'no']);
  assert.equal(statesOf(CREATED, late), ['must', 'no', 'no']);
});

test('a deletion is before or after the publication by its own time, and either where it was late', () => {
  const [before, at] = [PUBLISHED_MS - 1, PUBLISHED_MS];
  const states = (...deletion: Parameters<typeof deleted>) => statesOf(CREATED, deleted(...deletion)).slice(1);
  assert.equal(states(before), ['must', 'no']);
  assert.equal(states(at), ['no', 'must']);
  assert.equal(states(before, at), ['may', 'may']);
  assert.equal(states(at, before), ['no', 'must']);
});

test('a count counts on the day of its article alone, and the newest stands', () => {
  assert.equal(countsOf(CREATED, ['ARTICLE_LIKED', 5], ['COMMENT_CREATED', 6], viewed(7)), [5, 6, 7]);
  assert.equal(countsOf(CREATED, ['ARTICLE_UNLIKED', 5], ['COMMENT_DELETED', 6]), [5, 6, 0]);
  assert.equal(countsOf(CREATED, viewed(7), viewed(3)), [0, 0, 3]);
  assert.equal(countsOf(CREATED, viewed(7, { eventId: '9' }), viewed(3, { eventId: '8' })), [0, 0, 7]);
  assert.equal(countsOf(CREATED, viewed(7), viewed(8, { timeMs: NEXT.startMs })), [0, 0, 7]);
  assert.equal(countsOf(CREATED, viewed(7, { eventId: '9' }), viewed(8, { eventId: '9' })), [0, 0, 7]);
});

test('versions are compared as 64-bit numbers', () => {
  const inOrder = [2n ** 33n + 5n, 2n ** 34n + 4n, 2n ** 34n + 5n].map((id, index) =>
    viewed(index + 1, { eventId: String(id) }),
  );
  const [first, second, third] = inOrder as [Fact, Fact, Fact];
  for (const facts of [inOrder, [third, first, second], [third, second, first]])
    assert.equal(countsOf(CREATED, ...facts), [0, 0, 3]);
  assert.equal(countsOf(CREATED, second, first), [0, 0, 2]);
});

test('counts that come before the creation of their article count once it comes, if they are of its day', () => {
  assert.equal(countsOf(viewed(7), ['ARTICLE_LIKED', 2], CREATED), [2, 0, 7]);
  assert.equal(countsOf(viewed(7, { timeMs: NEXT.startMs }), viewed(3), CREATED), [0, 0, 3]);
  assert.equal(countsOf(viewed(7, { eventId: '9' }), CREATED, viewed(3, { eventId: '8' })), [0, 0, 7]);
  assert.equal(countsOf(deleted(NOON_MS), viewed(7), CREATED), [0, 0, 7]);
  assert.equal(countsOf(viewed(7), ['ARTICLE_CREATED', 0, { createdDay: NEXT.day }]), [0, 0, 0]);
});

test('counts that were late wait apart, newer ones only', () => {
  const late = (count: number, eventId: string): Fact => viewed(count, { eventId, dueMs: PUBLISHED_MS });
  const of = (...facts: readonly Fact[]) => {
    const log = logOf(facts);
    return [log.find('7')?.counts[2], log.lateCounts('7').map(({ count }) => count)];
  };
  assert.equal(of(CREATED, viewed(3, { eventId: '5' }), late(4, '6'), late(5, '7'), late(2, '4')), [3, [4, 5]]);
  assert.equal(of(late(4, '6'), late(2, '4'), viewed(3, { eventId: '5' }), CREATED), [3, [4]]);
  assert.equal(of(CREATED, viewed(3, { dueMs: PUBLISHED_MS - 1 })), [3, []]);
  assert.equal(logOf([]).lateCounts('7'), []);
});

test('a score is by the rules, of the article’s day alone, and 0 when it is gone', () => {
  const facts: Fact[] = [CREATED, ['ARTICLE_LIKED', 2], ['COMMENT_CREATED', 3], viewed(4)];
  const scoreOf = (...more: readonly Fact[]) => logOf([...facts, ...more]).scoreOf('7', day.day);
  assert.is(scoreOf(), 3 * 2 + 2 * 3 + 4);
  assert.is(scoreOf(deleted(NOON_MS)), 0);
  assert.is(scoreOf(deleted(PUBLISHED_MS)), 0);
  assert.is(logOf(facts).scoreOf('7', NEXT.day), undefined);
  assert.is(logOf(facts).scoreOf('8', day.day), undefined);
  assert.is(logOf([viewed(4), deleted(PUBLISHED_MS - 1)]).scoreOf('7', day.day), 0);
});

test('users who commented are in the score where they have a weight, and only there', () => {
  const comment = (commentId: string, writerId: string): Fact => ['COMMENT_CREATED', 2, { commentId, writerId }];
  const facts = [CREATED, comment('1', 'a'), comment('2', 'a')];
  const weighed = { ...rules, weights: { ...rules.weights, commenter: 10 } };
  assert.is(logOf(facts, weighed).scoreOf('7', day.day), 2 * 2 + 10);
  assert.equal(logOf(facts, weighed).find('7')?.commenter, { low: 1, high: 1 });
  assert.is(logOf(facts).scoreOf('7', day.day), 2 * 2);
  assert.equal(logOf(facts).find('7')?.commenter, { low: 0, high: 0 });
});

test('a list holds the best of its day, ties newest first, and no article without a score', () => {
  const facts = [...withViews('1', 5), ...withViews('2', 3), ...withViews('3', 3), ...withViews('4', 0)];
  const row = (articleId: string, score: number) => ({ articleId, score });
  assert.equal(logOf(facts).list(day.day), [row('1', 5), row('3', 3)]);
  assert.equal(logOf(facts.slice(6)).list(day.day), []);
  assert.equal(logOf(facts).list(NEXT.day), []);
  const other: Fact[] = [
    ['ARTICLE_CREATED', 0, { articleId: '9', createdDay: NEXT.day }],
    viewed(9, { articleId: '9', timeMs: NEXT.startMs }),
  ];
  assert.equal(logOf([...facts, ...other]).list(day.day), [row('1', 5), row('3', 3)]);
  assert.equal(logOf([...facts, ...other]).list(NEXT.day), [row('9', 9)]);
});

test('what perhaps came in time is taken to have counted', () => {
  const late: Fact[] = [['ARTICLE_CREATED', 0, { dueMs: PUBLISHED_MS }], viewed(4)];
  assert.equal(logOf(late).list(day.day), [{ articleId: '7', score: 4 }]);
  assert.equal(logOf([CREATED, viewed(4), deleted(NOON_MS, PUBLISHED_MS)]).list(day.day), []);
});

test('a deleted article leaves its rank to the next, and one that is deleted after publication leaves it empty', () => {
  const facts = [...withViews('1', 5), ...withViews('7', 4), ...withViews('3', 3)];
  const idsAfter = (deletion: Fact) =>
    logOf([...facts, deletion])
      .list(day.day)
      .map(({ articleId }) => articleId);
  assert.equal(idsAfter(deleted(NOON_MS)), ['1', '3']);
  assert.equal(idsAfter(deleted(PUBLISHED_MS)), ['1']);
});

test('leaders are those whose score was highest at some time, on their day, also when they fell or were deleted', () => {
  const facts: Fact[] = [
    ...[
      ...withViews('1', 9),
      viewed(1, { articleId: '1' }),
      ...withViews('2', 5),
      ...withViews('7', 7),
      deleted(NOON_MS),
    ],
    ...[['ARTICLE_CREATED', 0, { articleId: '8', createdDay: NEXT.day }] as Fact],
    ...[['ARTICLE_CREATED', 0, { articleId: '4' }] as Fact, ['ARTICLE_LIKED', 2, { articleId: '4' }] as Fact],
    ...[['COMMENT_CREATED', 1, { articleId: '4' }] as Fact],
  ];
  assert.equal(logOf(facts).leaders(day.day, 9), ['1', '4', '7', '2']);
  assert.equal(logOf(facts).leaders(day.day, 2), ['1', '4']);
  assert.equal(logOf(facts).leaders(NEXT.day, 2), ['8']);
  assert.equal(logOf(facts).leaders('20240101', 2), []);
});

test('where users who commented have a weight, each comment may be of another', () => {
  const weighed = { ...rules, weights: { ...rules.weights, commenter: 10 } };
  const facts = [...withViews('1', 11), CREATED, ['COMMENT_CREATED', 1, {}] as Fact, deleted(NOON_MS)];
  assert.equal(logOf(facts, weighed).leaders(day.day, 2), ['7', '1']);
  assert.equal(logOf(facts).leaders(day.day, 2), ['1', '7']);
});

test.run();

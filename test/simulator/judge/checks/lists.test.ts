// test/simulator/judge/checks/lists.test.ts — What is wrong with a list, in full: foreign rows, wrong scores, surplus and missing ones.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { snowflakeText } from '../../../../contract/ids.js';
import { Kind } from '../../../../contract/kind.js';
import type { Ranked } from '../../../../contract/rules.js';
import type { ObservedDay } from '../../../../simulator/history/history.js';
import { LISTS } from '../../../../simulator/judge/checks/lists.js';
import { Oracle } from '../../../../simulator/judge/oracle/oracle.js';
import { LaneTruth } from '../../../../simulator/produce/account/lane-truth.js';
import {
  calendar,
  checkerOf,
  created,
  day,
  type Event,
  historyWith,
  idOf,
  NODE,
  onTime,
  oracleOf,
  rightList,
  rules,
  threeArticles,
} from '../histories.js';

const checkLists = checkerOf(LISTS);

const row = (article: number, score: number): Ranked => ({ articleId: idOf(article), score });
const findings = (events: readonly Event[], ...list: Ranked[]) =>
  checkLists(historyWith(list), oracleOf(events)).findings;
const PUBLISHED_MS = calendar.publishedAtMs(day.day);

test('what was looked at is said in one sentence', () => {
  const result = checkLists(historyWith(rightList), oracleOf(threeArticles));
  assert.equal(result, {
    check: 'lists',
    outcome: 'pass',
    seen: '2 rows of 1 day, 2 expected',
    findings: [],
    findingCount: 0,
  });
  const observed = { articles: undefined, isForgotten: false, expiry: onTime };
  const days: ObservedDay[] = [
    { ...observed, span: calendar.span('20240930'), list: [] },
    { ...observed, span: day, list: rightList },
  ];
  const two = checkLists({ ...historyWith([]), days }, oracleOf(threeArticles));
  assert.equal([two.outcome, two.seen], ['pass', '2 rows of 2 days, 2 expected']);
});

test('without a row nothing was put to the test', () => {
  assert.equal(checkLists(historyWith([]), oracleOf([])), {
    check: 'lists',
    outcome: 'unknown',
    seen: '0 rows of 1 day, 0 expected',
    findings: [],
    findingCount: 0,
    reason: 'it needs to have seen a row of a list',
  });
});

test('a row that does not belong there says why', () => {
  const events: Event[] = [
    ...[created(0), [Kind.viewed, 0, 9] as Event, [Kind.deleted, 0, 0] as Event],
    ...[created(1, 'fail'), [Kind.viewed, 1, 9] as Event],
  ];
  const expected = 'not listed';
  const where = { day: '20241001', expected };
  assert.equal(findings(events, row(0, 9), row(1, 8)), [
    {
      ...where,
      articleId: idOf(0),
      found: 9,
      code: 'row-deleted',
      message: `20241001 #1: article ${idOf(0)} was deleted`,
    },
    {
      ...where,
      articleId: idOf(1),
      found: 8,
      code: 'row-not-sent',
      message: `20241001 #2: article ${idOf(1)}: its creation was never sent`,
    },
  ]);
  assert.equal(findings(events, { articleId: 'x', score: 7 }, row(77, 6)), [
    {
      ...where,
      articleId: 'x',
      found: 7,
      code: 'row-never-created',
      message: '20241001 #1: expected the id of an article, found "x"',
    },
    {
      ...where,
      articleId: idOf(77),
      found: 6,
      code: 'row-never-created',
      message: `20241001 #2: article ${idOf(77)} was never created`,
    },
  ]);
});

test('rows are counted from the best one, in whatever order they are given', () => {
  const [first, second] = findings(threeArticles, row(2, 8), row(1, 9));
  assert.equal(first, {
    day: '20241001',
    articleId: idOf(1),
    expected: 4,
    found: 9,
    code: 'row-wrong-score',
    message: `20241001 #1: article ${idOf(1)} has score 9, expected 4 (3 x 0 likes + 2 x 2 comments + 1 x 0 views)`,
  });
  assert.match(second?.message ?? '', `20241001 #2: article ${idOf(2)} has score 8`);
});

test('a score that depends on unknown sends is shown as a range', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 3], [Kind.viewed, 0, 4, 'info']];
  const sum = '3 x 0 likes + 2 x 0 comments + 1 x 3..4 views';
  assert.equal(findings(events, row(0, 5)), [
    {
      day: '20241001',
      articleId: idOf(0),
      expected: '3 to 4',
      found: 5,
      code: 'row-wrong-score',
      message: `20241001 #1: article ${idOf(0)} has score 5, expected 3 to 4 (${sum})`,
    },
  ]);
});

test('an article without a score is not listed, nor missing', () => {
  const events: Event[] = [created(0), created(1), [Kind.viewed, 1, 1]];
  assert.equal(findings(events, row(1, 1)), []);
  assert.match(findings(events, row(1, 1), row(0, 0))[0]?.message ?? '', 'has score 0, expected 0');
});

test('missing articles stand in the order of their scores, with the row that they would come before', () => {
  const events: Event[] = [...threeArticles, created(3), [Kind.liked, 3, 5], [Kind.viewed, 0, 9, 'info']];
  const missing = (article: number, score: number | string, sum: string, why: string) => ({
    day: '20241001',
    articleId: idOf(article),
    expected: score,
    found: 'not listed',
    code: 'row-missing',
    message: `20241001: article ${idOf(article)} is missing, expected with score ${score} (${sum}): ${why}`,
  });
  const likes = '3 x 5 likes + 2 x 0 comments + 1 x 0 views';
  const comments = '3 x 0 likes + 2 x 2 comments + 1 x 0 views';
  const range = '3 x 1 likes + 2 x 0 comments + 1 x 0..9 views';
  const notFull = 'the list is not full';
  assert.equal(findings(events), [missing(3, 15, likes, notFull), missing(1, 4, comments, notFull)]);
  assert.equal(findings(events.slice(0, -1), row(2, 3)), [
    missing(3, 15, likes, notFull),
    missing(1, 4, comments, notFull),
  ]);
  const unknown: Event[] = [created(0), [Kind.liked, 0, 1], [Kind.viewed, 0, 9, 'info']];
  assert.equal(findings(unknown), [missing(0, '3 to 12', range, notFull)]);
  const full = findings(events, row(0, 12), row(2, 3));
  const last = `it ranks before the last row (${idOf(2)}, 3)`;
  assert.equal(full, [missing(3, 15, likes, last)]);
});

test('of equal scores the one that ranks first is missing first', () => {
  const events: Event[] = [created(0), created(1), [Kind.viewed, 0, 3], [Kind.viewed, 1, 3]];
  assert.equal(
    findings(events).map(({ articleId }) => articleId),
    [idOf(1), idOf(0)],
  );
});

test('only as many are missing as there are ranks', () => {
  const found = (...list: Ranked[]) => findings(threeArticles, ...list).map(({ articleId }) => articleId);
  assert.equal(found(), [idOf(1), idOf(2)]);
  assert.equal(found(row(1, 4)), [idOf(2)]);
  assert.equal(found(row(2, 3)), [idOf(1)]);
  assert.equal(found(row(0, 3)), [idOf(1), idOf(2)]);
});

test('more rows than the rules allow are found', () => {
  assert.equal(findings(threeArticles, row(1, 4), row(2, 3), row(0, 3))[0], {
    day: '20241001',
    expected: 2,
    found: 3,
    code: 'row-surplus',
    message: 'the list of 20241001 has 3 rows, expected at most 2',
  });
});

test('only an article with a score leaves a rank empty when it is withdrawn', () => {
  const events: Event[] = [...threeArticles, created(3), [Kind.deleted, 3, 0, 'ok', PUBLISHED_MS]];
  assert.equal(findings(events, ...rightList), []);
  const late: Event[] = [...threeArticles, created(3), [Kind.deleted, 3, 0, 'ok', day.startMs + 6000, PUBLISHED_MS]];
  assert.equal(findings(late, ...rightList), []);
});

test('a withdrawn article that is still listed was deleted', () => {
  const events: Event[] = [...threeArticles, [Kind.deleted, 1, 0, 'ok', PUBLISHED_MS]];
  assert.match(
    findings(events, ...rightList)
      .map(({ message }) => message)
      .join(),
    `article ${idOf(1)} was deleted`,
  );
});

test('an article belongs to the day of its creation, from its first instant to before its last', () => {
  const times = [day.startMs - 1, day.startMs, day.endMs - 1, day.endMs];
  const truth = new LaneTruth(times.length, calendar, [day]);
  for (const [article, createdMs] of times.entries()) {
    const when = { eventMs: day.startMs + 1, createdMs, dueMs: day.startMs + 1 };
    truth.settle('ok', { kind: Kind.created, article, count: 0, version: 2 * article + 1 }, when);
    truth.settle('ok', { kind: Kind.viewed, article, count: 9 - article, version: 2 * article + 2 }, when);
  }
  const list = times.map((ms, article) => ({ articleId: snowflakeText(ms, NODE + article), score: 9 - article }));
  const ids = BigUint64Array.from(list, ({ articleId }) => BigInt(articleId));
  const lane = { lane: 0, articles: times.length, createdMs: Float64Array.from(times), ids, truth };
  const result = checkLists(historyWith(list), new Oracle({ ...rules, top: 4 }, [lane]));
  assert.equal(
    result.findings.map(({ articleId, expected, message }) => [articleId, expected, message.replace(/^.* was/, 'was')]),
    [
      [list[0]?.articleId, 'not listed', 'was created on another day'],
      [list[3]?.articleId, 'not listed', 'was created on another day'],
    ],
  );
});

test('users who commented are part of the sum where they have a weight', () => {
  const weighed = { ...rules, weights: { ...rules.weights, commenter: 5 } };
  const truth = new LaneTruth(1, calendar, [day]);
  const when = { eventMs: day.startMs + 1, createdMs: day.startMs, dueMs: day.startMs + 1 };
  truth.writers = (_article, ordinal) => ordinal;
  truth.settle('ok', { kind: Kind.created, article: 0, count: 0, version: 1 }, when);
  truth.settle('ok', { kind: Kind.commented, article: 0, count: 1, version: 2, ordinal: 1 }, when);
  const lane = {
    lane: 0,
    articles: 1,
    createdMs: Float64Array.of(day.startMs),
    ids: BigUint64Array.of(BigInt(snowflakeText(day.startMs, NODE))),
    truth,
  };
  const [finding] = checkLists(historyWith([row(0, 1)]), new Oracle(weighed, [lane])).findings;
  assert.match(
    finding?.message ?? '',
    'expected 7 (3 x 0 likes + 2 x 1 comments + 1 x 0 views + 5 x 1 users who commented)',
  );
});

test.run();

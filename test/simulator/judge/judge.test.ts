// test/simulator/judge/judge.test.ts — Small hand-written histories: one that passes, ones that must fail, ones that must be unknown.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../contract/calendar.js';
import { snowflakeText } from '../../../contract/ids.js';
import { DEFAULT_RULES, type Ranked } from '../../../contract/rules.js';
import { type ArticleTable, checkSafely, type History, overall } from '../../../simulator/judge/checker.js';
import { judge } from '../../../simulator/judge/judge.js';
import { LaneTruth, type SendEnd } from '../../../simulator/judge/lane-truth.js';
import { checkLists } from '../../../simulator/judge/lists.js';
import { Oracle } from '../../../simulator/judge/oracle.js';
import { Kind } from '../../../simulator/workload/lane.js';

const calendar = new Calendar(DEFAULT_RULES);
const day = calendar.span('20241001');
const rules = { ...DEFAULT_RULES, top: 2 };
const NODE = 512 * 4096;

type Event = readonly [kind: number, article: number, count: number, end?: SendEnd, atMs?: number];

/** Article i is created i seconds after midnight; one that is 100 or more, a day earlier. */
const createdMs = (article: number) => (article >= 100 ? day.startMs - 1000 : day.startMs + article * 1000);
const idOf = (article: number) => snowflakeText(createdMs(article), NODE + article);

function oracleOf(events: readonly Event[], articles = 5): Oracle {
  const truth = new LaneTruth(articles, [day]);
  events.forEach(([kind, article, count, end = 'ok', atMs = day.startMs + 5000], index) => {
    truth.settle(end, { kind, article, count, version: index + 1 }, { eventMs: atMs, createdMs: createdMs(article) });
  });
  const created = Float64Array.from({ length: articles }, (_, i) => createdMs(i));
  const idLow = Uint32Array.from({ length: articles }, (_, i) => NODE + i);
  return new Oracle(rules, [{ lane: 0, articles, createdMs: created, idLow, truth }]);
}

const created = (article: number, end: SendEnd = 'ok'): Event => [Kind.created, article, 0, end];
const threeArticles: Event[] = [
  created(0),
  created(1),
  created(2),
  [Kind.liked, 0, 1],
  [Kind.commented, 1, 2],
  [Kind.viewed, 2, 3],
];

function listFindings(events: readonly Event[], list: readonly Ranked[]): string[] {
  const result = checkLists(historyWith(list), oracleOf(events));
  return result.findings.map((finding) => finding.message);
}

function historyWith(list: readonly Ranked[], articles?: ArticleTable): History {
  return {
    plannedEvents: 6,
    sends: { ok: 6, fail: 0, info: 0 },
    sendErrors: [],
    finalLag: 0,
    drainTimeoutSeconds: 1,
    consumerExits: [],
    deadLetters: 0,
    days: [{ span: day, list, articles }],
  };
}

function table(
  rows: readonly (readonly [article: number, like: number, comment: number, view: number])[],
): ArticleTable {
  return {
    rows: rows.length,
    ids: BigUint64Array.from(rows, ([article]) => BigInt(idOf(article))),
    like: Uint32Array.from(rows, (row) => row[1]),
    comment: Uint32Array.from(rows, (row) => row[2]),
    view: Uint32Array.from(rows, (row) => row[3]),
  };
}

const rightList = [
  { articleId: idOf(1), score: 4 },
  { articleId: idOf(2), score: 3 },
];
const rightTable = table([
  [0, 1, 0, 0],
  [1, 0, 2, 0],
  [2, 0, 0, 3],
]);

test('a right list with right counts passes', () => {
  const verdict = judge(historyWith(rightList, rightTable), oracleOf(threeArticles));
  assert.is(verdict.outcome, 'pass');
  assert.is(verdict.checks.length, 6);
});

test('the expected list breaks ties for the newer article and shows the arithmetic’s parts', () => {
  assert.equal(oracleOf(threeArticles).expectedList(day), [
    { rank: 1, articleId: idOf(1), score: 4, like: 0, comment: 2, view: 0 },
    { rank: 2, articleId: idOf(2), score: 3, like: 0, comment: 0, view: 3 },
  ]);
});

test('the older of two tied articles must not hold the last place', () => {
  const [message = ''] = listFindings(threeArticles, [
    { articleId: idOf(1), score: 4 },
    { articleId: idOf(0), score: 3 },
  ]);
  assert.match(message, `article ${idOf(2)} is missing, expected with score 3`);
});

test('a wrong score names article, expected and found', () => {
  const [message = ''] = listFindings(threeArticles, [
    { articleId: idOf(1), score: 5 },
    { articleId: idOf(2), score: 3 },
  ]);
  assert.match(message, `article ${idOf(1)} has score 5, expected 4 (3 x 0 likes + 2 x 2 comments + 1 x 0 views)`);
});

test('a missing row is found when the list is short', () => {
  assert.is(listFindings(threeArticles, [{ articleId: idOf(1), score: 4 }]).length, 2);
});

test('a list that is too long, foreign, or no id at all fails', () => {
  const found = listFindings(threeArticles, [
    ...rightList,
    { articleId: idOf(0), score: 3 },
    { articleId: 'x', score: 1 },
  ]);
  assert.ok(found.some((message) => /has 4 rows, expected at most 2/.test(message)));
  assert.ok(found.some((message) => /article x was never created/.test(message)));
});

test('a deleted article must not be listed, and its place is refilled', () => {
  const events: Event[] = [...threeArticles, [Kind.deleted, 1, 0]];
  assert.match(listFindings(events, rightList)[0] ?? '', 'was deleted');
  const refilled = [
    { articleId: idOf(2), score: 3 },
    { articleId: idOf(0), score: 3 },
  ];
  assert.equal(listFindings(events, refilled), []);
});

test('an article of another day must not be listed', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 3]];
  const other = { span: calendar.span('20241002'), list: [{ articleId: idOf(0), score: 3 }], articles: undefined };
  const result = checkLists({ ...historyWith([]), days: [other] }, oracleOf(events));
  assert.match(result.findings[0]?.message ?? '', 'created on another day');
});

test('events after the day do not count', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 3], [Kind.viewed, 0, 9, 'ok', day.endMs]];
  assert.equal(listFindings(events, [{ articleId: idOf(0), score: 3 }]), []);
});

test('the count with the highest version stands, whatever ends last', () => {
  const truth = new LaneTruth(1, [day]);
  const times = { eventMs: day.startMs, createdMs: day.startMs };
  truth.settle('ok', { kind: Kind.liked, article: 0, count: 7, version: 9 }, times);
  truth.settle('ok', { kind: Kind.liked, article: 0, count: 2, version: 4 }, times);
  assert.is(truth.counts[0]?.[0], 7);
});

test('an unknown send may count or not, a failed one must not', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 3], [Kind.viewed, 0, 4, 'info'], [Kind.viewed, 0, 5, 'fail']];
  for (const score of [3, 4]) assert.equal(listFindings(events, [{ articleId: idOf(0), score }]), []);
  for (const score of [2, 5]) assert.is(listFindings(events, [{ articleId: idOf(0), score }]).length, 1);
});

test('an article whose creation is unknown may be listed and may be missing', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 1], created(1, 'info'), [Kind.viewed, 1, 9]];
  assert.equal(listFindings(events, [{ articleId: idOf(0), score: 1 }]), []);
  const both = [
    { articleId: idOf(1), score: 9 },
    { articleId: idOf(0), score: 1 },
  ];
  assert.equal(listFindings(events, both), []);
});

test('no list and nothing to list is unknown, not a pass', () => {
  assert.is(checkLists(historyWith([]), oracleOf([])).outcome, 'unknown');
});

test('a lost event shows in the counts, even of an article that is not listed', () => {
  const wrong = table([
    [0, 0, 0, 0],
    [1, 0, 2, 0],
    [2, 0, 0, 3],
  ]);
  const verdict = judge(historyWith(rightList, wrong), oracleOf(threeArticles));
  assert.is(verdict.outcome, 'fail');
  const delivery = verdict.checks.find((check) => check.check === 'delivery');
  assert.equal(delivery?.findings, [
    {
      day: '20241001',
      articleId: idOf(0),
      message: `article ${idOf(0)} has 0 likes, expected 1: events are missing`,
      expected: 1,
      found: 0,
    },
  ]);
});

const incomplete: readonly (readonly [string, Partial<History>, string])[] = [
  ['nothing acknowledged', { sends: { ok: 0, fail: 0, info: 6 } }, 'unknown'],
  ['a plan sent in part', { sends: { ok: 5, fail: 0, info: 0 } }, 'unknown'],
  ['events that could not be sent', { sends: { ok: 5, fail: 1, info: 0 } }, 'unknown'],
  ['a lag that stays', { finalLag: 3 }, 'fail'],
  ['a lag that could not be read', { finalLag: null }, 'unknown'],
  ['a consumer that ended', { consumerExits: ['consumer 1 ended with code 1'] }, 'fail'],
  ['dead letters', { deadLetters: 2 }, 'fail'],
];
for (const [name, fields, outcome] of incomplete) {
  test(`${name}: ${outcome}`, () => {
    const history = { ...historyWith(rightList, rightTable), ...fields };
    assert.is(judge(history, oracleOf(threeArticles)).outcome, outcome);
  });
}

test('a consumer that shows no counts leaves delivery unknown', () => {
  assert.is(judge(historyWith(rightList), oracleOf(threeArticles)).outcome, 'unknown');
});

test('a checker that throws has not passed, and no checks are no pass', () => {
  const evidence = { history: historyWith([]), oracle: oracleOf([]) };
  const result = checkSafely(
    'broken',
    () => {
      throw new Error('oops');
    },
    evidence,
  );
  assert.is(result.outcome, 'unknown');
  assert.match(result.reason ?? '', 'oops');
  assert.is(overall([]), 'unknown');
});

test.run();

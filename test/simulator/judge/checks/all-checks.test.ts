// test/simulator/judge/checks/all-checks.test.ts — Small hand-written histories: one that passes, ones that must fail, ones that must be unknown.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import type { History } from '../../../../simulator/history/history.js';
import { ALL_CHECKS } from '../../../../simulator/judge/checks/all-checks.js';
import { checkSafely, checkWithNeeds, judged, overall } from '../../../../simulator/judge/checks/checker.js';
import { LISTS } from '../../../../simulator/judge/checks/lists.js';
import { LaneTruth } from '../../../../simulator/produce/account/lane-truth.js';
import { CHECKS, RANKING_CHECKS } from '../../../../simulator/vocabulary/checks.js';
import {
  calendar,
  checkerOf,
  created,
  day,
  type Event,
  evidenceOf,
  historyWith,
  idOf,
  judgeHistory,
  listFindings,
  onTime,
  oracleOf,
  rightList,
  rightTable,
  table,
  threeArticles,
} from '../histories.js';

const listCheck = checkerOf(LISTS);

test('a right list with right counts passes', () => {
  const verdict = judgeHistory(historyWith(rightList, rightTable), oracleOf(threeArticles));
  assert.is(verdict.outcome, 'pass');
  assert.equal(
    verdict.checks.map(({ check }) => check),
    ['load', 'consumers alive', 'drained', 'progress', 'lists', 'scores', 'delivery', 'retention', 'dead letters'],
  );
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
  assert.is(listFindings(threeArticles, [{ articleId: idOf(1), score: 4 }]).length, 1);
});

test('a list that is too long, foreign, or no id at all fails', () => {
  const found = listFindings(threeArticles, [
    ...rightList,
    { articleId: idOf(0), score: 3 },
    { articleId: 'x', score: 1 },
  ]);
  assert.ok(found.some((message) => /has 4 rows, expected at most 2/.test(message)));
  assert.ok(found.some((message) => /expected the id of an article, found "x"/.test(message)));
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

test('undecodable records must be put aside, each once', () => {
  const history = { ...historyWith(rightList, rightTable), poison: 2 };
  assert.is(judgeHistory({ ...history, deadLetters: 2 }, oracleOf(threeArticles)).outcome, 'pass');
  assert.is(judgeHistory({ ...history, deadLetters: 1 }, oracleOf(threeArticles)).outcome, 'fail');
});

test('an article of another day must not be listed', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 3]];
  const other = {
    span: calendar.span('20241002'),
    list: [{ articleId: idOf(0), score: 3 }],
    articles: undefined,
    isForgotten: false,
    expiry: onTime,
  };
  const result = listCheck({ ...historyWith([]), days: [other] }, oracleOf(events));
  assert.match(result.findings[0]?.message ?? '', 'created on another day');
});

test('events after the day do not count', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 3], [Kind.viewed, 0, 9, 'ok', day.endMs]];
  assert.equal(listFindings(events, [{ articleId: idOf(0), score: 3 }]), []);
});

test('the count with the highest version stands, whatever ends last', () => {
  const truth = new LaneTruth(1, calendar, [day]);
  const times = { eventMs: day.startMs, createdMs: day.startMs, dueMs: day.startMs };
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

test('a day that can no longer be read is not judged', () => {
  const gone = { span: day, list: [], articles: undefined, isForgotten: true, expiry: undefined };
  assert.is(listCheck({ ...historyWith([]), days: [gone] }, oracleOf(threeArticles)).outcome, 'unknown');
});

test('no list and nothing to list is unknown, not a pass', () => {
  assert.is(listCheck(historyWith([]), oracleOf([])).outcome, 'unknown');
});

test('a lost event shows in the counts, even of an article that is not listed', () => {
  const wrong = table([
    [0, 0, 0, 0],
    [1, 0, 2, 0],
    [2, 0, 0, 3],
  ]);
  const verdict = judgeHistory(historyWith(rightList, wrong), oracleOf(threeArticles));
  assert.is(verdict.outcome, 'fail');
  const delivery = verdict.checks.find((check) => check.check === 'delivery');
  assert.equal(delivery?.findings, [
    {
      code: 'count-too-low',
      day: '20241001',
      articleId: idOf(0),
      message: `article ${idOf(0)} has 0 likes, expected 1: events are missing`,
      expected: 1,
      found: 0,
    },
  ]);
});

test('of a lag that stays it is said where', () => {
  const behind = [1, 2, 3, 4].map((n) => ({ partition: `board-view/${n}`, committed: 10 - n, latest: 10 }));
  const messageOf = (places: History['behind'] = []) =>
    judgeHistory(
      { ...historyWith(rightList, rightTable), finalLag: 10, behind: places },
      oracleOf(threeArticles),
    ).checks.find(({ check }) => check === 'drained')?.findings[0]?.message;
  const three =
    'lag is still 10 records 1.0 s after the load, expected 0; ' +
    'behind are board-view/1 at 9 of 10, board-view/2 at 8 of 10, board-view/3 at 7 of 10';
  assert.is(messageOf(behind), `${three}, and 1 more`);
  assert.is(messageOf(behind.slice(0, 3)), three);
});

const incomplete: readonly (readonly [string, Partial<History>, string])[] = [
  ['nothing acknowledged', { sends: { ok: 0, fail: 0, info: 6 } }, 'unknown'],
  ['a plan sent in part', { sends: { ok: 5, fail: 0, info: 0 } }, 'unknown'],
  ['events that could not be sent', { sends: { ok: 5, fail: 1, info: 0 } }, 'unknown'],
  ['a lag that stays', { finalLag: 3 }, 'fail'],
  ['lists that never hold still', { isSettled: false }, 'fail'],
  ['a lag that could not be read', { finalLag: null }, 'unknown'],
  ['a consumer that ended', { consumerExits: ['consumer 1 ended with code 1'] }, 'fail'],
  ['dead letters', { deadLetters: 2 }, 'fail'],
];
for (const [name, fields, outcome] of incomplete) {
  test(`${name}: ${outcome}`, () => {
    const history = { ...historyWith(rightList, rightTable), ...fields };
    assert.is(judgeHistory(history, oracleOf(threeArticles)).outcome, outcome);
  });
}

test('a consumer that shows no counts leaves delivery unknown', () => {
  assert.is(judgeHistory(historyWith(rightList), oracleOf(threeArticles)).outcome, 'unknown');
});

test('a checker that throws has not passed, and no checks are no pass', () => {
  const check = () => {
    throw new Error('oops');
  };
  const result = checkSafely({ ...LISTS, check }, evidenceOf(historyWith([]), oracleOf([])), []);
  assert.equal([result?.check, result?.outcome, result?.seen], ['lists', 'unknown', 'nothing']);
  assert.match(result?.reason ?? '', 'oops');
  assert.is(overall([]), 'unknown');
});

test('a check says what it needs to have seen, if it needs anything', () => {
  const evidence = evidenceOf(historyWith(rightList), oracleOf(threeArticles));
  const alone = { preconditions: [], earlier: [] };
  assert.equal(checkWithNeeds(LISTS, evidence, alone)?.needs, [{ text: 'a row of a list', wasSeen: true }]);
  const result = checkWithNeeds({ ...LISTS, needs: [] }, evidence, alone);
  assert.is(result?.outcome, 'pass');
  assert.not.ok(result && 'needs' in result);
});

test('of many findings the first are kept, and all are counted', () => {
  const all = Array.from({ length: 21 }, (_, i) => ({ code: 'row-missing' as const, message: `${i}` }));
  const { findings, findingCount } = judged('lists', 'all', all);
  assert.equal([findings, findingCount], [all.slice(0, 20), 21]);
});

test('the checks of which a known bug can be the cause', () => {
  assert.equal(RANKING_CHECKS, ['lists', 'scores', 'delivery', 'retention']);
});

test('every check of the registry is in the table, in its order', () => {
  assert.equal(
    ALL_CHECKS.map(({ name }) => name),
    Object.keys(CHECKS),
  );
});

test.run();

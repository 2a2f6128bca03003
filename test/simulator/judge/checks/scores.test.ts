// test/simulator/judge/checks/scores.test.ts — A listed score against the counts that the consumer shows for the article.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ObservedDay } from '../../../../simulator/history/history.js';
import { SCORES } from '../../../../simulator/judge/checks/scores.js';
import {
  checkerOf,
  historyWith,
  idOf,
  judgeHistory,
  oracleOf,
  rightList,
  rightTable,
  table,
  threeArticles,
} from '../histories.js';

const oracle = oracleOf(threeArticles);
const checkScores = checkerOf(SCORES);

test('scores that the counts make pass, also where the counts are wrong', () => {
  assert.equal(checkScores(historyWith(rightList, rightTable), oracle), {
    check: 'scores',
    outcome: 'pass',
    seen: "2 listed scores against the consumer's own counts",
    findings: [],
    findingCount: 0,
  });
  const wrong = table([
    [1, 1, 0, 0],
    [2, 0, 0, 3],
  ]);
  const list = [
    { articleId: idOf(1), score: 3 },
    { articleId: idOf(2), score: 3 },
  ];
  assert.is(checkScores(historyWith(list, wrong), oracle).outcome, 'pass');
});

test('a score that is torn from its counts fails with both', () => {
  const torn = [{ articleId: idOf(1), score: 2 }, ...rightList.slice(1)];
  const { outcome, findings } = checkScores(historyWith(torn, rightTable), oracle);
  assert.is(outcome, 'fail');
  assert.equal(
    findings.map(({ message }) => message),
    [
      `article ${idOf(1)} has score 2 in the list of 20241001, and its own counts (0 likes, 2 comments, 0 views) make 4`,
    ],
  );
});

test('days whose counts are not shown, and days that can no longer be read, are not looked at', () => {
  const torn = [{ articleId: idOf(1), score: 2 }];
  const [observed] = historyWith(torn, rightTable).days as [ObservedDay];
  const outcomeOf = (...days: readonly ObservedDay[]) => {
    const { outcome, seen } = checkScores({ ...historyWith([]), days }, oracle);
    return [outcome, Number.parseInt(seen, 10)];
  };
  assert.equal(outcomeOf(observed), ['fail', 1]);
  assert.equal(outcomeOf({ ...observed, isForgotten: true }), ['pass', 0]);
  assert.equal(outcomeOf({ ...observed, articles: undefined }), ['pass', 0]);
});

test('a consumer that tells nothing of itself is not asked', () => {
  const checks = judgeHistory({ ...historyWith(rightList), isOpaque: true }, oracle).checks.map(({ check }) => check);
  assert.not.ok(checks.includes('scores'));
});

test.run();

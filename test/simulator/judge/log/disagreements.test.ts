// test/simulator/judge/log/disagreements.test.ts — Where the log and the plan contradict each other on an article.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LaneResult } from '../../../../simulator/history/lane-result.js';
import { disagreements } from '../../../../simulator/judge/log/disagreements.js';
import { idOf } from '../histories.js';
import { CREATED, DELETED, type Fact, LIKED, logOf, NOON_MS, PUBLISHED_MS, planOf, WITHDRAWN } from '../one-article.js';

const quarrels = (plan: LaneResult[], log: readonly Fact[]) =>
  disagreements(plan, logOf(log)).map(({ articleId, message, expected, found }) => {
    assert.is(articleId, idOf(0));
    return [message.replace(`article ${idOf(0)} `, ''), expected, found];
  });

test('a log that says what the plan says is no contradiction', () => {
  for (const facts of [[], [CREATED], [CREATED, LIKED, DELETED], [CREATED, LIKED, WITHDRAWN]] as Fact[][])
    assert.equal(quarrels(planOf(facts), facts), []);
});

test('an article that one of them does not know is told, with what it has', () => {
  assert.equal(quarrels(planOf([CREATED, LIKED, DELETED]), []), [
    ['was not created by the log, and was by the plan', 'must', 'no'],
    ['was not deleted by the log, and was by the plan', 'must', 'no'],
    ['has 0 likes by the log, and 4 to 4 by the plan', '4 to 4', 0],
  ]);
  assert.equal(quarrels(planOf([]), [CREATED, LIKED]), [
    ['was created by the log, and was not by the plan', 'no', 'must'],
  ]);
});

test('a deletion before publication is none after it', () => {
  assert.equal(quarrels(planOf([CREATED, DELETED]), [CREATED, WITHDRAWN]), [
    ['was not deleted by the log, and was by the plan', 'must', 'no'],
    ['was withdrawn by the log, and was not by the plan', 'no', 'must'],
  ]);
  const late: Fact = ['ARTICLE_DELETED', 0, { timeMs: PUBLISHED_MS - 1, dueMs: PUBLISHED_MS }];
  assert.equal(quarrels(planOf([CREATED]), [CREATED, late]), [
    ['may have been deleted by the log, and was not by the plan', 'no', 'may'],
    ['may have been withdrawn by the log, and was not by the plan', 'no', 'may'],
  ]);
  assert.equal(quarrels(planOf([CREATED, late]), [CREATED]), []);
});

test('counts must lie within what the plan allows', () => {
  const late: Fact = ['ARTICLE_VIEWED', 9, { timeMs: NOON_MS, dueMs: PUBLISHED_MS }];
  const plan = () => planOf([CREATED, ['ARTICLE_VIEWED', 5], late]);
  const views = (count: number) => quarrels(plan(), [CREATED, ['ARTICLE_VIEWED', count]]);
  assert.equal([5, 7, 9].map(views), [[], [], []]);
  assert.equal(views(4), [['has 4 views by the log, and 5 to 9 by the plan', '5 to 9', 4]]);
  assert.equal(views(10), [['has 10 views by the log, and 5 to 9 by the plan', '5 to 9', 10]]);
});

test('an article that perhaps was created need not be there, and its counts count only if it is', () => {
  const plan = () => planOf([CREATED, LIKED], 'info');
  assert.equal(quarrels(plan(), []), []);
  // Its deletion alone does not make it one.
  assert.equal(quarrels(plan(), [DELETED, LIKED]), []);
  assert.equal(quarrels(plan(), [CREATED, LIKED]), []);
  assert.equal(quarrels(plan(), [CREATED]), [['has 0 likes by the log, and 4 to 4 by the plan', '4 to 4', 0]]);
});

test('users who commented must be as many', () => {
  const comments: Fact[] = [
    ['COMMENT_CREATED', 1],
    ['COMMENT_CREATED', 2],
  ];
  assert.equal(quarrels(planOf([CREATED, ...comments]), [CREATED, ...comments]), []);
  const [first, second] = comments as [Fact, Fact];
  assert.equal(quarrels(planOf([CREATED, first]), [CREATED, ...comments]), [
    ['has 2 comments by the log, and 1 to 1 by the plan', '1 to 1', 2],
    ['has 2 users who commented by the log, and 1 to 1 by the plan', '1 to 1', 2],
  ]);
  assert.equal(quarrels(planOf([CREATED, first, second]), [CREATED, second]), [
    ['has 1 users who commented by the log, and 2 to 2 by the plan', '2 to 2', 1],
  ]);
});

test.run();

// test/simulator/judge/checks/decided.test.ts — A check that allows nearly everything has decided nothing.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import { DELIVERY } from '../../../../simulator/judge/checks/delivery.js';
import { LISTS } from '../../../../simulator/judge/checks/lists.js';
import { calendar, checkerOf, created, day, type Event, historyWith, idOf, oracleOf, table } from '../histories.js';

const PUBLISHED_MS = calendar.publishedAtMs(day.day);
const list = [{ articleId: idOf(0), score: 100 }];
const counts = table([[0, 0, 0, 100]]);
/** Article 0 has so many views for certain, and perhaps so many more, whose send ended late. */
const views = (certain: number, perhaps: number): Event[] => [
  created(0),
  [Kind.viewed, 0, certain],
  [Kind.viewed, 0, perhaps, 'ok', day.startMs + 6000, PUBLISHED_MS],
];
const judgedBy = (events: readonly Event[]) =>
  [LISTS, DELIVERY].map((check) => checkerOf(check)(historyWith(list, counts), oracleOf(events)));

test('a list whose score may be nearly anything is not right for that', () => {
  for (const { outcome, reason, decided } of judgedBy(views(5, 106))) {
    assert.is(outcome, 'unknown');
    assert.match(reason ?? '', /only 0 of 1 (?:ranks|articles) and 4 % of the scores are certain/);
    assert.match(reason ?? '', 'Lower clock.speed');
    assert.equal(decided, { certain: 0, of: 1 });
  }
});

test('a range that leaves little open decides, and is shown', () => {
  const [lists, delivery] = judgedBy(views(99, 106));
  assert.equal([lists?.outcome, lists?.seen], ['pass', '1 rows of 1 day, 1 expected; 0 of 1 ranks certain']);
  assert.equal([delivery?.outcome, delivery?.decided], ['pass', { certain: 0, of: 1 }]);
});

test('a quarter of the scores must be certain', () => {
  const outcomes = (certain: number) => judgedBy(views(certain, 100)).map(({ outcome }) => outcome);
  assert.equal(outcomes(25), ['pass', 'pass']);
  assert.equal(outcomes(24), ['unknown', 'unknown']);
});

test('what no range allows is wrong, however wide the ranges are', () => {
  for (const { outcome, findingCount } of judgedBy(views(5, 99))) assert.equal([outcome, findingCount], ['fail', 1]);
});

test('an article that was perhaps never created is not certain, and one that is gone does not count', () => {
  const events: Event[] = [
    created(0, 'info'),
    [Kind.viewed, 0, 100],
    created(1),
    [Kind.viewed, 1, 9],
    [Kind.deleted, 1, 0],
  ];
  const [lists, delivery] = judgedBy(events);
  assert.equal([lists?.outcome, lists?.decided], ['unknown', { certain: 0, of: 1 }]);
  assert.equal([delivery?.outcome, delivery?.decided], ['unknown', { certain: 0, of: 1 }]);
});

test('where everything is certain nothing more is said', () => {
  for (const result of judgedBy(views(100, 100).slice(0, 2))) assert.not.ok('decided' in result);
});

test.run();

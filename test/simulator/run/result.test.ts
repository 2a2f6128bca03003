// test/simulator/run/result.test.ts — The record says which scores are right where there is more than one.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../contract/kind.js';
import { judgedFields } from '../../../simulator/run/result.js';
import { created, type Event, historyWith, idOf, oracleOf } from '../judge/histories.js';

const daysOf = (events: readonly Event[], list: readonly { articleId: string; score: number }[]) => {
  const oracle = oracleOf(events);
  const judgement = { outcome: 'pass', checks: [], oracle, diagnosis: undefined, isHarnessBug: false } as const;
  return judgedFields(judgement, { history: historyWith(list), thresholds: [], expect: { verdict: 'pass' } }).days;
};

test('a row whose truth is a range has it, found and expected; the others, and foreign ones, have none', () => {
  const events: Event[] = [
    created(0),
    [Kind.viewed, 0, 5],
    [Kind.viewed, 0, 9, 'info'],
    created(1),
    [Kind.viewed, 1, 4],
  ];
  const rows = [
    { articleId: idOf(0), score: 9 },
    { articleId: idOf(1), score: 4 },
    { articleId: 'foreign', score: 1 },
  ];
  const [day] = daysOf(events, rows);
  const allowed = { low: 5, high: 9 };
  assert.equal(day?.found, [
    { rank: 1, articleId: idOf(0), score: 9, allowed },
    { rank: 2, articleId: idOf(1), score: 4 },
    { rank: 3, articleId: 'foreign', score: 1 },
  ]);
  assert.equal(
    day?.expected.map(({ score, allowed: range }) => [score, range]),
    [
      [5, allowed],
      [4, undefined],
    ],
  );
});

test('an article that was perhaps never created may have any score from nothing', () => {
  const [day] = daysOf([created(0, 'info'), [Kind.viewed, 0, 7]], [{ articleId: idOf(0), score: 7 }]);
  assert.equal(day?.found, [{ rank: 1, articleId: idOf(0), score: 7, allowed: { low: 0, high: 7 } }]);
});

test.run();

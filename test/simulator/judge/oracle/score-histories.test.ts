// test/simulator/judge/oracle/score-histories.test.ts — Every change of a score is kept as it was, however many there are.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ScoreChange, ScoreHistories } from '../../../../simulator/judge/oracle/score-histories.js';

const DUE_MS = Date.parse('2024-10-01T00:00:00Z');
const changeAt = (index: number): ScoreChange => ({
  dueMs: DUE_MS + index,
  score: index + 1,
  stream: index % 4,
  partition: index % 13,
  offset: 2 * index,
});

test('they come back from the newest to the oldest, article by article', () => {
  const histories = new ScoreHistories();
  const changes = Array.from({ length: 5000 }, (_, index) => changeAt(index));
  for (const [index, change] of changes.entries()) histories.add(String(index % 3), change);
  for (const article of [0, 1, 2]) {
    const own = changes.filter((_, index) => index % 3 === article);
    assert.equal([...histories.of(String(article))], own.reverse());
  }
  assert.equal([...histories.of('3')], []);
});

test('what leaves the score as it was is no change, nor is a first score of 0', () => {
  const histories = new ScoreHistories();
  histories.add('1', { ...changeAt(0), score: 0 });
  histories.add('1', { ...changeAt(1), score: 5 });
  histories.add('1', { ...changeAt(2), score: 5 });
  histories.add('1', { ...changeAt(3), score: 0 });
  assert.equal(
    [...histories.of('1')].map(({ offset, score }) => [offset, score]),
    [
      [6, 0],
      [2, 5],
    ],
  );
});

test.run();

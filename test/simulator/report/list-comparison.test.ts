// test/simulator/report/list-comparison.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareLists, countRows, differencesAreAllowed } from '../../../simulator/report/list-comparison.js';
import { FAIL, PASS } from './sample-record.js';

const row = (rank: number, articleId: string, score: number) => ({
  rank,
  articleId,
  score,
  like: 0,
  comment: 0,
  view: score,
});

function notesOf(found: ReturnType<typeof row>[], expected: ReturnType<typeof row>[]): string[] {
  return compareLists({ day: '20241001', found, expected }).map(({ note }) => note);
}

test('equal lists have nothing to note', () => {
  const list = [row(1, '9', 50), row(2, '8', 40)];
  assert.equal(notesOf(list, list), ['', '']);
});

test('each kind of difference has its words', () => {
  const expected = [row(1, '9', 50), row(2, '8', 40), row(3, '7', 30), row(4, '6', 20)];
  assert.equal(notesOf([row(1, '8', 40), row(2, '9', 39), row(3, '1', 35)], expected), [
    'found one belongs at rank 2',
    'found one belongs at rank 1; its score is 11 too low',
    'found, but not expected in the list; expected one is not in the list',
    'expected one is not in the list',
  ]);
});

test('a longer list than expected has rows too many', () => {
  assert.equal(notesOf([row(1, '9', 50), row(2, '8', 40)], [row(1, '9', 50)]), [
    '',
    'found, but not expected in the list',
  ]);
});

test('a row whose truth is a range is as allowed where its score lies in it, also where it is the expected one', () => {
  const open = (rank: number, articleId: string, score: number) => ({
    ...row(rank, articleId, score),
    allowed: { low: 5, high: 1060 },
  });
  const expected = [open(1, '9', 5), row(2, '8', 4), open(3, '7', 5)];
  const compared = compareLists({
    day: '20241001',
    found: [open(1, '9', 1060), row(2, '8', 4), open(3, '7', 1061)],
    expected,
  });
  assert.equal(
    compared.map(({ kind, note }) => [kind, note]),
    [
      ['allowed', '5 to 1,060'],
      ['same', ''],
      ['different', 'its score is 1,056 too high'],
    ],
  );
  assert.is(compareLists({ day: '20241001', found: [open(1, '9', 5)], expected })[0]?.kind, 'allowed');
});

test('rows are counted over all days', () => {
  assert.equal(countRows(PASS.days), { all: 10, same: 10, allowed: 0 });
  assert.equal(countRows(FAIL.days), { all: 20, same: 17, allowed: 0 });
  assert.equal(countRows([]), { all: 0, same: 0, allowed: 0 });
});

test('a difference is allowed only where a check has looked at the days and found nothing', () => {
  assert.is(differencesAreAllowed(PASS), true);
  assert.is(differencesAreAllowed(FAIL), false);
  const { verdict: _verdict, ...unjudged } = PASS;
  assert.is(differencesAreAllowed(unjudged), false);
});

test.run();

// test/simulator/sut/lists.test.ts — Whatever a consumer writes under a list's key can be compared, recorded and shown.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rowsOf } from '../../../simulator/sut/lists.js';

test('members and scores become rows, best first', () => {
  assert.equal(rowsOf(['7', '3', '9', '12.5']), [
    { articleId: '9', score: 12.5 },
    { articleId: '7', score: 3 },
  ]);
  assert.equal(rowsOf([]), []);
});

test('infinite scores stay numbers that JSON holds, and keep their order', () => {
  const rows = rowsOf(['1', '-inf', '2', '5', '3', 'inf']);
  assert.equal(
    rows.map(({ articleId }) => articleId),
    ['3', '2', '1'],
  );
  assert.equal(JSON.parse(JSON.stringify(rows)), rows);
});

test('a member is cut to 200 letters, and says so', () => {
  assert.equal(rowsOf(['z'.repeat(5_000_000), '1']), [{ articleId: `${'z'.repeat(199)}…`, score: 1 }]);
});

test.run();

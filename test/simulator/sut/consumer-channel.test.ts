// test/simulator/sut/consumer-channel.test.ts — The states of a day's articles become columns, however many there are.
import { Readable } from 'node:stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { articleColumns } from '../../../simulator/sut/consumer-channel.js';

const line = (id: number, more = {}) =>
  `${JSON.stringify({ articleId: String(id), like: id, comment: id + 1, view: id + 2, score: id, ...more })}\n`;

test('more articles than a table begins with are all there', async () => {
  const ids = Array.from({ length: 2500 }, (_, index) => index + 1);
  const table = await articleColumns(Readable.from(ids.map((id) => line(id, { commenter: id + 3 }))));
  assert.is(table.rows, 2500);
  for (const row of [0, 1023, 1024, 2048, 2499]) {
    assert.equal(
      [table.ids[row], table.like[row], table.comment[row], table.view[row], table.commenter[row]],
      [BigInt(row + 1), row + 1, row + 2, row + 3, row + 4],
    );
  }
});

test('commenters are 0 where the consumer does not tell, and blank lines are no articles', async () => {
  const table = await articleColumns(Readable.from([line(1), '\n', line(2)]));
  assert.equal([table.rows, table.commenter[1], table.ids[1]], [2, 0, 2n]);
});

test.run();

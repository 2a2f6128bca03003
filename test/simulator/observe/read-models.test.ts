// test/simulator/observe/read-models.test.ts — What the article-read service shows becomes columns, however many articles there are.
import { Readable } from 'node:stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readModelColumns } from '../../../simulator/observe/read-models.js';

function line(id: number): string {
  const state = id % 2 === 0 ? 'deleted' : 'created';
  return `${JSON.stringify({
    articleId: String(id),
    title: `title ${id % 3}`,
    state,
    likeCount: id,
    commentCount: id + 1,
    viewCount: id + 2,
    updatedAt: '2024-10-01T00:00:00Z',
  })}\n`;
}

test('more articles than a table begins with are all there', async () => {
  const models = await readModelColumns(Readable.from(Array.from({ length: 2500 }, (_, index) => line(index + 1))));
  assert.equal([models.rows, models.titles.length], [2500, 2500]);
  for (const row of [0, 1023, 1024, 2048, 2499]) {
    assert.equal(
      [models.ids[row], models.like[row], models.comment[row], models.view[row], models.deleted[row]],
      [BigInt(row + 1), row + 1, row + 2, row + 3, row % 2],
    );
    assert.is(models.titles[row], `title ${(row + 1) % 3}`);
  }
});

test.run();

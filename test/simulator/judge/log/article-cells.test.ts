// test/simulator/judge/log/article-cells.test.ts — There is room for every number of the articles asked for, also after more was made.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ArticleCells, CELL } from '../../../../simulator/judge/log/article-cells.js';

test('the last number of the last article is kept, before and after more room is made', () => {
  const cells = new ArticleCells(20);
  cells.set(19, CELL.peak, 7);
  assert.is(cells.get(19, CELL.peak), 7);
  cells.makeRoom(40);
  cells.set(39, CELL.peak, 8);
  assert.equal([cells.get(19, CELL.peak), cells.get(39, CELL.peak), cells.bytes], [7, 8, 1600]);
});

test.run();

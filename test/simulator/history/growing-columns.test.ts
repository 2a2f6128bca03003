// test/simulator/history/growing-columns.test.ts — Nothing is lost when columns grow.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { doubled, grown } from '../../../simulator/history/growing-columns.js';

test('a column keeps its kind and its values, and has as much room again', () => {
  assert.equal(doubled(Uint8Array.of(1, 255)), Uint8Array.of(1, 255, 0, 0));
  assert.equal(doubled(BigUint64Array.of(2n ** 64n - 1n)), BigUint64Array.of(2n ** 64n - 1n, 0n));
  const part = Uint16Array.of(1, 2, 3).subarray(1);
  assert.equal(doubled(part), Uint16Array.of(2, 3, 0, 0));
});

test('all columns of a table grow, each as it is', () => {
  const table = { ids: BigUint64Array.of(7n, 8n), score: Float64Array.of(0.5, 1.5) };
  assert.equal(grown(table), { ids: BigUint64Array.of(7n, 8n, 0n, 0n), score: Float64Array.of(0.5, 1.5, 0, 0) });
  assert.is(table.ids.length, 2);
});

test.run();

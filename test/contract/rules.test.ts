// test/contract/rules.test.ts — The order of a list, ids as integers, and partitions as Kafka's Java clients choose them.
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareIds, isId } from '../../contract/ids.js';
import { partitionOf } from '../../contract/partition.js';
import { compareRanked, DEFAULT_RULES, scoreOf } from '../../contract/rules.js';

test('a like is three points, a comment two, a view one', () => {
  assert.is(scoreOf(DEFAULT_RULES, { like: 4, comment: 3, view: 2 }), 20);
});

test('equal scores rank the larger id first, as an integer and not as text', () => {
  const rows = [
    { articleId: '9', score: 5 },
    { articleId: '10', score: 5 },
    { articleId: '1', score: 6 },
  ];
  assert.equal(
    rows.sort(compareRanked).map((row) => row.articleId),
    ['1', '10', '9'],
  );
});

test('ids are ordered as 64-bit integers', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 63n - 1n), fc.bigInt(0n, 2n ** 63n - 1n), (a, b) => {
      const order = compareIds(String(a), String(b));
      assert.is(Math.sign(order), a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('only canonical 64-bit decimals are ids', () => {
  for (const text of ['0', '1', '9223372036854775807']) assert.ok(isId(text), text);
  for (const text of ['', '01', '-1', '1e3', '9223372036854775808', '1.0', ' 1']) assert.not(isId(text), text);
});

test('partitions are those of the murmur2 partitioner of kafkajs', () => {
  const murmur2 = createRequire(import.meta.url)('kafkajs/src/producer/partitioners/default/murmur2.js') as (
    key: Buffer,
  ) => number;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 300 }), (bytes, partitions) => {
      const key = Buffer.from(bytes);
      assert.is(partitionOf(key, partitions), (murmur2(key) & 0x7fffffff) % partitions);
    }),
  );
});

test.run();

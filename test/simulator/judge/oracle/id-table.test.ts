// test/simulator/judge/oracle/id-table.test.ts — 64-bit ids in typed arrays are what a Map of strings would make of them.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { enlarged, Halves, IdTable } from '../../../../simulator/judge/oracle/id-table.js';

test('ids come back as they were, and only those that were added are found', () => {
  const id = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 200 }), id, (ids, other) => {
      const table = new IdTable(0);
      for (const one of ids) table.add(one);
      assert.equal(
        ids.map((one) => table.idAt(table.find(one))),
        ids,
      );
      assert.equal(
        ids.map((one) => table.add(one)),
        ids.map((_, i) => i),
      );
      assert.is(table.find(other) >= 0, ids.includes(other));
    }),
  );
});

test('the halves of any id are those of its 64 bits', () => {
  const edges = [
    0n,
    9n,
    10n ** 9n - 1n,
    10n ** 9n,
    2n ** 32n - 1n,
    2n ** 32n,
    2n ** 53n + 1n,
    2n ** 63n - 1n,
    2n ** 64n - 1n,
  ];
  const halves = new Halves();
  const isRight = (id: bigint) => {
    const { high, low } = halves.read(String(id));
    assert.equal([high, low], [Number(id >> 32n), Number(id & 0xffff_ffffn)], String(id));
  };
  for (const id of edges) isRight(id);
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), isRight));
});

test('ids that differ in one half alone are two', () => {
  const table = new IdTable(0);
  const ids = [1n, 2n, 2n ** 32n + 1n, 2n ** 32n + 2n, 2n ** 33n + 1n].map(String);
  assert.equal(
    ids.map((id) => table.add(id)),
    [0, 1, 2, 3, 4],
  );
  assert.is(table.count, 5);
});

test('of thousands of ids with the same low half each is found, also where they share a slot', () => {
  const table = new IdTable(0);
  const ids = Array.from({ length: 3000 }, (_, index) => String((BigInt(index) << 32n) + 7n));
  for (const id of ids) assert.is(table.find(id), -1);
  for (const [index, id] of ids.entries()) {
    assert.is(table.find(id), -1);
    assert.is(table.add(id), index);
  }
  assert.equal(
    ids.map((id) => table.find(id)),
    ids.map((_, index) => index),
  );
});

test('a table takes as many ids as it has room for, and no more bytes', () => {
  // Three quarters of 16,384 slots.
  const table = new IdTable(12_288);
  const { bytes } = table;
  for (let index = 0; index < 12_288; index += 1) table.add(String(index + 1));
  assert.is(table.bytes, bytes);
  table.add('99999');
  assert.ok(table.bytes > bytes);
  assert.is(table.find('12288'), 12_287);
});

test('an id is found however many there are, and takes what is known where their number was known', () => {
  for (const known of [true, false]) {
    const table = new IdTable(known ? 7000 : 0);
    const bytes = table.bytes;
    // Both halves count: ids of an article each millisecond, on seven machines.
    const idAt = (index: number) => String((BigInt(index % 7) << 60n) + (BigInt(index) << 22n) + 4096n);
    for (let index = 0; index < 7000; index += 1) {
      assert.is(table.add(idAt(index)), index);
      assert.is(table.find('0'), -1);
    }
    for (let index = 0; index < 7000; index += 1) {
      assert.is(table.find(idAt(index)), index);
      assert.is(table.idAt(index), idAt(index));
    }
    for (const other of ['1', idAt(7000)]) assert.is(table.find(other), -1);
    // Two halves an id, and the next power of two of slots that is not full with them.
    if (known) assert.equal([bytes, table.bytes], [7000 * 8 + 16_384 * 4, bytes]);
  }
});

test('a column that is enlarged begins as it was, and is a little longer', () => {
  const column = Uint16Array.from({ length: 1000 }, (_, index) => index + 1);
  const larger = enlarged(column);
  assert.instance(larger, Uint16Array);
  assert.equal([...larger.subarray(0, 1000)], [...column]);
  assert.ok(larger.length > 1000 && larger.length < 1100, `${larger.length}`);
  assert.ok(larger.subarray(1000).every((value) => value === 0));
});

test.run();

// test/simulator/observe/log-reader.test.ts — A partition is read to its end, also where offsets hold no record.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReadRecord } from '../../../simulator/history/log-records.js';
import { type Fetched, PartitionCursor } from '../../../simulator/observe/log-reader.js';

const record = (offset: number): ReadRecord => ({ offset, timeMs: offset, value: Buffer.from(String(offset)) });

/** @param fetches by the offset that is asked for; none at other offsets */
async function offsetsRead(end: number, fetches: Readonly<Record<number, Fetched>>): Promise<readonly number[]> {
  const cursor = new PartitionCursor({ start: 0, end }, (offset) =>
    Promise.resolve(fetches[offset] ?? { records: [], next: offset }),
  );
  const read: number[] = [];
  while (await cursor.fill()) {
    for (let one = cursor.peek(); one; one = cursor.peek()) {
      read.push(one.offset);
      cursor.take();
    }
  }
  return read;
}

test('a partition ends with its last record', async () => {
  assert.equal(await offsetsRead(2, { 0: { records: [record(0), record(1)], next: 2 } }), [0, 1]);
});

test('a partition that ends with a marker is read to its end', async () => {
  assert.equal(await offsetsRead(3, { 0: { records: [record(0), record(1)], next: 3 } }), [0, 1]);
  assert.equal(await offsetsRead(3, { 0: { records: [record(0)], next: 1 }, 1: { records: [], next: 3 } }), [0]);
});

test('what begins with aborted records, or with deleted ones, goes on behind them', async () => {
  const fetches = { 0: { records: [], next: 40 }, 40: { records: [record(41)], next: 42 } };
  assert.equal(await offsetsRead(42, fetches), [41]);
});

test('records that came after the reader was opened are not read', async () => {
  assert.equal(await offsetsRead(1, { 0: { records: [record(0), record(1)], next: 2 } }), [0]);
});

test('a partition that brings nothing more before its end is an error', async () => {
  try {
    await offsetsRead(2, { 0: { records: [record(0)], next: 1 } });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /expected records up to offset 2, found none from 1 on/);
  }
});

test.run();

// test/simulator/simulate/memory-log.test.ts — The topics in memory keep each partition's order, and are read again by the judge.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryLog } from '../../../simulator/simulate/memory-log.js';

const record = (timeMs: number) => ({ timeMs, key: Buffer.from('k'), value: Buffer.from(`v${timeMs}`) });
const place = { topic: 'b', partition: 1 };

test('records have offsets by partition, and are read from anywhere', () => {
  const log = new MemoryLog(['a', 'b'], 2);
  assert.is(log.places.length, 4);
  log.append(place, [record(1), record(2)]);
  log.append(place, [record(3)]);
  assert.is(log.end(place), 3);
  assert.is(log.end({ topic: 'a', partition: 1 }), 0);
  assert.equal(log.read(place, 1, 1), [record(2)]);
  assert.equal(log.read(place, 1, 9), [record(2), record(3)]);
  assert.throws(() => log.append({ topic: 'c', partition: 0 }, []), 'there is no c/0');
});

test('a cursor gives each record once, with its offset', async () => {
  const log = new MemoryLog(['a', 'b'], 2);
  log.append(place, [record(1), record(2)]);
  await using open = log.open();
  const cursor = open.cursorOf(1, 1);
  assert.ok(await cursor.fill());
  assert.equal(cursor.peek(), { offset: 0, timeMs: 1, value: Buffer.from('v1') });
  cursor.take();
  assert.equal(cursor.peek(), { offset: 1, timeMs: 2, value: Buffer.from('v2') });
  cursor.take();
  assert.is(cursor.peek(), undefined);
  assert.not(await cursor.fill());
});

test.run();

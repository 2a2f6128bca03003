// test/simulator/simulate/memory-consumer.test.ts — A reader in memory is given what kafkajs would give: in order, again after an error, and from where it sought.
import type { EachBatchPayload } from 'kafkajs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nextTurn } from '../../../contract/waiting.js';
import { MemoryConsumer } from '../../../simulator/simulate/memory-consumer.js';
import { MemoryGroup } from '../../../simulator/simulate/memory-group.js';
import { MemoryLog } from '../../../simulator/simulate/memory-log.js';

const place = { topic: 'likes', partition: 0 };

async function reading(records: number) {
  const log = new MemoryLog(['likes'], 1);
  const clock = { nowMs: 0 };
  const group = new MemoryGroup({ places: log.places, sessionTimeoutMs: 1000, now: () => clock.nowMs });
  let state: 'running' | 'paused' | 'ended' = 'running';
  const reader = new MemoryConsumer({ log, group, state: () => state, now: () => clock.nowMs });
  const given: string[][] = [];
  const failures: Error[] = [];
  log.append(
    place,
    Array.from({ length: records }, (_, i) => ({ timeMs: i, key: Buffer.of(i), value: Buffer.of(i) })),
  );
  const eachBatch = async ({ batch, resolveOffset }: EachBatchPayload) => {
    given.push(batch.messages.map(({ offset }) => offset));
    const failure = failures.shift();
    if (failure) throw failure;
    resolveOffset(batch.lastOffset());
  };
  await reader.asConsumer.run({ eachBatch });
  group.deal();
  const read = async (most: number) => {
    reader.read(place, most);
    await nextTurn();
  };
  const become = (next: typeof state) => {
    state = next;
  };
  return { log, clock, group, reader, given, failures, read, become };
}

test('batches follow each other until nothing is left', async () => {
  const { reader, given, read } = await reading(3);
  assert.equal(reader.readable(), [place]);
  await read(2);
  await read(2);
  assert.equal(given, [['0', '1'], ['2']]);
  assert.equal(reader.readable(), []);
});

test('nothing of a partition is given while a batch of it is in flight', async () => {
  const { reader, given, read } = await reading(3);
  reader.read(place, 1);
  assert.equal(reader.readable(), []);
  await nextTurn();
  await read(1);
  assert.equal(given, [['0'], ['1']]);
});

test('a batch that was thrown back is given again a little later, as it was', async () => {
  const { reader, clock, given, failures, read } = await reading(4);
  failures.push(new Error('Redis is away'));
  await read(2);
  assert.equal(reader.readable(), []);
  clock.nowMs = 100;
  assert.equal(reader.readable(), [place]);
  await read(4);
  assert.equal(given, [
    ['0', '1'],
    ['0', '1'],
  ]);
});

test('reading goes on where it was sought', async () => {
  const { reader, given, read } = await reading(4);
  await read(4);
  assert.equal(reader.readable(), []);
  reader.seek({ ...place, offset: '1' });
  assert.equal(reader.readable(), [place]);
  await read(2);
  assert.equal(given.at(-1), ['1', '2']);
});

test('nothing is read while paused, frozen, or in a rebalance that the reader knows of', async () => {
  const { reader, group, become } = await reading(1);
  become('paused');
  assert.equal(reader.readable(), []);
  become('running');
  group.rebalance();
  assert.equal(reader.readable(), []);
  group.deal();
  assert.equal(reader.readable(), [place]);
  reader.pause();
  assert.equal(reader.readable(), []);
});

test('one that was given up reads on until it knows', async () => {
  const { reader, clock, group, become } = await reading(1);
  become('paused');
  clock.nowMs = 2000;
  group.inspect();
  become('running');
  assert.ok(reader.isExpelled);
  assert.equal(reader.readable(), [place]);
  reader.join();
  assert.not(reader.isExpelled);
});

test.run();

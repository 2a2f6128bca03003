// test/simulator/produce/record-batch.test.ts — The batch encoder's bytes are those of kafkajs, and kafkajs reads them back.
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { COMPRESSIONS } from '../../../contract/compression.js';
import { registerCodecs } from '../../../contract/kafkajs/codecs.js';
import { compressorOf } from '../../../simulator/produce/compressor.js';
import { RecordBatch, stampProducer } from '../../../simulator/produce/record-batch.js';

registerCodecs();

const require = createRequire(import.meta.url);
interface Encoded {
  readonly buffer: Buffer;
}
const stockRecord = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => Encoded;
const { RecordBatch: stockBatch } = require('kafkajs/src/protocol/recordBatch/v0/index.js') as {
  RecordBatch: (batch: object) => Promise<Encoded>;
};
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (buffer: Buffer) => object;
const decodeMessages = require('kafkajs/src/protocol/messageSet/../recordBatch/v0/decoder.js') as (
  decoder: object,
) => Promise<{ records: { key: Buffer; value: Buffer; timestamp: string; offset: string }[] }>;

const records = fc.array(
  fc.record({
    timestamp: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
    key: fc.uint8Array({ minLength: 1, maxLength: 30 }),
    value: fc.uint8Array({ maxLength: 3000 }),
  }),
  { minLength: 1, maxLength: 40 },
);

test('an uncompressed batch equals the one that kafkajs encodes', async () => {
  await fc.assert(
    fc.asyncProperty(records, async (list) => {
      const batch = new RecordBatch({ records: 1000, bytes: 900_000 });
      for (const { timestamp, key, value } of list) {
        assert.ok(batch.append(timestamp, Buffer.from(key), Buffer.from(value)));
      }
      const firstTimestamp = list[0]?.timestamp ?? 0;
      const stock = await stockBatch({
        firstTimestamp,
        maxTimestamp: Math.max(...list.map(({ timestamp }) => timestamp)),
        lastOffsetDelta: list.length - 1,
        records: list.map(({ timestamp, key, value }, offsetDelta) =>
          stockRecord({
            offsetDelta,
            timestampDelta: timestamp - firstTimestamp,
            key: Buffer.from(key),
            value: Buffer.from(value),
          }),
        ),
      });
      assert.equal(batch.encode(), stock.buffer);
    }),
    { numRuns: 50 },
  );
});

test('a batch of an idempotent producer equals the one that kafkajs encodes', async () => {
  const batch = new RecordBatch({ records: 10, bytes: 900_000 });
  const [timestamp, key, value] = [1_700_000_000_000, Buffer.from('1'), Buffer.from('one')];
  batch.append(timestamp, key, value);
  const found = batch.encode();
  stampProducer(found, { producerId: 4_000_000_000_123n, producerEpoch: 3, firstSequence: 77_000 });
  const stock = await stockBatch({
    firstTimestamp: timestamp,
    maxTimestamp: timestamp,
    lastOffsetDelta: 0,
    producerId: '4000000000123',
    producerEpoch: 3,
    firstSequence: 77_000,
    records: [stockRecord({ offsetDelta: 0, timestampDelta: 0, key, value })],
  });
  assert.equal(found, stock.buffer);
});

test('a batch of a transaction equals the one that kafkajs encodes', async () => {
  const batch = new RecordBatch({ records: 10, bytes: 900_000 });
  const [timestamp, key, value] = [1_700_000_000_000, Buffer.from('1'), Buffer.from('one')];
  batch.append(timestamp, key, value);
  const found = batch.encode();
  stampProducer(found, { producerId: 7n, producerEpoch: 1, firstSequence: 5, isTransactional: true });
  const stock = await stockBatch({
    firstTimestamp: timestamp,
    maxTimestamp: timestamp,
    lastOffsetDelta: 0,
    producerId: '7',
    producerEpoch: 1,
    firstSequence: 5,
    transactional: true,
    records: [stockRecord({ offsetDelta: 0, timestampDelta: 0, key, value })],
  });
  assert.equal(found, stock.buffer);
});

for (const name of COMPRESSIONS) {
  test(`a batch with compression ${name} is read back by kafkajs`, async () => {
    const batch = new RecordBatch({ records: 10, bytes: 900_000 });
    batch.append(1_700_000_000_000, Buffer.from('1'), Buffer.from('one'));
    batch.append(1_700_000_000_500, Buffer.from('2'), Buffer.from('two'.repeat(20_000)));
    const encoded = batch.encode(await compressorOf(name));
    assert.is(encoded.length > 60_000, name === 'none');
    // The decoder expects the offset, length, epoch and magic to be taken off already.
    const { records: found } = await decodeMessages(new Decoder(encoded));
    assert.equal(
      found.map(({ key, value, timestamp }) => [String(key), String(value), timestamp]),
      [
        ['1', 'one', '1700000000000'],
        ['2', 'two'.repeat(20_000), '1700000000500'],
      ],
    );
  });
}

test('a full batch takes no more, and stays as it was', () => {
  const batch = new RecordBatch({ records: 2, bytes: 900_000 });
  const value = Buffer.from('x');
  assert.ok(batch.append(1, value, value));
  assert.ok(batch.append(2, value, value));
  const before = Buffer.from(batch.encode());
  assert.not(batch.append(3, value, value));
  assert.equal(batch.encode(), before);
  batch.clear();
  assert.ok(batch.isEmpty);
  assert.ok(batch.append(3, value, value));
});

test('a batch is bounded in bytes too, but takes one record of any size', () => {
  const batch = new RecordBatch({ records: 1000, bytes: 1000 });
  const large = Buffer.alloc(100_000, 1);
  assert.ok(batch.append(1, Buffer.from('k'), large));
  assert.not(batch.append(1, Buffer.from('k'), Buffer.from('v')));
  assert.ok(batch.encode().length > 100_000);
});

test.run();

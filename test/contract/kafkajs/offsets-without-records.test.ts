// test/contract/kafkajs/offsets-without-records.test.ts — What kafkajs reads from batches whose last records, or all of them, are gone or hidden.
import { createRequire } from 'node:module';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../../contract/kafkajs/client.js';

const require = createRequire(import.meta.url);
createKafka({ brokers: ['127.0.0.1:1'] }, { clientId: 'test' });

interface Read {
  readonly offset: string;
  readonly isControlRecord: boolean;
}

interface Batch {
  readonly messages: readonly Read[];
  readonly rawMessages: readonly Read[];
  lastOffset(): string;
  isEmptyDueToFiltering(): boolean;
}

const Decoder = require('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => object;
const decodeMessages = require('kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js') as (
  decoder: object,
) => Promise<Read[]>;
const KafkajsBatch = require('kafkajs/src/consumer/batch.js') as new (
  topic: string,
  fetchedOffset: string,
  data: object,
) => Batch;
const { prototype: runners } = require('kafkajs/src/consumer/runner.js') as {
  prototype: { handleBatch: (this: object, batch: Batch) => Promise<void> };
};

interface Written {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** Offsets of the records that are still there. */
  readonly offsets: readonly number[];
  readonly isControl?: boolean;
}

/** A record batch as brokers send it, in format 2, without compression. */
function recordBatch({ firstOffset, lastOffset, offsets, isControl = false }: Written): Buffer {
  const records = offsets.map((offset) => {
    // Attributes, then deltas of time and offset, no key, a value of one byte, no headers; numbers are zigzag-encoded.
    const body = Buffer.from([0, 0, (offset - firstOffset) * 2, 1, 2, 0x76, 0]);
    return Buffer.concat([Buffer.from([body.length * 2]), body]);
  });
  const head = Buffer.alloc(61);
  head.writeBigInt64BE(BigInt(firstOffset), 0);
  head.writeInt32BE(49 + Buffer.concat(records).length, 8);
  head.writeInt8(2, 16);
  head.writeInt16BE(isControl ? 0x30 : 0, 21);
  head.writeInt32BE(lastOffset - firstOffset, 23);
  head.writeInt32BE(records.length, 57);
  return Buffer.concat([head, ...records]);
}

async function read(from: number, ...batches: readonly Written[]): Promise<Batch> {
  const bytes = Buffer.concat(batches.map(recordBatch));
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  const messages = await decodeMessages(new Decoder(Buffer.concat([size, bytes])));
  return new KafkajsBatch('t', String(from), { partition: 0, highWatermark: '100', abortedTransactions: [], messages });
}

const offsetsOf = (batch: Batch) => batch.messages.map(({ offset }) => Number(offset));

test('a batch that is whole is read as it is', async () => {
  const batch = await read(3, { firstOffset: 3, lastOffset: 5, offsets: [3, 4, 5] });
  assert.equal([offsetsOf(batch), batch.lastOffset(), batch.rawMessages.length], [[3, 4, 5], '5', 3]);
});

test('a batch whose last records are gone ends with its last offset', async () => {
  const batch = await read(3, { firstOffset: 3, lastOffset: 9, offsets: [3, 5] });
  assert.equal([offsetsOf(batch), batch.lastOffset()], [[3, 5], '9']);
});

test('a batch without any record still has its last offset', async () => {
  const batch = await read(3, { firstOffset: 3, lastOffset: 9, offsets: [] });
  assert.equal([offsetsOf(batch), batch.lastOffset(), batch.isEmptyDueToFiltering()], [[], '9', true]);
});

test('reading goes on within a batch whose last records are gone', async () => {
  const batch = await read(7, { firstOffset: 3, lastOffset: 9, offsets: [3, 5] });
  assert.equal([offsetsOf(batch), batch.lastOffset()], [[], '9']);
});

test('batches follow each other, markers among them', async () => {
  const marker = { firstOffset: 6, lastOffset: 6, offsets: [6], isControl: true };
  const batch = await read(3, { firstOffset: 3, lastOffset: 5, offsets: [3] }, marker);
  assert.equal([offsetsOf(batch), batch.lastOffset()], [[3], '6']);
});

for (const [name, written] of [
  ['a transaction marker', { firstOffset: 4, lastOffset: 4, offsets: [4], isControl: true }],
  ['a batch without records', { firstOffset: 4, lastOffset: 8, offsets: [] }],
] as const) {
  test(`${name} is handed to the consumer before kafkajs passes it`, async () => {
    const seen: string[] = [];
    const runner = {
      running: true,
      eachBatch: true,
      instrumentationEmitter: { emit: () => undefined },
      consumerGroup: { resolveOffset: ({ offset }: { offset: string }) => seen.push(`resolved ${offset}`) },
      autoCommitOffsetsIfNecessary: async () => undefined,
      heartbeat: async () => undefined,
      processEachBatch: async (batch: Batch) =>
        void seen.push(`handed ${batch.messages.length} to ${batch.lastOffset()}`),
    };
    const batch = Object.assign(await read(4, written), { offsetLag: () => '0', offsetLagLow: () => '0' });
    await runners.handleBatch.call(runner, batch);
    const { lastOffset } = written;
    assert.equal(seen, [`handed 0 to ${lastOffset}`, `resolved ${lastOffset}`]);
  });
}

test.run();

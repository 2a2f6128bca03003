// simulator/produce/prepared-batches.ts — Lets kafkajs 2.2.4 (pinned) send a record set that is already encoded: only its produce request is extended, all else is its own.
import { createRequire } from 'node:module';
import { stampProducer } from './record-batch.js';

/** Stands in a message's `value`; the message is then the only one of its request. */
export class PreparedBatch {
  readonly recordSet: Buffer;
  /** For an idempotent producer. kafkajs would count messages, and this message stands for many records. */
  readonly firstSequence: number;
  constructor(recordSet: Buffer, firstSequence: number) {
    this.recordSet = recordSet;
    this.firstSequence = firstSequence;
  }
}

interface PartitionData {
  readonly partition: number;
  readonly messages: readonly { readonly value: unknown }[];
}
interface ProduceRequest {
  readonly acks: number;
  readonly timeout: number;
  readonly transactionalId?: string | null;
  /** A Long; -1 for a producer that is not idempotent. */
  readonly producerId?: { toString(): string };
  readonly producerEpoch?: number;
  readonly topicData: readonly { readonly topic: string; readonly partitions: readonly PartitionData[] }[];
}
interface Encoder {
  writeString(value: string | null): Encoder;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeArray(value: readonly Encoder[]): Encoder;
  writeBytes(value: Buffer): Encoder;
}
type Request = Readonly<Record<string, unknown>>;

const require = createRequire(import.meta.url);

/** Must run before kafkajs loads its produce requests; versions 4 to 7 build on version 3. */
export function acceptPreparedBatches(): void {
  const path = require.resolve('kafkajs/src/protocol/requests/produce/v3/request.js');
  const stock = require(path) as (request: ProduceRequest) => Request;
  const loaded = require.cache[path];
  if (!loaded || 'acceptsPreparedBatches' in stock) return;
  const NewEncoder = require('kafkajs/src/protocol/encoder.js') as new () => Encoder;
  const extended = (request: ProduceRequest): Request => {
    const only = request.topicData[0]?.partitions[0];
    const value = only?.messages[0]?.value;
    if (!(value instanceof PreparedBatch)) return stock(request);
    const encodePartition = (data: PartitionData) =>
      new NewEncoder().writeInt32(data.partition).writeBytes(recordSetOf(data, request));
    const encode = async () =>
      new NewEncoder()
        .writeString(request.transactionalId ?? null)
        .writeInt16(request.acks)
        .writeInt32(request.timeout)
        .writeArray(
          request.topicData.map(({ topic, partitions }) =>
            new NewEncoder().writeString(topic).writeArray(partitions.map(encodePartition)),
          ),
        );
    return { ...stock(request), encode };
  };
  loaded.exports = Object.assign(extended, { acceptsPreparedBatches: true });
}

function recordSetOf(data: PartitionData, { producerId, producerEpoch = 0, transactionalId }: ProduceRequest): Buffer {
  const value = data.messages[0]?.value;
  if (!(value instanceof PreparedBatch) || data.messages.length !== 1) throw new TypeError('mixed prepared batch');
  const id = BigInt(String(producerId ?? -1));
  const { firstSequence, recordSet } = value;
  const isTransactional = typeof transactionalId === 'string';
  if (id >= 0n) stampProducer(recordSet, { producerId: id, producerEpoch, firstSequence, isTransactional });
  return recordSet;
}

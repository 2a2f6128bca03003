// simulator/produce/kafkajs-transport.ts — Sends record batches with kafkajs: one topic-partition a request, every answer checked, every uncertain end reported as unknown.
import type { Producer } from 'kafkajs';
import type { Compression } from '../../contract/compression.js';
import type { KafkaConnection } from '../../contract/connection.js';
import { deadline, sleep } from '../../contract/waiting.js';
import { type Compressor, compressorOf } from './compressor.js';
import { acceptPreparedBatches, PreparedBatch } from './prepared-batches.js';
import type { RecordBatch } from './record-batch.js';
import { NotConnectedError, type Sender, Senders } from './senders.js';
import type { SendOutcome, Target, Transport } from './transport.js';

export interface TransportOptions {
  readonly connection: KafkaConnection;
  readonly acks: 0 | 1 | 'all';
  readonly compression: Compression;
  /** The broker drops what a retry repeats. */
  readonly idempotent: boolean;
  /** After this time a send is given up. */
  readonly deliveryTimeoutMs: number;
}

/**
 * Errors that say that the records are certainly not in the log: the broker refused before it appended, or nothing was
 * ever sent. Anything else may have been appended. Source: org.apache.kafka.common.protocol.Errors.
 */
const REFUSED = new Set([
  'CORRUPT_MESSAGE',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'NOT_ENOUGH_REPLICAS',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_REQUIRED_ACKS',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'POLICY_VIOLATION',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
]);
/** Errors that another try does not help. */
const FINAL = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_TIMESTAMP', 'INVALID_RECORD']);
const NEVER_SENT = new Set([
  'NotConnectedError',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSBrokerNotFound',
  'KafkaJSTopicMetadataNotLoaded',
]);
const PAUSE_MS = { first: 50, most: 1000 };

export async function createTransport(options: TransportOptions): Promise<Transport> {
  acceptPreparedBatches();
  // kafkajs must not be loaded before its request is extended.
  const { createKafka } = await import('../../contract/kafkajs/client.js');
  const kafka = createKafka(options.connection, { clientId: 'sim-producer', retries: 0, requestTimeoutMs: 10_000 });
  const { idempotent } = options;
  const compressor = await compressorOf(options.compression);
  const senders = new Senders(() =>
    // kafkajs insists on a retry of its own for an idempotent producer; with one partition a send that is harmless.
    kafka.producer({ allowAutoTopicCreation: false, idempotent, retry: { retries: idempotent ? 1 : 0 } }),
  );
  return {
    connect: () => senders.connect(),
    disconnect: () => senders.disconnect(),
    send: async (target, batch) => {
      const sender = senders.of(target);
      const outcome = await deliver(sender, options, { target, batch, compressor });
      if (outcome.outcome === 'ok') sender.wrote(batch.count);
      // It is unknown whether the sequence was used. If it was, the next batch would be dropped as a repetition.
      if (idempotent && outcome.outcome === 'info') senders.replace(target);
      return outcome;
    },
  };
}

interface Delivery {
  readonly target: Target;
  readonly batch: RecordBatch;
  readonly compressor: Compressor | undefined;
}

/** Tries again until the broker answers for good or time is up. A try whose end is unknown makes a later failure `info`. */
async function deliver(sender: Sender, options: TransportOptions, delivery: Delivery): Promise<SendOutcome> {
  const isOver = deadline(options.deliveryTimeoutMs);
  const value = new PreparedBatch(delivery.batch.encode(delivery.compressor), sender.nextSequence);
  let unsure = false;
  for (let wait = PAUSE_MS.first; ; wait = Math.min(wait * 2, PAUSE_MS.most)) {
    try {
      await sender.connect();
      return {
        outcome: 'ok',
        baseOffset: await sendOnce(sender.producer, options, { target: delivery.target, value }),
      };
    } catch (error) {
      const { reason, refused, final } = classify(error);
      // An idempotent producer's error may be the second of two tries, and tells nothing of the first.
      unsure ||= !refused || (options.idempotent && !(error instanceof NotConnectedError));
      if (final || isOver(wait)) return { outcome: unsure ? 'info' : 'fail', reason };
    }
    await sleep(wait);
  }
}

async function sendOnce(
  producer: Producer,
  options: TransportOptions,
  request: { readonly target: Target; readonly value: PreparedBatch },
): Promise<number | undefined> {
  const { topic, partition } = request.target;
  const metadata = await producer.send({
    topic,
    acks: options.acks === 'all' ? -1 : options.acks,
    timeout: 10_000,
    // Compressed already; kafkajs must not do it again.
    messages: [{ partition, value: request.value as unknown as Buffer }],
  });
  if (options.acks === 0) return undefined;
  const answer = metadata[0];
  if (
    metadata.length !== 1 ||
    answer?.topicName !== topic ||
    answer.partition !== partition ||
    answer.errorCode !== 0
  ) {
    throw new Error(`the answer to a send to ${topic}/${partition} names ${JSON.stringify(metadata)}`);
  }
  return Number(answer.baseOffset);
}

function classify(error: unknown): { reason: string; refused: boolean; final: boolean } {
  const causes: { name?: string; type?: string; message?: string; cause?: unknown; originalError?: unknown }[] = [];
  for (let at = error as (typeof causes)[number] | undefined; at && causes.length < 5; ) {
    causes.push(at);
    at = (at.cause ?? at.originalError) as (typeof causes)[number] | undefined;
  }
  const reason = causes.map((cause) => cause.type ?? cause.message ?? String(cause)).at(-1) ?? 'unknown error';
  return {
    reason,
    refused: causes.some((cause) => REFUSED.has(cause.type ?? '') || NEVER_SENT.has(cause.name ?? '')),
    final: causes.some((cause) => FINAL.has(cause.type ?? '')),
  };
}

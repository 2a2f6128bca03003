// simulator/produce/kafkajs-send.ts — One send of one record batch with kafkajs, whose answer is checked, and what its error says of the records.
import type { Producer } from 'kafkajs';
import type { PreparedBatch } from './prepared-batches.js';
import type { Target } from './transport.js';

/** A record batch on its way. */
export interface SentBatch {
  readonly target: Target;
  readonly acks: 0 | 1 | 'all';
  /** Encoded. */
  readonly recordSet: Buffer;
  readonly records: number;
}

/** Between two tries of a send; each pause is twice the one before. */
export const FIRST_PAUSE_MS = 50;
export const MAX_PAUSE_MS = 1000;

export function pauseAfter(pauseMs: number): number {
  return Math.min(pauseMs * 2, MAX_PAUSE_MS);
}

/** Kafka's sequences start again after the largest 32-bit integer. */
const SEQUENCES = 2 ** 31;

export function sequenceAfter(sequence: number, records: number): number {
  return (sequence + records) % SEQUENCES;
}

/** @returns the offset of the first record; undefined with acks=0 @throws the errors of kafkajs */
export async function sendOnce(
  producer: Pick<Producer, 'send'>,
  { target: { topic, partition }, acks }: Pick<SentBatch, 'target' | 'acks'>,
  value: PreparedBatch,
): Promise<number | undefined> {
  const metadata = await producer.send({
    topic,
    acks: acks === 'all' ? -1 : acks,
    timeout: 10_000,
    // Compressed already; kafkajs must not do it again.
    messages: [{ partition, value: value as unknown as Buffer }],
  });
  if (acks === 0) return undefined;
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
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'INVALID_REQUIRED_ACKS',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'POLICY_VIOLATION',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
]);
/** Errors that another try does not help. */
const FINAL = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
]);
const NEVER_SENT = new Set([
  'NotConnectedError',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSBrokerNotFound',
  'KafkaJSTopicMetadataNotLoaded',
]);

export interface SendFailure {
  readonly reason: string;
  /** The records are certainly not in the log. */
  readonly refused: boolean;
  /** Another try does not help. */
  readonly final: boolean;
}

export function failureOf(error: unknown): SendFailure {
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

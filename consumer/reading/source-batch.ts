// consumer/reading/source-batch.ts — A batch of kafkajs as the processor takes it.
import type { Batch } from 'kafkajs';
import type { SourceBatch } from './batch-processor.js';

/** kafkajs's batches have fields that its types do not mention. Undefined when the answer of the broker was empty. */
export function sourceBatchOf(batch: Batch): SourceBatch | undefined {
  const { topic, partition, messages } = batch;
  const { fetchedOffset, rawMessages } = batch as Batch & {
    /** The position that was fetched from. */
    readonly fetchedOffset: unknown;
    /** Also transaction markers and aborted records. */
    readonly rawMessages: readonly unknown[];
  };
  if (rawMessages.length === 0) return undefined;
  const next = String(BigInt(batch.lastOffset()) + 1n);
  return { topic, partition, from: String(fetchedOffset), next, end: batch.highWatermark, records: messages };
}

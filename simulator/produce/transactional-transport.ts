// simulator/produce/transactional-transport.ts — Sends each record batch in a transaction of its own. Some transactions are aborted and made again, so that the log has aborted records and markers.
import type { Kafka } from 'kafkajs';
import { deadline, sleep, until } from '../../contract/waiting.js';
import { compressorOf } from './compressor.js';
import { FIRST_PAUSE_MS, failureOf, MAX_PAUSE_MS, pauseAfter, type SentBatch } from './kafkajs-send.js';
import { TransactionalWriter } from './transactional-writer.js';
import type { SendOutcome, Target, Transport, TransportOptions } from './transport.js';

/** The coordinator aborts what a producer that is gone has left open. */
const TRANSACTION_TIMEOUT_MS = 15_000;
/** A new broker first makes the topic in which it keeps transactions. */
const COORDINATOR_WITHIN_MS = 60_000;

/** @param kafka with retries of its own: it is asked again while the transaction before is not yet ended */
export async function createTransactionalTransport(kafka: Kafka, options: TransportOptions): Promise<Transport> {
  const compressor = await compressorOf(options.compression);
  const writers = new Map<string, TransactionalWriter>();
  const writerOf = (target: Target) => {
    const id = `sim-tx.${target.topic}.${target.partition}.${options.name}`;
    const writer = writers.get(id) ?? new TransactionalWriter(() => producerOf(kafka, id), options.abortedShare);
    writers.set(id, writer);
    return writer;
  };
  return {
    connect: () => expectCoordinator(kafka, `sim-tx.${options.name}`),
    disconnect: async () => {
      await Promise.all([...writers.values()].map((writer) => writer.disconnect()));
    },
    send: (target, batch) => {
      const sent = { target, acks: options.acks, recordSet: batch.encode(compressor), records: batch.count };
      return deliver(writerOf(target), sent, options.deliveryTimeoutMs);
    },
  };
}

function producerOf(kafka: Kafka, transactionalId: string) {
  return kafka.producer({
    transactionalId,
    allowAutoTopicCreation: false,
    maxInFlightRequests: 1,
    transactionTimeout: TRANSACTION_TIMEOUT_MS,
    retry: { initialRetryTime: 20, maxRetryTime: 500, retries: 10 },
  });
}

/** Before the load, which would be late otherwise. @throws the last error of kafkajs */
async function expectCoordinator(kafka: Kafka, transactionalId: string): Promise<void> {
  await until(
    async (isLast) => {
      const producer = producerOf(kafka, transactionalId);
      try {
        await producer.connect();
        // It asks for a producer id, and ends nothing, as nothing was sent.
        await (await producer.transaction()).abort();
        return true;
      } catch (error) {
        if (isLast || failureOf(error).final) throw error;
        return false;
      } finally {
        await producer.disconnect().catch(() => undefined);
      }
    },
    { withinMs: COORDINATOR_WITHIN_MS, pollMs: MAX_PAUSE_MS },
  );
}

/**
 * Tries again until a transaction is committed or time is up. Nothing is committed of a transaction that failed. Still a
 * consumer that reads uncommitted records may have seen it, so its end is unknown.
 */
export async function deliver(
  writer: Pick<TransactionalWriter, 'write'>,
  sent: SentBatch,
  deliveryTimeoutMs: number,
): Promise<SendOutcome> {
  const isOver = deadline(deliveryTimeoutMs);
  let wasSeen = false;
  let wait = FIRST_PAUSE_MS;
  for (;;) {
    const end = await writer.write(sent);
    if (end.kind === 'committed') return { outcome: 'ok', baseOffset: end.baseOffset };
    if (end.kind === 'aborted') {
      wasSeen = true;
      continue;
    }
    const { reason, refused, final } = failureOf(end.error);
    if (end.kind === 'unknown') return { outcome: 'info', reason };
    wasSeen ||= end.wasSent && !refused;
    if (final || isOver(wait)) return { outcome: wasSeen ? 'info' : 'fail', reason };
    await sleep(wait);
    wait = pauseAfter(wait);
  }
}

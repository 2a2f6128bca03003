// simulator/produce/kafkajs-transport.ts — Sends record batches with kafkajs: one topic-partition a request, every answer checked, every uncertain end reported as unknown.
import { deadline, sleep } from '../../contract/waiting.js';
import { type Compressor, compressorOf } from './compressor.js';
import { FIRST_PAUSE_MS, failureOf, pauseAfter, sendOnce } from './kafkajs-send.js';
import { acceptPreparedBatches, PreparedBatch } from './prepared-batches.js';
import type { RecordBatch } from './record-batch.js';
import { NotConnectedError, type Sender, Senders } from './senders.js';
import { createTransactionalTransport } from './transactional-transport.js';
import { inTurn, type SendOutcome, type Target, type Transport, type TransportOptions } from './transport.js';

/** The coordinator answers that it is still busy with the transaction before. */
const TRANSACTION_RETRIES = 5;

export async function createTransport(options: TransportOptions): Promise<Transport> {
  acceptPreparedBatches();
  // kafkajs must not be loaded before its request is extended.
  const { createKafka } = await import('../../contract/kafkajs/client.js');
  const { idempotent, transactional } = options;
  const retries = transactional ? TRANSACTION_RETRIES : 0;
  const kafka = createKafka(options.connection, { clientId: 'sim-producer', retries, requestTimeoutMs: 10_000 });
  if (transactional) return inTurn(await createTransactionalTransport(kafka, options));
  const compressor = await compressorOf(options.compression);
  const senders = new Senders(() =>
    // kafkajs insists on a retry of its own for an idempotent producer; with one partition a send that is harmless.
    kafka.producer({ allowAutoTopicCreation: false, idempotent, retry: { retries: idempotent ? 1 : 0 } }),
  );
  const transport: Transport = {
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
  return idempotent ? inTurn(transport) : transport;
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
  for (let wait = FIRST_PAUSE_MS; ; wait = pauseAfter(wait)) {
    try {
      await sender.connect();
      return {
        outcome: 'ok',
        baseOffset: await sendOnce(sender.producer, { target: delivery.target, acks: options.acks }, value),
      };
    } catch (error) {
      const { reason, refused, final } = failureOf(error);
      // An idempotent producer's error may be the second of two tries, and tells nothing of the first.
      unsure ||= !refused || (options.idempotent && !(error instanceof NotConnectedError));
      if (final || isOver(wait)) return { outcome: unsure ? 'info' : 'fail', reason };
    }
    await sleep(wait);
  }
}

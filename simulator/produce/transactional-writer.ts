// simulator/produce/transactional-writer.ts — The transactions of one topic-partition: one after the other, each with one record batch.
import type { Producer } from 'kafkajs';
import { type SentBatch, sendOnce, sequenceAfter } from './kafkajs-send.js';
import { PreparedBatch } from './prepared-batches.js';

/** How a transaction ended. `aborted`: on purpose. `failed`: for certain without a commit. `unknown`: it may be committed. */
export type TransactionEnd =
  | { readonly kind: 'committed'; readonly baseOffset: number | undefined }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly wasSent: boolean; readonly error: unknown }
  | { readonly kind: 'unknown'; readonly error: unknown };

export class TransactionalWriter {
  readonly #create: () => Producer;
  readonly #abortedShare: number;
  #producer: Producer | undefined;
  #nextSequence = 0;
  #transactions = 0;

  /**
   * @param create makes producers of one transactional id: a new one ends what the one before it left open
   * @param abortedShare share of the transactions that are aborted on purpose
   */
  constructor(create: () => Producer, abortedShare: number) {
    this.#create = create;
    this.#abortedShare = abortedShare;
  }

  async write(sent: SentBatch): Promise<TransactionEnd> {
    let reached: 'begin' | 'send' | 'commit' = 'begin';
    try {
      const transaction = await (await this.#connected()).transaction();
      reached = 'send';
      const value = new PreparedBatch(sent.recordSet, this.#nextSequence);
      const baseOffset = await sendOnce(transaction, sent, value);
      this.#nextSequence = sequenceAfter(this.#nextSequence, sent.records);
      if (this.#isAborted()) {
        await transaction.abort();
        return { kind: 'aborted' };
      }
      reached = 'commit';
      await transaction.commit();
      return { kind: 'committed', baseOffset };
    } catch (error) {
      await this.disconnect();
      return reached === 'commit' ? { kind: 'unknown', error } : { kind: 'failed', wasSent: reached === 'send', error };
    }
  }

  /** What is written next begins anew, with another producer. */
  async disconnect(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const producer = this.#create();
    this.#producer = producer;
    this.#nextSequence = 0;
    await producer.connect();
    return producer;
  }

  /** Evenly: after each transaction as many were aborted as the share says, rounded down. */
  #isAborted(): boolean {
    const before = Math.floor(this.#transactions * this.#abortedShare);
    this.#transactions += 1;
    return Math.floor(this.#transactions * this.#abortedShare) > before;
  }
}

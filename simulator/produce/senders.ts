// simulator/produce/senders.ts — Which kafkajs producer sends to a topic-partition, and at which sequence an idempotent one stands.
import type { Producer } from 'kafkajs';
import { sleep } from '../../contract/waiting.js';
import { sequenceAfter } from './kafkajs-send.js';
import type { Target } from './transport.js';

const PAUSE_MS = 200;

export class Sender {
  readonly producer: Producer;
  #nextSequence = 0;
  #isConnected: boolean;

  constructor(producer: Producer, isConnected: boolean) {
    this.producer = producer;
    this.#isConnected = isConnected;
  }

  /** Sequence of the next record; matters only for an idempotent producer. */
  get nextSequence(): number {
    return this.#nextSequence;
  }

  wrote(records: number): void {
    this.#nextSequence = sequenceAfter(this.#nextSequence, records);
  }

  /** @throws NotConnectedError */
  async connect(): Promise<void> {
    if (this.#isConnected) return;
    try {
      await this.producer.connect();
      this.#isConnected = true;
    } catch (cause) {
      throw new NotConnectedError(String(cause), { cause });
    }
  }
}

/** Nothing was sent. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
}

/** The producer of each topic-partition: one for all, until an idempotent one no longer knows where it stands. */
export class Senders {
  readonly #create: () => Producer;
  readonly #shared: Producer;
  readonly #byTarget = new Map<string, Sender>();
  readonly #others = new Set<Producer>();

  constructor(create: () => Producer) {
    this.#create = create;
    this.#shared = create();
  }

  connect(): Promise<void> {
    return withRetries(() => this.#shared.connect());
  }

  async disconnect(): Promise<void> {
    await Promise.all([this.#shared, ...this.#others].map((producer) => producer.disconnect()));
  }

  of(target: Target): Sender {
    return this.#byTarget.get(nameOf(target)) ?? this.#put(target, new Sender(this.#shared, true));
  }

  /** With a producer id of its own, the partition's sequences begin anew. */
  replace(target: Target): void {
    const producer = this.#create();
    this.#others.add(producer);
    this.#put(target, new Sender(producer, false));
  }

  #put(target: Target, sender: Sender): Sender {
    this.#byTarget.set(nameOf(target), sender);
    return sender;
  }
}

function nameOf({ topic, partition }: Target): string {
  return `${topic}/${partition}`;
}

async function withRetries(connect: () => Promise<void>, tries = 5): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      await connect();
      return;
    } catch (error) {
      if (left <= 1) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

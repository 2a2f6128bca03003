// consumer/reading/dead-letters.ts — Puts undecodable records aside, with their place, the reason, and the group that did it.
import type { Admin, Message, Producer } from 'kafkajs';
import { deadLetterTopicOf } from '../../contract/topics.js';

export interface DeadLetter {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** The brokers did not take the dead letters, so the partition must wait at its broken records. */
export class DeadLettersRefusedError extends Error {
  override readonly name = 'DeadLettersRefusedError';
}

/** Half of the default limit of a topic for one batch. */
const MAX_BYTES_AT_ONCE = 524_288;
/** Bytes that are kept of value and key when a record is too large for the topic. Headers come on top. */
const KEPT_BYTES = 16_384;

export class DeadLetters {
  readonly #producer: Producer;
  readonly #topic: string;
  readonly #group: string;
  #connected: Promise<void> | undefined;

  /** @param options.groupId several groups read the same records, and each puts them aside for itself */
  constructor(producer: Producer, options: { readonly topicPrefix: string; readonly groupId: string }) {
    this.#producer = producer;
    this.#topic = deadLetterTopicOf(options.topicPrefix);
    this.#group = options.groupId;
  }

  /** @returns why the topic could not be made; it may still be made by others before it is needed */
  async createTopic(admin: Admin): Promise<unknown> {
    try {
      // kafkajs logs an error of its own for a topic that is there.
      if ((await admin.listTopics()).includes(this.#topic)) return undefined;
      await admin.createTopics({ topics: [{ topic: this.#topic, numPartitions: 1, replicationFactor: -1 }] });
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /**
   * Settles when the brokers have them. A record that is larger than the topic takes is cut, and says how long it was.
   * @throws DeadLettersRefusedError
   */
  async put(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    try {
      await this.#connect();
      for (const messages of portionsOf(letters.map((letter) => messageOf(letter, this.#group))))
        await this.#send(messages);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new DeadLettersRefusedError(`dead letters cannot be written to ${this.#topic}: ${why}`, { cause });
    }
  }

  async disconnect(): Promise<void> {
    if (this.#connected) await this.#producer.disconnect();
  }

  async #send(messages: readonly LetterMessage[]): Promise<void> {
    const [first, ...others] = messages;
    if (!first) return;
    try {
      await this.#producer.send({ topic: this.#topic, acks: -1, messages: [...messages] });
    } catch (error) {
      if (!isTooLarge(error) || (others.length === 0 && isCut(first))) throw error;
      // The topic may take less than we think; records that fit go whole.
      if (others.length === 0) return this.#send([cut(first)]);
      for (const message of messages) await this.#send([message]);
    }
  }

  async #connect(): Promise<void> {
    this.#connected ??= this.#producer.connect();
    try {
      await this.#connected;
    } catch (error) {
      this.#connected = undefined;
      throw error;
    }
  }
}

interface LetterMessage extends Message {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

function messageOf(letter: DeadLetter, group: string): LetterMessage {
  const { topic, partition, offset, reason, key, value } = letter;
  // One partition, named: the key may be broken too, and kafkajs regroups what it places itself when it retries.
  return { partition: 0, key, value, headers: { topic, partition: String(partition), offset, reason, group } };
}

function portionsOf(messages: readonly LetterMessage[]): LetterMessage[][] {
  const portions: LetterMessage[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const own = bytesOf(message);
    if (bytes + own > MAX_BYTES_AT_ONCE) {
      portions.push([]);
      bytes = 0;
    }
    portions.at(-1)?.push(message);
    bytes += own;
  }
  return portions;
}

function bytesOf({ key, value, headers }: LetterMessage): number {
  const inHeaders = Object.entries(headers).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  return (key?.length ?? 0) + (value?.length ?? 0) + inHeaders;
}

function cut(message: LetterMessage): LetterMessage {
  const { key, value, headers } = message;
  const kept = (bytes: Buffer | null) => bytes?.subarray(0, KEPT_BYTES) ?? null;
  return {
    ...message,
    key: kept(key),
    value: kept(value),
    headers: { ...headers, cutFrom: String(value?.length ?? 0) },
  };
}

function isCut({ headers }: LetterMessage): boolean {
  return 'cutFrom' in headers;
}

/** kafkajs wraps the error of the broker. */
function isTooLarge(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('type' in error && error.type === 'MESSAGE_TOO_LARGE') || isTooLarge(error.cause);
}

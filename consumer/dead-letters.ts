// consumer/dead-letters.ts — Puts records aside that cannot be decoded, with where they came from, why, and which group did.
import type { Admin, Producer } from 'kafkajs';
import { deadLetterTopicOf } from '../contract/topics.js';

export interface DeadLetter {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

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

  /** Settles when the brokers have them. @throws when they do not take them: the records must not be passed then */
  async put(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    await this.#connect();
    await this.#producer.send({
      topic: this.#topic,
      acks: -1,
      messages: letters.map((letter) => messageOf(letter, this.#group)),
    });
  }

  async disconnect(): Promise<void> {
    if (this.#connected) await this.#producer.disconnect();
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

function messageOf({ topic, partition, offset, reason, key, value }: DeadLetter, group: string) {
  // One partition, named: the key may be broken too, and kafkajs regroups what it places itself when it retries.
  return { partition: 0, key, value, headers: { topic, partition: String(partition), offset, reason, group } };
}

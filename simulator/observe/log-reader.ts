// simulator/observe/log-reader.ts — Reads the topics of a run again, from its first record to its last. It joins no consumer group, so it disturbs nothing.

import { createRequire } from 'node:module';
import type { Admin, Kafka } from 'kafkajs';
import { elementAt } from '../../contract/assert.js';
import type { LogCursor, ReadRecord } from '../history/log-records.js';
import { type Bounds, boundsOf } from './lag.js';

const FETCH_BYTES = 4_000_000;
const FETCH_WAIT_MS = 500;
const TRIES = 5;
/** Records of aborted transactions are not read. Those of an open one are waited for. */
const READ_COMMITTED = 1;

/** The internal fetch of kafkajs 2.2.4 (pinned). Its public consumer can only read as a member of a group. */
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  refreshMetadata(): Promise<void>;
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, readonly number[]>>;
  findBroker(of: { readonly nodeId: string }): Promise<Broker>;
}
interface Broker {
  fetch(request: Readonly<Record<string, unknown>>): Promise<{ readonly responses: readonly TopicRecords[] }>;
}
interface TopicRecords {
  readonly partitions: readonly PartitionRecords[];
}
interface PartitionRecords {
  readonly messages: readonly Message[];
}
interface Message {
  readonly offset: string;
  readonly timestamp: string;
  readonly value: Buffer | null;
}

/** What kafkajs makes of a fetch for its own consumers: without aborted records and markers, whose offsets still count. */
interface Batch {
  readonly rawMessages: readonly Message[];
  readonly messages: readonly Message[];
  lastOffset(): string;
}
const BatchOfKafkajs = createRequire(import.meta.url)('kafkajs/src/consumer/batch.js') as new (
  topic: string,
  fetchedOffset: string,
  records: PartitionRecords,
) => Batch;

/** Records, and the next offset to ask for: further than the last record where offsets hold none. */
export interface Fetched {
  readonly records: readonly ReadRecord[];
  readonly next: number;
}

export interface LogPlaces {
  /** By stream. */
  readonly topics: readonly string[];
  /** By `topic/partition`: the offset of the run's first record; 0 where none is given. */
  readonly starts: ReadonlyMap<string, number>;
}

export class LogReader implements AsyncDisposable {
  readonly #cluster: Cluster;
  readonly #topics: readonly string[];
  /** By topic and partition, when the reader was opened. */
  readonly #bounds: ReadonlyMap<string, Bounds>;
  readonly #starts: ReadonlyMap<string, number>;

  private constructor(cluster: Cluster, { topics, starts }: LogPlaces, bounds: ReadonlyMap<string, Bounds>) {
    this.#cluster = cluster;
    this.#topics = topics;
    this.#starts = starts;
    this.#bounds = bounds;
  }

  static async open(kafka: Kafka, admin: Admin, places: LogPlaces): Promise<LogReader> {
    const { topics } = places;
    const cluster = createCluster(kafka);
    const bounds = await boundsOf(admin, topics);
    try {
      await cluster.connect();
      await cluster.addMultipleTargetTopics(topics);
    } catch (error) {
      await cluster.disconnect().catch(() => undefined);
      throw error;
    }
    return new LogReader(cluster, places, bounds);
  }

  /** Starts at the first record of the run that is still there. Each cursor holds one fetch at a time. */
  cursorOf(stream: number, partition: number): PartitionCursor {
    const topic = elementAt(this.#topics, stream);
    const place = `${topic}/${partition}`;
    const { low, high: end } = this.#bounds.get(place) ?? { low: 0, high: 0 };
    // What was deleted meanwhile cannot be asked for.
    const start = Math.max(low, this.#starts.get(place) ?? 0);
    return new PartitionCursor({ start, end }, (offset) => this.#fetch({ topic, partition }, offset));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cluster.disconnect().catch(() => undefined);
  }

  /** Asks again when leadership has just changed. */
  async #fetch(of: { readonly topic: string; readonly partition: number }, offset: number): Promise<Fetched> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.#fetchOnce(of, offset);
      } catch (error) {
        if (left <= 1) throw error;
        await this.#cluster.refreshMetadata();
      }
    }
  }

  async #fetchOnce(of: { readonly topic: string; readonly partition: number }, offset: number): Promise<Fetched> {
    const { topic, partition } = of;
    const [nodeId] = Object.keys(this.#cluster.findLeaderForPartitions(topic, [partition]));
    if (nodeId === undefined) throw new Error(`expected a leader of ${topic}/${partition}, found none`);
    const broker = await this.#cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      maxWaitTime: FETCH_WAIT_MS,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      isolationLevel: READ_COMMITTED,
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(offset), maxBytes: FETCH_BYTES }] }],
      rackId: '',
    });
    const found = responses.flatMap(({ partitions }) => partitions)[0];
    if (!found) return { records: [], next: offset };
    const batch = new BatchOfKafkajs(topic, String(offset), found);
    const records = batch.messages.map((message) => ({
      offset: Number(message.offset),
      timeMs: Number(message.timestamp),
      value: message.value ?? Buffer.alloc(0),
    }));
    return { records, next: batch.rawMessages.length === 0 ? offset : Number(batch.lastOffset()) + 1 };
  }
}

const EMPTY_FETCHES = 20;

export class PartitionCursor implements LogCursor {
  readonly #end: number;
  readonly #fetch: (offset: number) => Promise<Fetched>;
  #records: readonly ReadRecord[] = [];
  #at = 0;
  #next: number;

  constructor(
    { start, end }: { readonly start: number; readonly end: number },
    fetch: (offset: number) => Promise<Fetched>,
  ) {
    this.#next = start;
    this.#end = end;
    this.#fetch = fetch;
  }

  peek(): ReadRecord | undefined {
    return this.#records[this.#at];
  }

  take(): void {
    this.#at += 1;
  }

  /** @returns false at the end */
  async fill(): Promise<boolean> {
    if (this.#at < this.#records.length) return true;
    for (let tries = 0; this.#next < this.#end; tries += 1) {
      if (tries === EMPTY_FETCHES)
        throw new Error(`expected records up to offset ${this.#end}, found none from ${this.#next} on`);
      const { records, next } = await this.#fetch(this.#next);
      if (next > this.#next) tries = -1;
      this.#next = Math.max(this.#next, next);
      this.#records = records.filter((record) => record.offset < this.#end);
      this.#at = 0;
      if (this.#records.length > 0) return true;
    }
    return false;
  }
}

function createCluster(kafka: Kafka): Cluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find((one) => one.description === 'private:Kafka:createCluster');
  const create = symbol && (kafka as unknown as Record<symbol, (options: object) => Cluster>)[symbol];
  if (!create) throw new Error('expected kafkajs 2.2.4, whose cluster can be made; found another version');
  return create({ metadataMaxAge: 300_000, allowAutoTopicCreation: false, isolationLevel: READ_COMMITTED });
}

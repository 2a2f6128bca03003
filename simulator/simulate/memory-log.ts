// simulator/simulate/memory-log.ts — The topics, in memory: what producers write, consumers fetch, and the judge reads again.
import { elementAt } from '../../contract/assert.js';
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';
import type { LogCursor, OpenLog, ReadRecord } from '../history/log-records.js';

export interface Written {
  readonly timeMs: number;
  readonly key: Buffer;
  readonly value: Buffer;
}

export class MemoryLog {
  /** In order of stream. */
  readonly topics: readonly string[];
  readonly places: readonly TopicPartition[];
  readonly #records: ReadonlyMap<string, Written[]>;

  constructor(topics: readonly string[], partitions: number) {
    this.topics = topics;
    this.places = topics.flatMap((topic) =>
      Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
    );
    this.#records = new Map(this.places.map((place) => [partitionName(place), []]));
  }

  append(place: TopicPartition, records: readonly Written[]): void {
    this.#at(place).push(...records);
  }

  /** Next offset. */
  end(place: TopicPartition): number {
    return this.#at(place).length;
  }

  read(place: TopicPartition, from: number, most: number): readonly Written[] {
    return this.#at(place).slice(from, from + most);
  }

  /** To be read once, as the judge reads it. */
  open(): OpenLog {
    const cursorOf = (stream: number, partition: number) =>
      new Cursor(this.#at({ topic: elementAt(this.topics, stream), partition }));
    return { cursorOf, [Symbol.asyncDispose]: async () => undefined };
  }

  #at(place: TopicPartition): Written[] {
    const records = this.#records.get(partitionName(place));
    if (!records) throw new Error(`there is no ${partitionName(place)}`);
    return records;
  }
}

class Cursor implements LogCursor {
  readonly #records: readonly Written[];
  #at = 0;

  constructor(records: readonly Written[]) {
    this.#records = records;
  }

  peek(): ReadRecord | undefined {
    const record = this.#records[this.#at];
    return record && { offset: this.#at, timeMs: record.timeMs, value: record.value };
  }

  take(): void {
    this.#at += 1;
  }

  async fill(): Promise<boolean> {
    return this.peek() !== undefined;
  }
}

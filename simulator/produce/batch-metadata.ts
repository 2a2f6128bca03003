// simulator/produce/batch-metadata.ts — What the plan knows of each record of a batch, in columns: this is on the path of every event.
import type { LaneRecord } from '../workload/lane-record.js';
import type { Sent } from './account/lane-truth.js';

/** By position in the batch. */
export class BatchMetadata {
  /** The place of all its records. */
  readonly place = { stream: 0, partition: 0 };
  readonly #article: Uint32Array;
  readonly #kind: Int8Array;
  readonly #count: Uint32Array;
  readonly #version: Uint32Array;
  readonly #ordinal: Uint32Array;
  readonly #timeMs: Float64Array;
  readonly #dueMs: Float64Array;

  /** @param records how many the batch may hold */
  constructor(records: number) {
    this.#article = new Uint32Array(records);
    this.#kind = new Int8Array(records);
    this.#count = new Uint32Array(records);
    this.#version = new Uint32Array(records);
    this.#ordinal = new Uint32Array(records);
    this.#timeMs = new Float64Array(records);
    this.#dueMs = new Float64Array(records);
  }

  put(at: number, record: Readonly<LaneRecord>): void {
    this.place.stream = record.stream;
    this.place.partition = record.partition;
    this.#article[at] = record.article;
    this.#kind[at] = record.kind;
    this.#count[at] = record.count;
    this.#version[at] = record.version;
    this.#ordinal[at] = record.ordinal;
    this.#timeMs[at] = record.timeMs;
    this.#dueMs[at] = record.dueMs;
  }

  // A position that was put is there; an assertion for each column would cost more than the column.
  event(at: number): Required<Sent> {
    return {
      article: this.#article[at] ?? 0,
      kind: this.#kind[at] ?? 0,
      count: this.#count[at] ?? 0,
      version: this.#version[at] ?? 0,
      ordinal: this.#ordinal[at] ?? 0,
    };
  }

  timeMs(at: number): number {
    return this.#timeMs[at] ?? 0;
  }

  dueMs(at: number): number {
    return this.#dueMs[at] ?? 0;
  }
}

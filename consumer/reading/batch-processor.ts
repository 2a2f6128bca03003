// consumer/reading/batch-processor.ts — Takes a batch of one partition to Redis: decode, put broken records aside, fold, apply.
import { performance } from 'node:perf_hooks';
import { DecodeError } from '../../contract/codec.js';
import type { HotEvent } from '../../contract/events.js';
import type { RangeApplier, ReadRange, SourcePartition } from '../applying/range-applier.js';
import type { States } from '../applying/range-store.js';
import type { ServiceClock } from '../runtime/service-clock.js';
import type { ServiceMetrics } from '../runtime/service-metrics.js';
import type { DeadLetter, DeadLetters } from './dead-letters.js';
import { decodeQuickly } from './decode.js';

export interface SourceRecord {
  readonly offset: string;
  /** Event time in ms, as a decimal. */
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** Consecutive records of one partition, as fetched; none where the offsets hold only such as are hidden from us. */
export interface SourceBatch {
  readonly topic: string;
  readonly partition: number;
  /** Position that was fetched from. */
  readonly from: string;
  /** Position after the batch, including records that are hidden from us. */
  readonly next: string;
  /** Position after the partition's last record when the batch was fetched. */
  readonly end: string;
  readonly records: readonly SourceRecord[];
}

/** Gathers the content of events until it is taken. */
export interface Folding {
  /** Number of states that the events so far concern. */
  readonly articles: number;
  /**
   * @param timeMs the record's timestamp
   * @throws DecodeError when the event is none after all
   */
  add(event: HotEvent, timeMs: number): void;
  /** Returns what was gathered, and starts anew. */
  take(): States;
}

export interface BatchProcessorOptions {
  readonly fold: Folding;
  readonly applier: RangeApplier;
  readonly deadLetters: DeadLetters;
  readonly clock: ServiceClock;
  readonly metrics: ServiceMetrics;
}

/** Above this many articles a batch is applied in several steps, as Redis serves no other client during one. */
const MAX_ARTICLES = 4000;

interface DecodedRange extends ReadRange {
  readonly letters: readonly DeadLetter[];
}

export class BatchProcessor {
  readonly #options: BatchProcessorOptions;

  constructor(options: BatchProcessorOptions) {
    this.#options = options;
  }

  /** Settles when the batch is applied, or its partition reads elsewhere instead. */
  async process(batch: SourceBatch, partition: SourcePartition): Promise<void> {
    const startedAt = performance.now();
    let from = batch.from;
    let index = 0;
    // Once also without a record: its offsets count as read.
    do {
      if (partition.isLeft()) break;
      const { range, nextIndex } = this.#decode(batch, index, from);
      const records = nextIndex - index;
      this.#options.metrics.count('consumed', records);
      await this.#options.deadLetters.put(range.letters);
      this.#options.metrics.count('deadLetters', range.letters.length);
      if (!(await this.#options.applier.apply(range, partition))) return;
      from = range.next;
      index = nextIndex;
    } while (index < batch.records.length);
    this.#options.metrics.batch(batch, Number(BigInt(batch.end) - BigInt(from)), performance.now() - startedAt);
  }

  #decode(batch: SourceBatch, first: number, from: string): { range: DecodedRange; nextIndex: number } {
    const { topic, partition, records, end } = batch;
    const { fold, clock } = this.#options;
    const timestampsMs: number[] = [];
    const letters: DeadLetter[] = [];
    let newestTimeMs: number | undefined;
    let index = first;
    for (; index < records.length && fold.articles < MAX_ARTICLES; index += 1) {
      const record = records[index];
      if (!record) break;
      const timestampMs = Number(record.timestamp);
      timestampsMs.push(timestampMs);
      try {
        fold.add(decodeQuickly(record.value), timestampMs);
        clock.seen(timestampMs);
        if (newestTimeMs === undefined || timestampMs > newestTimeMs) newestTimeMs = timestampMs;
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        const { offset, key, value } = record;
        letters.push({ topic, partition, offset, reason: error.message, key, value });
      }
    }
    const next = records[index]?.offset ?? batch.next;
    const range = { topic, partition, from, next, end, days: fold.take(), newestTimeMs, timestampsMs, letters };
    return { range, nextIndex: index };
  }
}

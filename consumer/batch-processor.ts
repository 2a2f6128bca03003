// consumer/batch-processor.ts — Takes a batch of one partition to Redis: decode, fold, put aside what is broken, apply.
import { performance } from 'node:perf_hooks';
import { DecodeError } from '../contract/codec.js';
import { compareIds } from '../contract/ids.js';
import type { DeadLetter, DeadLetters } from './dead-letters.js';
import { decodeQuickly } from './decode.js';
import type { Fold } from './fold.js';
import type { Place, Positions } from './positions.js';
import type { Progress } from './progress.js';
import type { RankingStore, StoredOffset } from './ranking-store.js';
import type { ServiceClock } from './service-clock.js';

export interface SourceRecord {
  readonly offset: string;
  /** Event time in ms, as a decimal. */
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** Consecutive records of one partition, at least one, as fetched. */
export interface SourceBatch {
  readonly topic: string;
  readonly partition: number;
  /** Position that was fetched from. */
  readonly from: string;
  /** Position after the batch, also after records that are hidden from us. */
  readonly next: string;
  /** Position after the partition's last record when the batch was fetched. */
  readonly end: string;
  readonly records: readonly SourceRecord[];
}

/** What a batch may do to the partition that it came from. */
export interface SourcePartition {
  /** Everything before `next` is applied. */
  passed(next: string): void;
  /** Reads on from `offset` instead. */
  seek(offset: string): void;
  /** True when the rest of the batch must not be looked at any more. */
  isLeft(): boolean;
  /** First and next offset in the log at this moment. */
  bounds(): Promise<{ readonly low: string; readonly high: string }>;
}

export interface BatchProcessorOptions {
  readonly fold: Fold;
  readonly store: RankingStore;
  readonly deadLetters: DeadLetters;
  readonly clock: ServiceClock;
  readonly progress: Progress;
  readonly positions: Positions;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Above this many articles a batch is applied in several steps, as Redis serves nobody else during one. */
const MOST_ARTICLES = 4000;

interface DecodedRange {
  readonly topic: string;
  readonly partition: number;
  readonly from: string;
  readonly next: string;
  readonly days: ReturnType<Fold['take']>;
  readonly timestampsMs: readonly number[];
  readonly letters: readonly DeadLetter[];
}

export class BatchProcessor {
  readonly #options: BatchProcessorOptions;

  constructor(options: BatchProcessorOptions) {
    this.#options = options;
  }

  /** Settles when the batch is applied, or its partition was told where to read instead. */
  async process(batch: SourceBatch, partition: SourcePartition): Promise<void> {
    const startedAt = performance.now();
    let from = batch.from;
    for (let index = 0; index < batch.records.length && !partition.isLeft(); ) {
      const { range, nextIndex } = this.#decode(batch, index, from);
      const records = nextIndex - index;
      this.#options.progress.count('consumed', records);
      await this.#options.deadLetters.put(range.letters);
      this.#options.progress.count('deadLetters', range.letters.length);
      if (!(await this.#apply(range, partition, batch.end))) return;
      from = range.next;
      index = nextIndex;
    }
    this.#options.progress.batch(batch, Number(BigInt(batch.end) - BigInt(from)), performance.now() - startedAt);
  }

  #decode(batch: SourceBatch, first: number, from: string): { range: DecodedRange; nextIndex: number } {
    const { topic, partition, records } = batch;
    const { fold, clock } = this.#options;
    const timestampsMs: number[] = [];
    const letters: DeadLetter[] = [];
    let index = first;
    for (; index < records.length && fold.articles < MOST_ARTICLES; index += 1) {
      const record = records[index];
      if (!record) break;
      const timestampMs = Number(record.timestamp);
      timestampsMs.push(timestampMs);
      try {
        fold.add(decodeQuickly(record.value), timestampMs);
        clock.seen(timestampMs);
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        const { offset, key, value } = record;
        letters.push({ topic, partition, offset, reason: error.message, key, value });
      }
    }
    const next = records[index]?.offset ?? batch.next;
    return { range: { topic, partition, from, next, days: fold.take(), timestampsMs, letters }, nextIndex: index };
  }

  /** @returns false when the partition reads elsewhere */
  async #apply(range: DecodedRange, partition: SourcePartition, end: string): Promise<boolean> {
    const { store, progress, positions } = this.#options;
    const startedAt = performance.now();
    let reply = await store.apply(range);
    // Told meanwhile to read elsewhere: going on in spite of what the store lacks would leave a hole.
    if (reply.outcome !== 'applied' && partition.isLeft()) return false;
    if (reply.outcome === 'skipped' && compareIds(reply.stored, end) > 0) {
      if (await this.#isBeyondLog(range, reply.stored, partition)) reply = await store.apply(range, reply.stored);
    } else if (reply.outcome === 'refused') {
      const known = positions.get(range);
      // When Redis lacks nothing that we know of, kafkajs has passed records that are none, such as transaction markers.
      if (known === undefined || known !== reply.stored) {
        const target = await this.#firstMissing(range, reply.stored, partition);
        if (known !== target && compareIds(range.from, target) > 0) return this.#readFrom(target, partition, range);
      }
      reply = await store.apply(range, reply.stored);
    }
    if (reply.outcome === 'refused') return this.#readFrom(range.from, partition, range);
    if (reply.outcome === 'applied') progress.applied(range.timestampsMs, performance.now() - startedAt);
    else progress.count('skipped', range.timestampsMs.length);
    positions.set(range, range.next);
    partition.passed(range.next);
    // What is stored is further: there is no need to read what lies between.
    if (reply.outcome === 'skipped' && compareIds(reply.stored, range.next) > 0) {
      return this.#readFrom(reply.stored, partition, range);
    }
    return true;
  }

  #readFrom(offset: string, partition: SourcePartition, place: Place): false {
    this.#options.positions.set(place, offset);
    partition.seek(offset);
    return false;
  }

  /** True when the topic was made anew, or cut, since Redis was written: the stored offset says nothing of this log. */
  async #isBeyondLog(range: DecodedRange, stored: string, partition: SourcePartition): Promise<boolean> {
    const { high } = await partition.bounds();
    if (compareIds(stored, high) <= 0) return false;
    const { topic, partition: number } = range;
    this.#options.warn('Redis is ahead of the log: the topic was made anew or cut; the log is applied from here', {
      ...{ topic, partition: number, stored, high },
    });
    return true;
  }

  /** The first offset whose record Redis has not seen and the log still has. */
  async #firstMissing(range: DecodedRange, stored: StoredOffset, partition: SourcePartition): Promise<string> {
    const { low } = await partition.bounds();
    const details = { topic: range.topic, partition: range.partition, stored, low, fetched: range.from };
    if (stored === 'none') {
      if (compareIds(range.from, low) > 0) this.#options.warn('Redis is empty: rebuilding from the log', details);
      return low;
    }
    if (compareIds(stored, low) < 0) {
      this.#options.warn('records that Redis has not seen have left the log: they are lost to the ranking', details);
      return low;
    }
    this.#options.warn('Redis is older than the committed offset: applying the log again', details);
    return stored;
  }
}

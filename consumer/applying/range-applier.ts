// consumer/applying/range-applier.ts — Applies a range, and decides what to do when a shard lacks what comes before it, or is ahead.

import { performance } from 'node:perf_hooks';
import { compareIds } from '../../contract/ids.js';
import type { TopicPartition } from '../../contract/topic-partition.js';
import type { ServiceMetrics } from '../runtime/service-metrics.js';
import type { Positions } from './positions.js';
import type { RecordRange, StoredOffset } from './range-store.js';
import type { ShardReply, Shards } from './shards.js';

export interface ReadRange extends RecordRange {
  /** Position after the partition's last record when the range was fetched. */
  readonly end: string;
  /** Timestamps of its records. */
  readonly timestampsMs: readonly number[];
}

/** What a batch may do to the partition that it came from. */
export interface SourcePartition {
  /** Everything before `next` is applied. */
  passed(next: string): void;
  /** Reads on from `offset` instead. */
  seek(offset: string): void;
  /** True when the rest of the batch must not be processed any more. */
  isLeft(): boolean;
  /** First and next offset in the log at this moment. */
  bounds(): Promise<{ readonly low: string; readonly high: string }>;
}

export interface RangeApplierOptions {
  readonly shards: Shards;
  readonly metrics: ServiceMetrics;
  readonly positions: Positions;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

type Replies = readonly ShardReply[];

export class RangeApplier {
  readonly #options: RangeApplierOptions;

  constructor(options: RangeApplierOptions) {
    this.#options = options;
  }

  /** @returns false when the partition reads elsewhere, or is left */
  async apply(range: ReadRange, partition: SourcePartition): Promise<boolean> {
    const { shards, metrics, positions } = this.#options;
    const startedAt = performance.now();
    let replies = await shards.apply(range);
    if (!replies.every(({ outcome }) => outcome === 'applied')) {
      replies = await shards.applyToAll(range, replies);
      // We were told meanwhile to read elsewhere. Going on although a shard lacks records would leave a hole.
      if (partition.isLeft()) return false;
      const overcome = await this.#overcome(range, replies, partition);
      if (typeof overcome === 'string') return this.#readFrom(overcome, partition, range);
      replies = overcome;
    }
    const isSkipped = replies.every(({ outcome }) => outcome === 'skipped');
    if (isSkipped) metrics.count('skipped', range.timestampsMs.length);
    else metrics.applied(range.timestampsMs, performance.now() - startedAt);
    for (const reply of replies) if (reply.outcome === 'applied') metrics.count('late', reply.late);
    // Redis is ahead: go on there, and commit that offset now, even if no further record comes.
    const stored = lowestOf(replies);
    const isFurther = isSkipped && compareIds(stored, range.next) > 0;
    const next = isFurther ? stored : range.next;
    positions.set(range, next);
    partition.passed(next);
    return isFurther ? this.#readFrom(next, partition, range) : true;
  }

  /** @returns what the shards say in the end, or where to read instead */
  async #overcome(range: ReadRange, given: Replies, partition: SourcePartition): Promise<Replies | string> {
    const { shards, positions } = this.#options;
    let replies = given;
    const ahead = replies.filter((reply) => reply.outcome === 'skipped' && compareIds(reply.stored, range.end) > 0);
    if (ahead.length > 0) replies = await shards.insist(range, replies, await this.#beyondLog(range, ahead, partition));
    const refusals = replies.filter(({ outcome }) => outcome === 'refused');
    if (refusals.length === 0) return replies;
    const lowest = lowestOf(refusals);
    const known = positions.get(range);
    // When no shard is known to lack anything, kafkajs skipped offsets without events, such as transaction markers.
    if (known === undefined || known !== lowest) {
      const target = await this.#firstMissing(range, lowest, partition);
      if (known !== target && compareIds(range.from, target) > 0) return target;
    }
    replies = await shards.insist(range, replies, refusals);
    return replies.some(({ outcome }) => outcome === 'refused') ? range.from : replies;
  }

  #readFrom(offset: string, partition: SourcePartition, place: TopicPartition): false {
    this.#options.positions.set(place, offset);
    partition.seek(offset);
    return false;
  }

  /** Shards whose offsets do not fit this log, as the topic was recreated or cut since Redis was written. */
  async #beyondLog(range: ReadRange, ahead: Replies, partition: SourcePartition): Promise<Replies> {
    const { high } = await partition.bounds();
    const beyond = ahead.filter((reply) => reply.outcome === 'skipped' && compareIds(reply.stored, high) > 0);
    const { topic, partition: number } = range;
    if (beyond.length > 0) {
      this.#options.warn('Redis is ahead of the log: the topic was made anew or cut; the log is applied from here', {
        topic,
        partition: number,
        stored: lowestOf(beyond),
        high,
      });
    }
    return beyond;
  }

  /** The first offset whose record a shard has not seen and the log still has. */
  async #firstMissing(range: ReadRange, stored: StoredOffset, partition: SourcePartition): Promise<string> {
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

/** The lowest of the stored offsets in the replies; `none` is below all. */
function lowestOf(replies: Replies): StoredOffset {
  const stored = replies.flatMap((reply) => (reply.outcome === 'applied' ? [] : [reply.stored]));
  return stored.reduce((a, b) => (isLower(b, a) ? b : a), stored[0] ?? 'none');
}

function isLower(a: StoredOffset, b: StoredOffset): boolean {
  if (a === 'none' || b === 'none') return a === 'none';
  return compareIds(a, b) < 0;
}

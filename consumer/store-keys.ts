// consumer/store-keys.ts — The consumer's own Redis keys, and which shard and bucket an article lies in.
import type { Day } from '../contract/events.js';
import { listKey } from '../contract/keys.js';
import { murmur2 } from '../contract/partition.js';

/** Article hashes of a day. At a million articles each holds about 61, which Redis keeps as one compact listpack. */
const BUCKETS = 16_384;

/** Digits of the largest 64-bit id. */
export const PADDED_ID_LENGTH = 19;

export const SHARDS_MAX = 256;

/**
 * An article's shard is that of its id by Kafka's own partitioner, wherever its records come from: where the topics are
 * keyed by article id and have as many partitions as there are shards, a batch is of one shard. A hash tag keeps a shard's
 * keys in one slot of a Redis Cluster.
 */
export class StoreKeys {
  readonly #prefix: string;
  readonly #id = Buffer.alloc(PADDED_ID_LENGTH);
  readonly shards: number;
  /** Of one shard. */
  readonly buckets: number;

  constructor(prefix: string, shards: number) {
    this.#prefix = prefix;
    this.shards = shards;
    this.buckets = Math.ceil(BUCKETS / shards);
  }

  shardOf(articleId: string): number {
    if (this.shards === 1) return 0;
    return positive(this.#id, this.#id.write(articleId, 'latin1')) % this.shards;
  }

  /**
   * Divided by the number of shards, as the remainder is the same for all articles of a shard whose ids need no padding.
   * @param paddedId the id in 19 ASCII digits
   */
  bucketOf(paddedId: Uint8Array): number {
    return Math.floor(positive(paddedId, PADDED_ID_LENGTH) / this.shards) % this.buckets;
  }

  /** Hash of next offsets by `topic/partition`. */
  offsets(shard: number): string {
    return `${this.#of(shard)}::offsets`;
  }

  /** Prefix of a day's internal keys. */
  day(shard: number, day: Day): string {
    return `${this.#of(shard)}::${day}`;
  }

  /** There once the day is published. */
  frozen(shard: number, day: Day): string {
    return `${this.day(shard, day)}::frozen`;
  }

  bucket(shard: number, day: Day, bucket: number): string {
    return `${this.day(shard, day)}::articles::${bucket}`;
  }

  /** Where the number of the article's commenters is. */
  commentersOfArticle(day: Day, articleId: string): string {
    return commentersOf(this.bucketOfArticle(day, articleId));
  }

  /** Where the article's state is. */
  bucketOfArticle(day: Day, articleId: string): string {
    const paddedId = Buffer.from(articleId.padStart(PADDED_ID_LENGTH, '0'), 'latin1');
    return this.bucket(this.shardOf(articleId), day, this.bucketOf(paddedId));
  }

  /** Hash of what the shard gives to each day's list. */
  tops(shard: number): string {
    return `${this.#of(shard)}::tops`;
  }

  /** Hash of the shards' tops, in the slot of the day's public list. */
  merged(day: Day): string {
    return `${this.#prefix}hot-article::merged::{${listKey(this.#prefix, day)}}::${this.shards}`;
  }

  /** Hash of the days that are published or wait for it. */
  get publication(): string {
    return `${this.#prefix}hot-article::publication`;
  }

  list(day: Day): string {
    return listKey(this.#prefix, day);
  }

  /** With another number of shards articles lie elsewhere: under other names, nothing is taken for what it is not. */
  #of(shard: number): string {
    return `${this.#prefix}hot-article::{${this.shards === 1 ? shard : `${shard}/${this.shards}`}}`;
  }
}

/** The hash of numbers of commenters beside a bucket of articles. */
export function commentersOf(bucket: string): string {
  return bucket.replace(/::articles::(\d+)$/, '::commenters::$1');
}

function positive(id: Uint8Array, length: number): number {
  return murmur2(id, length) & 0x7fffffff;
}

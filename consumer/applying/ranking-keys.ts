// consumer/applying/ranking-keys.ts — The consumer's own Redis keys, and what they hold.
import type { Day } from '../../contract/events.js';
import { listKey } from '../../contract/keys.js';
import { Sharding } from './sharding.js';

/** A hash tag keeps a shard's keys in one slot of a Redis Cluster. */
export class RankingKeys extends Sharding {
  readonly #prefix: string;

  constructor(prefix: string, shards: number) {
    super(shards);
    this.#prefix = prefix;
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
    return this.bucket(this.shardOf(articleId), day, this.bucketOfId(articleId));
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

  #of(shard: number): string {
    return `${this.#prefix}hot-article::${this.tagOf(shard)}`;
  }
}

/** The hash of numbers of commenters beside a bucket of articles. */
export function commentersOf(bucket: string): string {
  return bucket.replace(/::articles::(\d+)$/, '::commenters::$1');
}

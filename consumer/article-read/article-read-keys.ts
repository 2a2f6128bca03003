// consumer/article-read/article-read-keys.ts — The article-read service's own Redis keys.
import { Sharding } from '../applying/sharding.js';

/** A hash tag keeps a shard's keys in one slot of a Redis Cluster. */
export class ArticleReadKeys extends Sharding {
  readonly #prefix: string;

  constructor(prefix: string, shards: number) {
    super(shards);
    this.#prefix = prefix;
  }

  /** Prefix of a shard's keys. */
  shard(shard: number): string {
    return `${this.#prefix}article-read::${this.tagOf(shard)}`;
  }

  /** Hash of next offsets by `topic/partition`. */
  offsets(shard: number): string {
    return `${this.shard(shard)}::offsets`;
  }

  /** Hash of flags and counts by article id. */
  states(shard: number, bucket: number): string {
    return `${this.shard(shard)}::states::${bucket}`;
  }

  /** Hash of titles by article id. */
  titles(shard: number, bucket: number): string {
    return `${this.shard(shard)}::titles::${bucket}`;
  }
}

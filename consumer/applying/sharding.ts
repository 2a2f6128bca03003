// consumer/applying/sharding.ts — In which shard and bucket an article lies; every service puts them into its keys.
import { murmur2 } from '../../contract/partition.js';

/** Article hashes of all shards together. At a million articles each holds about 61, which Redis keeps as one compact listpack. */
const BUCKETS = 16_384;

/** Digits of the largest 64-bit id. */
export const PADDED_ID_LENGTH = 19;

/**
 * Kafka's own partitioner gives the shard of an article's id, wherever its records come from. With topics keyed by
 * article id and as many partitions as shards, a batch belongs to one shard.
 */
export class Sharding {
  readonly #id = Buffer.alloc(PADDED_ID_LENGTH);
  readonly shards: number;
  /** Buckets of one shard. */
  readonly buckets: number;

  constructor(shards: number) {
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

  /** The bucket of an id without padding. */
  bucketOfId(articleId: string): number {
    return this.bucketOf(Buffer.from(articleId.padStart(PADDED_ID_LENGTH, '0'), 'latin1'));
  }

  /** With another number of shards articles lie elsewhere, so the keys have other names and nothing is mixed up. */
  tagOf(shard: number): string {
    return `{${this.shards === 1 ? shard : `${shard}/${this.shards}`}}`;
  }
}

function positive(id: Uint8Array, length: number): number {
  return murmur2(id, length) & 0x7fffffff;
}

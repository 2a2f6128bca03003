// consumer/article-read/read-models.ts — The read models as clients see them: one article, or all of them, bucket by bucket, in bounded memory.
import type { ReadModel } from '../../contract/observation.js';
import type { RedisClient } from '../../contract/redis-client.js';
import type { ArticleReadKeys } from './article-read-keys.js';
import { unpackState, unpackTitle } from './read-model.js';

const BUCKETS_AT_ONCE = 256;

export class ReadModels {
  readonly #redis: RedisClient;
  readonly #keys: ArticleReadKeys;

  constructor(redis: RedisClient, keys: ArticleReadKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** @returns undefined while the article's creation was not read */
  async find(articleId: string): Promise<ReadModel | undefined> {
    const keys = this.#keys;
    const [shard, bucket] = [keys.shardOf(articleId), keys.bucketOfId(articleId)];
    const [state, title] = await Promise.all([
      this.#redis.hgetBuffer(keys.states(shard, bucket), articleId),
      this.#redis.hgetBuffer(keys.titles(shard, bucket), articleId),
    ]);
    return state && title ? shown(articleId, state, title) : undefined;
  }

  /** JSON lines of contract's readModelSchema, many to a chunk. Not one instant: articles may change while it runs. */
  async *lines(): AsyncGenerator<string> {
    const { shards, buckets } = this.#keys;
    for (let first = 0; first < shards * buckets; first += BUCKETS_AT_ONCE) {
      const few = Array.from({ length: Math.min(BUCKETS_AT_ONCE, shards * buckets - first) }, (_, i) => first + i);
      const found = await Promise.all(few.map((at) => this.#linesOf(Math.floor(at / buckets), at % buckets)));
      const lines = found.join('');
      if (lines !== '') yield lines;
    }
  }

  async #linesOf(shard: number, bucket: number): Promise<string> {
    const [states, titles] = await Promise.all([
      this.#redis.hgetallBuffer(this.#keys.states(shard, bucket)),
      this.#redis.hgetallBuffer(this.#keys.titles(shard, bucket)),
    ]);
    let lines = '';
    for (const [articleId, state] of Object.entries(states)) {
      const title = titles[articleId];
      const model = title && shown(articleId, state, title);
      if (model) lines += `${JSON.stringify(model)}\n`;
    }
    return lines;
  }
}

function shown(articleId: string, packedState: Buffer, packedTitle: Buffer): ReadModel | undefined {
  const { isCreated, isDeleted, counts } = unpackState(packedState);
  if (!isCreated) return undefined;
  const [likeCount, commentCount, viewCount] = counts;
  const { text, timeMs } = unpackTitle(packedTitle);
  return {
    articleId,
    title: text,
    state: isDeleted ? 'deleted' : 'created',
    likeCount,
    commentCount,
    viewCount,
    updatedAt: new Date(timeMs).toISOString(),
  };
}

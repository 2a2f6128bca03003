// consumer/article-read/article-read-store.ts — The read models in Redis: one call of lua/apply.lua a range and shard.

import { readFileSync } from 'node:fs';
import type { RedisClient } from '../../contract/redis-client.js';
import { partitionName } from '../../contract/topic-partition.js';
import type { ApplyReply, RangeStore, ShardRange, StoredOffset } from '../applying/range-store.js';
import { persist } from '../runtime/redis-connection.js';
import type { ArticleReadKeys } from './article-read-keys.js';
import { type ReadModel, STATE_BYTES } from './read-model.js';

const APPLY_SCRIPT = readFileSync(new URL('./lua/apply.lua', import.meta.url), 'utf8');
/** Bucket, length of the id, and length of the title. */
const ROW_FRAME_BYTES = 2 + 1 + 4;

/** ioredis sends the hash of the script, and its text when Redis does not know it (any more). */
interface WithApply {
  applyReadModels(keys: number, ...keysAndArguments: (string | Buffer)[]): Promise<unknown>;
}

export class ArticleReadStore implements RangeStore {
  readonly #redis: RedisClient & WithApply;
  readonly #keys: ArticleReadKeys;

  constructor(redis: RedisClient, keys: ArticleReadKeys) {
    redis.defineCommand('applyReadModels', { lua: APPLY_SCRIPT });
    this.#redis = redis as RedisClient & WithApply;
    this.#keys = keys;
  }

  async offsets(shard: number): Promise<ReadonlyMap<string, string>> {
    return new Map(Object.entries(await this.#redis.hgetall(this.#keys.offsets(shard))));
  }

  async apply(range: ShardRange<ReadModel>, inSpiteOf: StoredOffset | '' = ''): Promise<ApplyReply> {
    const keys = [this.#keys.offsets(range.shard), this.#keys.shard(range.shard)];
    const position = [partitionName(range), range.from, range.next, inSpiteOf];
    const rows = Buffer.concat([...range.days.values()].map((models) => this.#packRows(models)));
    return parseReply(
      await persist(this.#redis, () => this.#redis.applyReadModels(keys.length, ...keys, ...position, rows)),
    );
  }

  /** Nothing is derived from several shards. */
  async reconcile(): Promise<void> {}

  #packRows(models: ReadonlyMap<string, ReadModel>): Buffer {
    let bytes = 0;
    for (const [id, model] of models)
      bytes += ROW_FRAME_BYTES + id.length + STATE_BYTES + (model.packedTitle?.length ?? 0);
    const rows = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (const [articleId, model] of models) {
      at = rows.writeUInt16BE(this.#keys.bucketOfId(articleId), at);
      at = rows.writeUInt8(articleId.length, at);
      at += rows.write(articleId, at, 'latin1');
      model.packState(rows, at);
      const title = model.packedTitle;
      at = rows.writeUInt32BE(title?.length ?? 0, at + STATE_BYTES);
      if (title) at += title.copy(rows, at);
    }
    return rows;
  }
}

function parseReply(found: unknown): ApplyReply {
  const [outcome, stored]: unknown[] = Array.isArray(found) ? found : [];
  if (outcome === 'applied') return { outcome, late: 0 };
  if ((outcome === 'skipped' || outcome === 'refused') && stored) return { outcome, stored: String(stored) };
  throw new Error(`expected a reply of apply.lua, found ${JSON.stringify(found)}`);
}

// consumer/redis-ranking-store.ts — The ranking in Redis: one call of lua/apply.lua a range.
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { listKey } from '../contract/keys.js';
import type { Rules } from '../contract/rules.js';
import { type ArticleState, MAX_PACKED_BYTES, pack } from './article-state.js';
import { placeName } from './positions.js';
import type { ApplyReply, RankingStore, RecordRange, StoredOffset } from './ranking-store.js';
import type { ServiceClock } from './service-clock.js';
import { bucketOf, dayKey, offsetsKey, PADDED_ID_LENGTH } from './store-keys.js';

const APPLY_SCRIPT = readFileSync(new URL('./lua/apply.lua', import.meta.url), 'utf8');
const MAX_ROW_BYTES = 3 + PADDED_ID_LENGTH + MAX_PACKED_BYTES;

/** ioredis sends the hash of the script, and its text when Redis does not know it (any more). */
interface WithApply {
  applyRange(keys: number, ...keysAndArguments: (string | number | Buffer)[]): Promise<unknown>;
}

export interface RankingStoreOptions {
  readonly redis: Redis;
  readonly keyPrefix: string;
  readonly rules: Rules;
  readonly clock: ServiceClock;
  /** Text of lua/apply.lua, unless a test changes its limits. */
  readonly script?: string;
}

export class RedisRankingStore implements RankingStore {
  readonly #redis: Redis & WithApply;
  readonly #options: RankingStoreOptions;

  constructor(options: RankingStoreOptions) {
    options.redis.defineCommand('applyRange', { lua: options.script ?? APPLY_SCRIPT });
    this.#redis = options.redis as Redis & WithApply;
    this.#options = options;
  }

  async offsets(): Promise<ReadonlyMap<string, string>> {
    return new Map(Object.entries(await this.#redis.hgetall(offsetsKey(this.#options.keyPrefix))));
  }

  async apply(range: RecordRange, inSpiteOf: StoredOffset | '' = ''): Promise<ApplyReply> {
    const { keyPrefix, rules } = this.#options;
    const keys = [offsetsKey(keyPrefix)];
    const days: (number | Buffer)[] = [];
    for (const [day, articles] of range.days) {
      const expireAtMs = this.#options.clock.expireAtMs(day);
      if (expireAtMs === undefined) continue;
      keys.push(dayKey(keyPrefix, day), listKey(keyPrefix, day));
      days.push(expireAtMs, packRows(articles));
    }
    const { like, comment, view } = rules.weights;
    const position = [placeName(range), range.from, range.next, inSpiteOf];
    const settings = [rules.top, like, comment, view];
    return replyOf(await this.#redis.applyRange(keys.length, ...keys, ...position, ...settings, ...days));
  }
}

function packRows(articles: ReadonlyMap<string, ArticleState>): Buffer {
  const rows = Buffer.allocUnsafe(articles.size * MAX_ROW_BYTES);
  let at = 0;
  for (const [articleId, state] of articles) {
    const idAt = at + 3;
    const packedAt = idAt + PADDED_ID_LENGTH;
    rows.write(articleId.padStart(PADDED_ID_LENGTH, '0'), idAt, 'latin1');
    rows.writeUInt16BE(bucketOf(rows.subarray(idAt, packedAt)), at);
    rows.writeUInt8(PADDED_ID_LENGTH - articleId.length, at + 2);
    at = pack(state, rows, packedAt);
  }
  return rows.subarray(0, at);
}

function replyOf(reply: unknown): ApplyReply {
  const [outcome, stored] = Array.isArray(reply) ? reply.map(String) : [];
  if (outcome === 'applied') return { outcome };
  if ((outcome === 'skipped' || outcome === 'refused') && stored !== undefined) return { outcome, stored };
  throw new Error(`expected a reply of apply.lua, found ${JSON.stringify(reply)}`);
}

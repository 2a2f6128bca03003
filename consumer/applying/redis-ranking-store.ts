// consumer/applying/redis-ranking-store.ts — The ranking in Redis: one call of lua/apply.lua a range and shard.

import { readFileSync } from 'node:fs';
import { elementAt } from '../../contract/assert.js';
import type { Day } from '../../contract/events.js';
import type { RedisClient } from '../../contract/redis-client.js';
import type { Rules } from '../../contract/rules.js';
import { partitionName } from '../../contract/topic-partition.js';
import { persist } from '../runtime/redis-connection.js';
import type { ServiceClock } from '../runtime/service-clock.js';
import { type ArticleState, MAX_PACKED_BYTES, pack } from './article-state.js';
import { MergedLists } from './merged-lists.js';
import type { ApplyReply, RankingStore, ShardRange, StoredOffset } from './range-store.js';
import type { RankingKeys } from './ranking-keys.js';
import { PADDED_ID_LENGTH } from './sharding.js';

const APPLY_SCRIPT = readFileSync(new URL('./lua/apply.lua', import.meta.url), 'utf8');
const TIME = '@time';
/** Whether a field of the offsets is the newest event time of a partition instead. */
export function isEventTime(field: string): boolean {
  return field.endsWith(TIME);
}

const MAX_ROW_BYTES = 3 + PADDED_ID_LENGTH + MAX_PACKED_BYTES;

/** ioredis sends the hash of the script, and its text when Redis does not know it (any more). */
interface WithApply {
  applyRange(keys: number, ...keysAndArguments: (string | number | Buffer)[]): Promise<unknown>;
}

export interface RankingStoreOptions {
  readonly redis: RedisClient;
  readonly keys: RankingKeys;
  readonly rules: Rules;
  readonly clock: ServiceClock;
  /** True when the script of a shard cannot write the public list, as their keys lie in different slots. */
  readonly isMerged: boolean;
  /** Texts of the scripts, unless a test changes them. */
  readonly scripts?: { readonly apply?: string; readonly merge?: string };
}

export class RedisRankingStore implements RankingStore {
  readonly #redis: RedisClient & WithApply;
  readonly #options: RankingStoreOptions;
  readonly #merged: MergedLists | undefined;

  constructor(options: RankingStoreOptions) {
    const { redis, keys, rules, clock, isMerged, scripts } = options;
    redis.defineCommand('applyRange', { lua: scripts?.apply ?? APPLY_SCRIPT });
    this.#redis = redis as RedisClient & WithApply;
    this.#options = options;
    const script = scripts?.merge === undefined ? {} : { script: scripts.merge };
    this.#merged = isMerged ? new MergedLists({ redis, keys, rows: rules.top, clock, ...script }) : undefined;
  }

  async offsets(shard: number): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.#places(shard)).filter(([field]) => !isEventTime(field)));
  }

  async eventTimes(shard: number): Promise<ReadonlyMap<string, number>> {
    const times = (await this.#places(shard)).filter(([field]) => isEventTime(field));
    return new Map(times.map(([field, timeMs]) => [field.slice(0, -TIME.length), Number(timeMs)]));
  }

  async freeze(shard: number, day: Day): Promise<void> {
    const { keys, clock } = this.#options;
    const expireAtMs = clock.expireAtMs(day);
    if (expireAtMs === undefined) return;
    await persist(this.#redis, () => this.#redis.set(keys.frozen(shard, day), '1', 'PXAT', expireAtMs));
  }

  async #places(shard: number): Promise<[string, string][]> {
    return Object.entries(await this.#redis.hgetall(this.#options.keys.offsets(shard)));
  }

  async apply(range: ShardRange<ArticleState>, inSpiteOf: StoredOffset | '' = ''): Promise<ApplyReply> {
    const { keys, rules, clock } = this.#options;
    const { shard } = range;
    const scriptKeys = [keys.offsets(shard)];
    const days: Day[] = [];
    const rows: (number | string | Buffer)[] = [];
    let late = 0;
    for (const [day, articles] of range.days) {
      const expireAtMs = clock.expireAtMs(day);
      if (expireAtMs === undefined) {
        late += countsOf(articles);
        continue;
      }
      scriptKeys.push(keys.day(shard, day), this.#merged ? keys.tops(shard) : keys.list(day));
      days.push(day);
      rows.push(expireAtMs, packRows(keys, articles), packComments(articles));
    }
    const { like, comment, view, commenter } = rules.weights;
    const position = [partitionName(range), range.from, range.next, inSpiteOf];
    const newest = clock.isEventTime ? (range.newestTimeMs ?? '') : '';
    const settings = [rules.top, like, comment, view, commenter, this.#merged ? 'tops' : 'list', newest];
    const found = await persist(this.#redis, () =>
      this.#redis.applyRange(scriptKeys.length, ...scriptKeys, ...position, ...settings, ...rows),
    );
    const { reply, tops, frozen } = parseReply(found);
    // A range counts as applied only when it is in the lists. If we die before, its next owner pushes it again.
    const changed = tops.flatMap((top, index) => (top === null ? [] : [{ shard, day: elementAt(days, index), top }]));
    if (this.#merged) await Promise.all(changed.map((one) => this.#merged?.push(one)));
    if (reply.outcome !== 'applied') return reply;
    for (const [index, day] of days.entries()) if (frozen[index] === '1') late += countsOf(range.days.get(day));
    return { ...reply, late };
  }

  async reconcile(): Promise<void> {
    await this.#merged?.reconcile();
  }
}

function packRows(keys: RankingKeys, articles: ReadonlyMap<string, ArticleState>): Buffer {
  const rows = Buffer.allocUnsafe(articles.size * MAX_ROW_BYTES);
  let at = 0;
  for (const [articleId, state] of articles) {
    const idAt = at + 3;
    const packedAt = idAt + PADDED_ID_LENGTH;
    rows.write(articleId.padStart(PADDED_ID_LENGTH, '0'), idAt, 'latin1');
    rows.writeUInt16BE(keys.bucketOf(rows.subarray(idAt, packedAt)), at);
    rows.writeUInt8(PADDED_ID_LENGTH - articleId.length, at + 2);
    at = pack(state, rows, packedAt);
  }
  return rows.subarray(0, at);
}

/** JSON of id -> comment, writer, comment, writer, …; '' when there are none. */
function packComments(articles: ReadonlyMap<string, ArticleState>): string {
  const commented = [...articles].filter(([, { comments }]) => comments !== undefined);
  if (commented.length === 0) return '';
  return JSON.stringify(Object.fromEntries(commented.map(([id, { comments }]) => [id, [...(comments ?? [])].flat()])));
}

/** How many creations and counts were folded; deletions are never late. */
function countsOf(articles: ReadonlyMap<string, ArticleState> = new Map()): number {
  let counts = 0;
  for (const state of articles.values()) counts += state.changes;
  return counts;
}

interface ParsedReply {
  readonly reply: ApplyReply;
  /** A character a day. */
  readonly frozen: string;
  readonly tops: readonly (string | null)[];
}

/** After the outcome comes which days are frozen, or the stored offset, and then the tops of the days. */
function parseReply(found: unknown): ParsedReply {
  const [outcome, ...rest]: unknown[] = Array.isArray(found) ? found : [];
  const texts = rest.map((one) => (one === null ? null : String(one)));
  const [second, ...tops] = texts;
  if (outcome === 'applied') return { reply: { outcome, late: 0 }, frozen: second ?? '', tops };
  if ((outcome === 'skipped' || outcome === 'refused') && second) {
    return { reply: { outcome, stored: second }, frozen: '', tops };
  }
  throw new Error(`expected a reply of apply.lua, found ${JSON.stringify(found)}`);
}

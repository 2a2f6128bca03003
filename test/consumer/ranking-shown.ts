// test/consumer/ranking-shown.ts — What Redis holds of a ranking, in the form in which the model tells it.
import type { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import { Status, unpack } from '../../consumer/applying/article-state.js';
import type { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { compareRanked, scoreOf } from '../../contract/rules.js';
import { DAYS, RULES, type Shown } from './ranking-model.js';

/** What the keys without a prefix hold. */
export async function shown(redis: Redis, keys: RankingKeys, rules = RULES): Promise<Shown> {
  const lists: Record<string, { articleId: string; score: number }[]> = {};
  for (const day of DAYS) {
    const flat = await redis.zrevrange(keys.list(day), 0, -1, 'WITHSCORES');
    const rows = flat.flatMap((articleId, i) => (i % 2 === 0 ? [{ articleId, score: Number(flat[i + 1]) }] : []));
    lists[day] = rows.sort(compareRanked);
  }
  const counts: Record<string, readonly number[]> = {};
  for (const key of await redis.keys('*::articles::*')) {
    const [, day] = key.slice('hot-article::'.length).split('::');
    for (const [articleId, packed] of Object.entries(await redis.hgetallBuffer(key))) {
      assert.is(keys.bucketOfArticle(day ?? '', articleId), key);
      const state = unpack(packed);
      const [like = 0, comment = 0, view = 0] = state.counts.map((count) => Math.max(0, count));
      const commenter = Number((await redis.hget(keys.commentersOfArticle(day ?? '', articleId), articleId)) ?? 0);
      if (state.status !== Status.created || scoreOf(rules, { like, comment, view, commenter }) <= 0) continue;
      counts[`${day}/${articleId}`] = [like, comment, view, commenter];
    }
  }
  return { lists, counts: sorted(counts) };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

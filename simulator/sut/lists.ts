// simulator/sut/lists.ts — The visible lists as Redis holds them.
import type { RedisClient } from '../../contract/redis-client.js';
import { compareListed, type Ranked } from '../../contract/rules.js';

/** Every member of the list under a key, best first, ties as the rules say; empty when there is no list. */
export async function readList(redis: RedisClient, key: string): Promise<Ranked[]> {
  const flat = await redis.zrevrange(key, 0, -1, 'WITHSCORES');
  const rows: Ranked[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) rows.push({ articleId: flat[i] ?? '', score: Number(flat[i + 1]) });
  // A sorted set has equal scores in the order of their members as text.
  return rows.sort(compareListed);
}

/** By Redis's own clock, which may be another than ours. */
const EXPIRY_SCRIPT = `local now, left = redis.call('TIME'), redis.call('PTTL', KEYS[1])
return left < 0 and left or now[1] * 1000 + math.floor(now[2] / 1000) + left`;

/** When Redis lets go of the list under a key, ms since 1970; null when never, undefined when there is no list. */
export async function readListExpiry(redis: RedisClient, key: string): Promise<number | null | undefined> {
  const atMs = Number(await redis.eval(EXPIRY_SCRIPT, 1, key));
  if (atMs === -2) return undefined;
  return atMs === -1 ? null : atMs;
}

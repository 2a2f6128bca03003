// simulator/observe/lists.ts — The visible lists as Redis holds them.
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

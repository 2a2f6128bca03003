// simulator/sut/lists.ts — The visible lists as Redis holds them.
import { elementAt } from '../../contract/assert.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { compareListed, type Ranked } from '../../contract/rules.js';
import { foreignText } from '../vocabulary/foreign-text.js';

/** A list has at most 1000 rows by the rules. More than this show nothing new. */
const MAX_ROWS = 5000;

/**
 * The members of the list under a key, best first, ties as the rules say. Empty when there is no list.
 * A key of another type is read as one row that says so: it is a finding about the consumer, and no error of sim.
 */
export async function readList(redis: RedisClient, key: string): Promise<Ranked[]> {
  try {
    return rowsOf(await redis.zrevrange(key, 0, MAX_ROWS - 1, 'WITHSCORES'));
  } catch (error) {
    // The first word of a Redis error is its code.
    if (!(error instanceof Error) || error.message.split(' ', 1)[0] !== 'WRONGTYPE') throw error;
    return [{ articleId: `a ${await redis.type(key)} instead of a sorted set`, score: 0 }];
  }
}

export function rowsOf(flat: readonly string[]): Ranked[] {
  const rows: Ranked[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    rows.push({ articleId: foreignText(elementAt(flat, i)), score: scoreOf(elementAt(flat, i + 1)) });
  }
  // A sorted set has equal scores in the order of their members as text.
  return rows.sort(compareListed);
}

/** Infinity has no place in JSON, and the difference of two is not a number. */
function scoreOf(text: string): number {
  if (text === 'inf') return Number.MAX_VALUE;
  return text === '-inf' ? -Number.MAX_VALUE : Number(text);
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

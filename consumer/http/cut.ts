// consumer/http/cut.ts — A day's list and the offsets it reflects, read at one instant, for the harness.
import { elementAt } from '../../contract/assert.js';
import type { Day } from '../../contract/events.js';
import type { Cut } from '../../contract/observation.js';
import type { RedisClient } from '../../contract/redis-client.js';
import type { RankingKeys } from '../applying/ranking-keys.js';
import { isEventTime } from '../applying/redis-ranking-store.js';

const ONLY_SHARD = 0;

/** Only where the script that moves the offsets writes the list as well. @throws what Redis says */
export async function readCut(redis: RedisClient, keys: RankingKeys, day: Day): Promise<Cut> {
  const replies = await redis
    .multi()
    .hgetall(keys.offsets(ONLY_SHARD))
    .zrevrange(keys.list(day), 0, -1, 'WITHSCORES')
    .exists(keys.frozen(ONLY_SHARD, day))
    .exec();
  const [offsets, flat, frozen] = (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  }) as [Readonly<Record<string, string>>, readonly string[], number];
  const list: Cut['list'] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) list.push({ articleId: elementAt(flat, i), score: Number(flat[i + 1]) });
  return {
    published: frozen === 1,
    offsets: Object.fromEntries(Object.entries(offsets).filter(([field]) => !isEventTime(field))),
    list,
  };
}

// simulator/simulate/simulated-reads.ts — What the services of a simulated run show: read where their HTTP handlers read it, without HTTP.
import { Readable } from 'node:stream';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { ArticleReadKeys } from '../../consumer/article-read/article-read-keys.js';
import { ReadModels } from '../../consumer/article-read/read-models.js';
import { articleLines } from '../../consumer/http/article-stream.js';
import { readCut } from '../../consumer/http/cut.js';
import { listKey } from '../../contract/keys.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { createLagProbe } from '../observe/lag.js';
import { readModelColumns } from '../observe/read-models.js';
import type { ArticleReadPort, PublicLists, RankingPort } from '../run/ports.js';
import { articleColumns } from '../sut/consumer-channel.js';
import { readList, readListExpiry } from '../sut/lists.js';
import type { Plan } from '../workload/plan.js';
import type { SimulatedFleet } from './simulated-fleet.js';
import { KEY_PREFIX } from './simulated-service.js';
import type { World } from './world.js';

export interface ReadContext {
  readonly plan: Plan;
  readonly world: World;
  /** Parts of the ranking. */
  readonly shards: number;
}

export function simulatedRanking({ plan, world, shards }: ReadContext): RankingPort {
  const { redis, log, ranking } = world;
  const keys = new RankingKeys(KEY_PREFIX, shards);
  return {
    consumers: ranking,
    lag: lagOf(ranking, log.topics),
    // There is no such instant where several shards make the list, and a Redis that is away or full does not show it.
    readCut: async (day) =>
      shards > 1 || redis.away > 0 ? undefined : readCut(redis.redis, keys, day).catch(() => undefined),
    // Lists are not read as clients read them: virtual time does not show how late an answer is.
    readNewest: async () => undefined,
    readArticles: async (day) => {
      const source = { redis: await withoutEmpty(redis.redis), keys, rules: plan.scenario.rules };
      return articleColumns(Readable.from(articleLines(source, day)));
    },
  };
}

export function simulatedArticleRead({ plan, world, shards }: ReadContext): ArticleReadPort | undefined {
  if (plan.scenario.articleRead.instances === 0) return undefined;
  const { redis, log, articleRead } = world;
  return {
    consumers: articleRead,
    lag: lagOf(articleRead, log.topics),
    readModels: async () => {
      const models = new ReadModels(await withoutEmpty(redis.redis), new ArticleReadKeys(KEY_PREFIX, shards));
      return readModelColumns(Readable.from(models.lines()));
    },
  };
}

export function simulatedLists({ redis }: World): PublicLists {
  return {
    read: (day) => readList(redis.redis, listKey(KEY_PREFIX, day)),
    readExpiry: (day) => readListExpiry(redis.redis, listKey(KEY_PREFIX, day)),
  };
}

function lagOf({ admin }: SimulatedFleet, topics: readonly string[]): RankingPort['lag'] {
  return createLagProbe(admin, 'any', { topics, starts: new Map() });
}

/** A client that knows which keys there are: most of the thousands of buckets are empty, and asking for each takes long. */
async function withoutEmpty(redis: RedisClient): Promise<RedisClient> {
  const there = new Set(await redis.keys('*'));
  const nothing = Promise.resolve({});
  return Object.create(redis, {
    hgetall: { value: (key: string) => (there.has(key) ? redis.hgetall(key) : nothing) },
    hgetallBuffer: { value: (key: string) => (there.has(key) ? redis.hgetallBuffer(key) : nothing) },
  }) as RedisClient;
}

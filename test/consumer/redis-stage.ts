// test/consumer/redis-stage.ts — A real Redis for a test file, without anything around it.
import { Redis } from 'ioredis';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { startLocalRedis } from '../../simulator/infra/redis/local-redis.js';
import { type TemporaryFolder, temporaryFolder } from '../support/sim.js';

export interface RedisStage {
  logs: TemporaryFolder;
  owned: Owned;
  redis: Redis;
}

export async function setRedisStage(stage: RedisStage): Promise<void> {
  stage.logs = temporaryFolder();
  stage.owned = await Owned.start(stage.logs.path);
  const { signal } = new AbortController();
  const { connection } = await startLocalRedis({ nodes: 1, say: () => undefined, signal, owned: stage.owned });
  stage.redis = new Redis(connection.url);
}

export async function clearRedisStage({ logs, owned, redis }: RedisStage): Promise<void> {
  redis?.disconnect();
  await owned?.[Symbol.asyncDispose]();
  logs?.remove();
}

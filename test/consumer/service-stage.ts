// test/consumer/service-stage.ts — A real Kafka, which others may share, and a real Redis for the service, its environment there, and what its list shows.
import { Redis } from 'ioredis';
import type { Kafka } from 'kafkajs';
import type { KafkaConnection } from '../../contract/connection.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import { listKey } from '../../contract/keys.js';
import { type LocalOptions, startLocalKafka } from '../../simulator/infra/kafka/local-kafka.js';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { startLocalRedis } from '../../simulator/infra/redis/local-redis.js';
import { sharedKafka } from '../support/shared-kafka.js';
import { type TemporaryFolder, temporaryFolder } from '../support/sim.js';
import type { Sent } from './board.js';
import { eventually } from './service-process.js';

export interface Stage {
  logs: TemporaryFolder;
  owned: Owned;
  redis: Redis;
  redisUrl: string;
  kafka: Kafka;
  brokers: string;
}

export const DAY = '20241001';
export const NOON = '2024-10-01T12:00:00.000';
// One is beyond what a double holds, next to another.
export const [A, B, C] = ['9007199254740992', '9007199254740993', '99'] as const;

export async function setStage(stage: Stage): Promise<void> {
  stage.logs = temporaryFolder();
  stage.owned = await Owned.start(stage.logs.path);
  const { signal } = new AbortController();
  const options = { nodes: 1, say: () => undefined, signal, owned: stage.owned } as const;
  const [redis, kafka] = await Promise.all([startLocalRedis(options), sharedKafka() ?? startedKafka(options)]);
  stage.redisUrl = redis.connection.url;
  stage.redis = new Redis(stage.redisUrl);
  stage.brokers = kafka.brokers.join(',');
  stage.kafka = createKafka(kafka, { clientId: 'test' });
}

async function startedKafka(options: LocalOptions): Promise<KafkaConnection> {
  return (await startLocalKafka(options)).connection;
}

export async function clearStage({ logs, owned, redis }: Stage): Promise<void> {
  redis?.disconnect();
  await owned?.[Symbol.asyncDispose]();
  logs?.remove();
}

export function environmentOf({ brokers, redisUrl }: Stage, prefix: string): Record<string, string> {
  return {
    KAFKA_BROKERS: brokers,
    REDIS_URL: redisUrl,
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: prefix,
    REDIS_KEY_PREFIX: `${prefix}:`,
    RULES: '{"top":2}',
    CLOCK: 'event-time',
    COMMIT_INTERVAL_MS: '100',
  };
}

/** Best first, as `id score`. */
export async function listOf({ redis }: Stage, prefix: string): Promise<string> {
  const flat = await redis.zrevrange(listKey(`${prefix}:`, DAY), 0, -1, 'WITHSCORES');
  return flat.flatMap((id, i) => (i % 2 === 0 ? [`${id} ${flat[i + 1]}`] : [])).join(', ');
}

export function untilListIs(stage: Stage, prefix: string, expected: string): Promise<void> {
  return eventually(`the list is ${expected}`, async () => (await listOf(stage, prefix)) === expected);
}

export const created = (articleId: string): Sent => ({ type: 'ARTICLE_CREATED', articleId, at: NOON });
export const liked = (articleId: string, count: number): Sent => ({
  type: 'ARTICLE_LIKED',
  articleId,
  at: NOON,
  count,
});
export const viewed = (articleId: string, count: number): Sent => ({
  type: 'ARTICLE_VIEWED',
  articleId,
  at: NOON,
  count,
});

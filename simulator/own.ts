// simulator/own.ts — What a run owns in Kafka and Redis: its names, its topics, and their removal; nothing else is ever touched.
import type { Admin } from 'kafkajs';
import { mastersOf, type RedisClient } from '../contract/redis-client.js';
import { createTopicsWithLeaders } from '../contract/topic-creation.js';
import { deadLetterTopicOf, topicsOf } from '../contract/topics.js';
import { InfraError } from './infra/infra.js';
import type { Scenario } from './scenario/schema.js';

export interface RunNames {
  readonly topicPrefix: string;
  readonly keyPrefix: string;
  readonly groupId: string;
  /** Of the article-read service, whose keys have the same prefix and other names behind it. */
  readonly articleReadGroupId: string;
}

export function namesOf(runId: string, scenario: Scenario): RunNames {
  return {
    topicPrefix: `sim-${runId}.${scenario.topics.prefix}`,
    keyPrefix: `sim:${runId}:`,
    groupId: `sim-${runId}.hot-article-service`,
    articleReadGroupId: `sim-${runId}.article-read-service`,
  };
}

export async function createTopics(admin: Admin, names: RunNames, scenario: Scenario): Promise<void> {
  const { partitions, replicationFactor, minInSyncReplicas } = scenario.topics;
  const all = [...topicsOf(names.topicPrefix), deadLetterTopicOf(names.topicPrefix)];
  try {
    const configEntries = [
      // Event times may lie years back; Kafka must not take the records for old ones.
      { name: 'retention.ms', value: '-1' },
      { name: 'min.insync.replicas', value: String(minInSyncReplicas) },
    ];
    const topics = all.map((topic) => ({ topic, numPartitions: partitions, replicationFactor, configEntries }));
    await createTopicsWithLeaders(admin, topics);
  } catch (error) {
    throw new InfraError(`the topics of the run could not be created: ${rootMessage(error)}`, {
      hint: `the scenario wants replicationFactor ${replicationFactor}; with fewer brokers use --set topics.replicationFactor=1 --set topics.minInSyncReplicas=1`,
      cause: error,
    });
  }
}

/** Told before any load: a login that may only read, or a Redis that has no room. @throws InfraError */
export async function expectWrites(redis: RedisClient, { keyPrefix }: RunNames): Promise<void> {
  const key = `${keyPrefix}probe`;
  try {
    await redis.set(key, '');
    await redis.unlink(key);
  } catch (cause) {
    throw new InfraError(`expected Redis to take writes of keys ${keyPrefix}*, but: ${rootMessage(cause)}`, {
      hint: 'its user must be allowed to write (ACL), and it needs memory (maxmemory) and a disk that takes its snapshots',
      cause,
    });
  }
}

const CLEAN_UP_MS = 10_000;

/** Each part on its own, and not for ever: a server that is gone must not keep the rest from being cleaned. */
export async function cleanUp(admin: Admin, redis: RedisClient, names: RunNames): Promise<void> {
  const ofKafka = deleteTopics(admin, names).then(() => deleteGroups(admin, names));
  const all = Promise.allSettled([ofKafka, deleteKeys(redis, names.keyPrefix)]);
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise((resolve) => {
    timer = setTimeout(resolve, CLEAN_UP_MS);
  });
  await Promise.race([all, timeUp]);
  clearTimeout(timer);
}

async function deleteGroups(admin: Admin, { groupId, articleReadGroupId }: RunNames): Promise<void> {
  const { groups } = await admin.listGroups();
  const ours = groups.map((group) => group.groupId).filter((id) => id === groupId || id === articleReadGroupId);
  if (ours.length > 0) await admin.deleteGroups(ours);
}

async function deleteTopics(admin: Admin, { topicPrefix }: RunNames): Promise<void> {
  const ours = new Set([...topicsOf(topicPrefix), deadLetterTopicOf(topicPrefix)]);
  const topics = (await admin.listTopics()).filter((topic) => ours.has(topic));
  if (topics.length > 0) await admin.deleteTopics({ topics });
}

export async function deleteKeys(redis: RedisClient, keyPrefix: string): Promise<void> {
  const unlink = (keys: readonly string[]) =>
    // A Cluster takes keys of one slot at a time.
    redis.isCluster ? Promise.all(keys.map((key) => redis.unlink(key))) : redis.unlink(...keys);
  for (const master of await mastersOf(redis)) {
    for await (const keys of master.scanStream({ match: `${keyPrefix}*`, count: 1000 })) {
      const ours = (keys as string[]).filter((key) => key.startsWith(keyPrefix));
      if (ours.length > 0) await unlink(ours);
    }
  }
}

function rootMessage(error: unknown): string {
  const nested = (error as { errors?: { message: string }[] }).errors?.[0];
  return nested?.message ?? (error instanceof Error ? error.message : String(error));
}

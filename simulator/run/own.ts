// simulator/run/own.ts — What a run owns in Kafka and Redis: its names, its topics, and their removal; nothing else is ever touched.
import type { Admin } from 'kafkajs';
import type { Day } from '../../contract/events.js';
import { askedAgain } from '../../contract/kafkajs/lost-connection.js';
import { createTopicsWithLeaders } from '../../contract/kafkajs/topic-creation.js';
import { mastersOf, type RedisClient } from '../../contract/redis-client.js';
import { deadLetterTopicOf, topicsOf } from '../../contract/topics.js';
import { inTime } from '../../contract/waiting.js';
import { InfraError } from '../errors.js';
import type { StartedInfra } from '../infra/infra.js';
import type { Scenario } from '../scenario/schema.js';
import type { Sut } from '../sut/load.js';
import type { RunNames } from '../sut/run-names.js';

/**
 * Makes the topics that are not there yet.
 * @param isShared the consumer runs elsewhere already, and its topics may be there
 * @returns those that were made, which are the run's
 * @throws InfraError when topics are somebody else's, or cannot be made
 */
export async function createTopics(
  admin: Admin,
  { topicPrefix }: RunNames,
  { scenario, isShared }: { readonly scenario: Scenario; readonly isShared: boolean },
): Promise<readonly string[]> {
  const { partitions, replicationFactor, minInSyncReplicas } = scenario.topics;
  const there = new Set(await askedAgain(() => admin.listTopics()));
  const wanted = [...topicsOf(topicPrefix), ...(isShared ? [] : [deadLetterTopicOf(topicPrefix)])];
  const existing = wanted.filter((topic) => there.has(topic));
  if (existing.length > 0 && !isShared) {
    throw new InfraError(`the topics ${existing.join(', ')} are there already, and are not this run's`, {
      hint: 'delete them, or let sim start a Kafka for the run: leave out --brokers, and end `sim up` by `sim down`',
    });
  }
  await expectPartitions(admin, existing, partitions);
  const missing = wanted.filter((topic) => !there.has(topic));
  try {
    const configEntries = [
      // Event times may lie years back; Kafka must not take the records for old ones.
      { name: 'retention.ms', value: '-1' },
      { name: 'min.insync.replicas', value: String(minInSyncReplicas) },
    ];
    const topics = missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor, configEntries }));
    if (topics.length > 0) await createTopicsWithLeaders(admin, topics);
  } catch (error) {
    throw new InfraError(`the topics of the run could not be created: ${rootMessage(error)}`, {
      hint: `the scenario wants replicationFactor ${replicationFactor}; with fewer brokers use --set topics.replicationFactor=1 --set topics.minInSyncReplicas=1`,
      cause: error,
    });
  }
  return missing;
}

async function expectPartitions(admin: Admin, existing: readonly string[], partitions: number): Promise<void> {
  if (existing.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: [...existing] });
  for (const { name, partitions: found } of topics) {
    if (found.length === partitions) continue;
    throw new InfraError(`expected topic ${name} to have ${partitions} partitions, found ${found.length}`, {
      hint: `run with --set topics.partitions=${found.length}`,
    });
  }
}

/** @throws InfraError when a consumer that runs elsewhere cannot know the servers */
export function expectReachable({ kafka, redis }: Pick<StartedInfra, 'kafka' | 'redis'>, isShared: boolean): void {
  if (!isShared || (kafka.mode !== 'local' && redis.mode !== 'local')) return;
  throw new InfraError('the consumer runs elsewhere already, and cannot know the servers that are started for a run', {
    hint: 'name its servers by --brokers and --redis, or start them by `sim up` and the consumer after that',
  });
}

/** What begins with it may be deleted by a fault: in a Redis of this run alone all keys, if the consumer names them as it likes. */
export function ownKeys({ keyPrefix }: RunNames, sut: Sut, { redis }: Pick<StartedInfra, 'redis'>): string {
  const isPrefixed = sut.listKey.includes('{keyPrefix}');
  return isPrefixed || redis.mode !== 'local' ? keyPrefix : '';
}

/** @throws InfraError when a list that the run is to make is there before it */
export async function expectNoLists(redis: RedisClient, { listKeyOf }: RunNames, days: readonly Day[]): Promise<void> {
  for (const key of days.map(listKeyOf)) {
    if ((await redis.exists(key)) === 0) continue;
    throw new InfraError(`Redis holds ${key} already, so nobody could say what of it this run has made`, {
      hint: `delete it (redis-cli del ${key}), or name another database, such as --redis redis://host:6379/3`,
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

export interface Owned {
  readonly topics: readonly string[];
  readonly days: readonly Day[];
}

/** Each part on its own, and not for ever: a server that is gone must not keep the rest from being cleaned. */
export async function cleanUp(admin: Admin, redis: RedisClient, own: RunNames & Owned): Promise<void> {
  const ofKafka = deleteTopics(admin, own.topics).then(() => deleteGroups(admin, own));
  const ofRedis = [deleteKeys(redis, own.keyPrefix), ...own.days.map(own.listKeyOf).map((key) => redis.unlink(key))];
  const all = Promise.allSettled([ofKafka, ...ofRedis]);
  await inTime(all, CLEAN_UP_MS);
}

/** Only groups that bear the name of the run. */
async function deleteGroups(admin: Admin, { run, groupId, articleReadGroupId }: RunNames): Promise<void> {
  const { groups } = await admin.listGroups();
  const ours = groups
    .map((group) => group.groupId)
    .filter((id) => id.includes(run) && (id === groupId || id === articleReadGroupId));
  if (ours.length > 0) await admin.deleteGroups(ours);
}

async function deleteTopics(admin: Admin, own: readonly string[]): Promise<void> {
  const topics = (await admin.listTopics()).filter((topic) => own.includes(topic));
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

// simulator/run/topics.ts — The topics and groups of a run in Kafka: made for it, checked where they exist, and removed after it.
import type { Admin } from 'kafkajs';
import { askedAgain } from '../../contract/kafkajs/lost-connection.js';
import { createTopicsWithLeaders } from '../../contract/kafkajs/topic-creation.js';
import { deadLetterTopicOf, topicsOf } from '../../contract/topics.js';
import { InfraError } from '../errors.js';
import type { Scenario } from '../scenario/schema.js';
import type { RunNames } from '../sut/run-names.js';
import { rootMessage } from './root-message.js';

/**
 * Makes the topics that are not there yet.
 * @param isShared the consumer runs elsewhere already, and its topics may be there
 * @returns those that were made, which are the run's
 * @throws InfraError when topics belong to another, or cannot be made
 */
export async function createTopics(
  admin: Admin,
  { topicPrefix }: RunNames,
  { scenario, isShared }: { readonly scenario: Scenario; readonly isShared: boolean },
): Promise<readonly string[]> {
  const there = new Set(await askedAgain(() => admin.listTopics()));
  const wanted = [...topicsOf(topicPrefix), ...(isShared ? [] : [deadLetterTopicOf(topicPrefix)])];
  const existing = wanted.filter((topic) => there.has(topic));
  if (existing.length > 0 && !isShared) {
    throw new InfraError(`the topics ${existing.join(', ')} are there already, and are not this run's`, {
      hint: 'delete them, or let sim start a Kafka for the run: leave out --brokers, and end `sim up` by `sim down`',
    });
  }
  await expectPartitions(admin, existing, scenario.topics.partitions);
  const missing = wanted.filter((topic) => !there.has(topic));
  if (missing.length > 0) await create(admin, missing, scenario);
  return missing;
}

async function create(admin: Admin, names: readonly string[], { topics }: Scenario): Promise<void> {
  const { partitions: numPartitions, replicationFactor, minInSyncReplicas } = topics;
  const configEntries = [
    // Event times may lie years back; Kafka must not take the records for old ones.
    { name: 'retention.ms', value: '-1' },
    { name: 'min.insync.replicas', value: String(minInSyncReplicas) },
  ];
  try {
    await createTopicsWithLeaders(
      admin,
      names.map((topic) => ({ topic, numPartitions, replicationFactor, configEntries })),
    );
  } catch (error) {
    throw new InfraError(`the topics of the run could not be created: ${rootMessage(error)}`, {
      hint: `the scenario wants replicationFactor ${replicationFactor}; with fewer brokers use --set topics.replicationFactor=1 --set topics.minInSyncReplicas=1`,
      cause: error,
    });
  }
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

/** Deletes only groups that bear the name of the run. */
export async function deleteGroups(admin: Admin, { run, groupId, articleReadGroupId }: RunNames): Promise<void> {
  const { groups } = await admin.listGroups();
  const ours = groups
    .map((group) => group.groupId)
    .filter((id) => id.includes(run) && (id === groupId || id === articleReadGroupId));
  if (ours.length > 0) await admin.deleteGroups(ours);
}

export async function deleteTopics(admin: Admin, own: readonly string[]): Promise<void> {
  const topics = (await admin.listTopics()).filter((topic) => own.includes(topic));
  if (topics.length > 0) await admin.deleteTopics({ topics });
}

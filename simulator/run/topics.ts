// simulator/run/topics.ts — The topics of a run in Kafka: made for it, and checked where they exist.
import kafkajs, { type Admin } from 'kafkajs';
import { wallMs } from '../../contract/clock.js';
import { askedAgain } from '../../contract/kafkajs/lost-connection.js';
import { createTopicsWithLeaders } from '../../contract/kafkajs/topic-creation.js';
import { deadLetterTopicOf, topicsOf } from '../../contract/topics.js';
import { calledAs, InfraError } from '../errors.js';
import type { Scenario } from '../scenario/schema.js';
import type { RunNames } from '../sut/run-names.js';
import type { Plan } from '../workload/plan.js';
import { rootMessage } from './root-message.js';
import { type TopicSetting, topicSettings, unfitSettings } from './topic-settings.js';

export interface TopicOptions {
  readonly plan: Plan;
  /** The consumer runs elsewhere already, and its topics may be there. */
  readonly isShared: boolean;
  readonly brokers: readonly string[];
  readonly say: (line: string) => void;
}

/**
 * Makes the topics that are not there yet.
 * @returns those that were made, which are the run's
 * @throws InfraError when topics belong to another, are unfit, or cannot be made
 */
export async function createTopics(
  admin: Admin,
  { topicPrefix }: RunNames,
  options: TopicOptions,
): Promise<readonly string[]> {
  const { plan, isShared } = options;
  const { scenario } = plan;
  const settings = topicSettings(plan, wallMs());
  const there = new Set(await askedAgain(() => admin.listTopics()));
  const wanted = [...topicsOf(topicPrefix), ...(isShared ? [] : [deadLetterTopicOf(topicPrefix)])];
  const existing = wanted.filter((topic) => there.has(topic));
  if (existing.length > 0 && !isShared) {
    throw new InfraError(`the topics ${existing.join(', ')} are there already, and are not this run's`, {
      hint: `delete them, or let sim start a Kafka for the run: leave out --brokers, and end \`${calledAs()} up\` by \`${calledAs()} down\``,
    });
  }
  await expectPartitions(admin, existing, scenario.topics.partitions);
  await expectSettings(admin, existing, { ...options, settings });
  const missing = wanted.filter((topic) => !there.has(topic));
  if (missing.length > 0) await create(admin, missing, { scenario, settings });
  return missing;
}

interface Wanted {
  readonly scenario: Scenario;
  readonly settings: readonly TopicSetting[];
}

async function create(admin: Admin, names: readonly string[], { scenario, settings }: Wanted): Promise<void> {
  const { partitions: numPartitions, replicationFactor, minInSyncReplicas } = scenario.topics;
  const make = (chosen: readonly TopicSetting[]) => {
    const configEntries = chosen.map(({ name, value }) => ({ name, value }));
    configEntries.push({ name: 'min.insync.replicas', value: String(minInSyncReplicas) });
    return createTopicsWithLeaders(
      admin,
      names.map((topic) => ({ topic, numPartitions, replicationFactor, configEntries })),
    );
  };
  try {
    await make(settings).catch((error: unknown) => {
      if (!isUnknownSetting(error)) throw error;
      return make(settings.filter(({ isRecent }) => !isRecent));
    });
  } catch (error) {
    throw new InfraError(`the topics of the run could not be created: ${rootMessage(error)}`, {
      hint: `the scenario wants replicationFactor ${replicationFactor}; with fewer brokers use --set topics.replicationFactor=1 --set topics.minInSyncReplicas=1`,
      cause: error,
    });
  }
}

/** What an older broker answers to a setting that it does not know. */
function isUnknownSetting(error: unknown): boolean {
  const { errors = [] } = error as { readonly errors?: readonly { readonly type?: string }[] };
  return errors.some(({ type }) => type === 'INVALID_CONFIG');
}

/** A verdict rests on these settings, so topics that exist must have them. @throws InfraError */
async function expectSettings(
  admin: Admin,
  existing: readonly string[],
  { settings, brokers, say }: TopicOptions & Pick<Wanted, 'settings'>,
): Promise<void> {
  for (const topic of existing) {
    const found = await settingsOf(admin, topic).catch((error: unknown) => {
      say(`warning: the settings of topic ${topic} could not be read, and may not be fit: ${rootMessage(error)}`);
      return new Map<string, string>();
    });
    const [first] = unfitSettings(settings, found);
    if (!first) continue;
    const { name, value, why, instead } = first.setting;
    const alter = `kafka-configs.sh --bootstrap-server ${brokers.join(',')} --alter --entity-type topics --entity-name ${topic} --add-config ${name}=${value}`;
    throw new InfraError(`expected topic ${topic} to have ${name}=${value}, found ${first.found}: ${why}`, {
      hint: [alter, ...(instead ? [instead(first.found)] : [])].join(', '),
    });
  }
}

async function settingsOf(admin: Admin, name: string): Promise<ReadonlyMap<string, string>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name }],
  });
  return new Map(
    resources.flatMap(({ configEntries }) => configEntries.map((entry) => [entry.configName, entry.configValue])),
  );
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

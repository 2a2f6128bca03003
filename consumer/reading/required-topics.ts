// consumer/reading/required-topics.ts — The topics that must be there before the service joins its group.
import type { Admin } from 'kafkajs';
import { createTopicsWithLeaders } from '../../contract/kafkajs/topic-creation.js';

export interface RequiredTopics {
  readonly topics: readonly string[];
  /** Partitions of each missing topic; with 0 none is made. */
  readonly partitions: number;
  /** Named in the advice. */
  readonly broker: string;
}

export class MissingTopicsError extends Error {
  override readonly name = 'MissingTopicsError';

  constructor(missing: readonly string[], broker: string) {
    const commands = missing.map(
      (topic) => `kafka-topics.sh --bootstrap-server ${broker} --create --topic ${topic} --partitions 3`,
    );
    super(
      `expected topics that are missing, or that this user may not see: ${missing.join(', ')}. ` +
        `Create them, all with as many partitions:\n  ${commands.join('\n  ')}\n` +
        'or start with --kafka-create-topics=3, or have --kafka-topic-prefix name those that are there',
    );
  }
}

/**
 * The owner of the events decides how many partitions they have, so without a number none is made.
 * @throws MissingTopicsError
 */
export async function expectTopics(admin: Admin, { topics, partitions, broker }: RequiredTopics): Promise<void> {
  const found = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !found.has(topic));
  if (missing.length === 0) return;
  if (partitions === 0) throw new MissingTopicsError(missing, broker);
  // Those that another process has made meanwhile are as good.
  const wanted = missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: -1 }));
  await createTopicsWithLeaders(admin, wanted);
}

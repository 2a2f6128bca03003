// consumer/required-topics.ts — The topics that must be there before the service joins its group; it makes none of them itself.
import type { Admin } from 'kafkajs';

/** How many partitions they have is for whoever owns the events to decide, so the service does not guess it. */
export class MissingTopicsError extends Error {
  override readonly name = 'MissingTopicsError';

  constructor(missing: readonly string[], broker: string) {
    const commands = missing.map(
      (topic) => `kafka-topics.sh --bootstrap-server ${broker} --create --topic ${topic} --partitions 3`,
    );
    super(
      `expected topics that are missing, or that this user may not see: ${missing.join(', ')}. ` +
        `Create them with as many partitions each, for example:\n  ${commands.join('\n  ')}\n` +
        'or have KAFKA_TOPIC_PREFIX name those that are there',
    );
  }
}

/** @throws MissingTopicsError */
export async function expectTopics(admin: Admin, topics: readonly string[], broker: string): Promise<void> {
  const found = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !found.has(topic));
  if (missing.length > 0) throw new MissingTopicsError(missing, broker);
}

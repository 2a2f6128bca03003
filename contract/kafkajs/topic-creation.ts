// contract/kafkajs/topic-creation.ts — Topics made and ready: created, and known to the brokers with a leader for every partition.
import type { Admin, ITopicConfig } from 'kafkajs';
import { until } from '../waiting.js';
import { askedAgain } from './lost-connection.js';

const LIMIT_MS = 30_000;
const POLL_MS = 50;

/**
 * Those that exist already are as good. In place of kafkajs's `waitForLeaders`, which throws when the broker
 * that it asks has not heard of the topic yet, as is usual with several KRaft nodes.
 * https://github.com/tulios/kafkajs/issues/1563
 * @throws what the brokers say of the creation, or still say of the topics after 30 s
 */
export async function createTopicsWithLeaders(admin: Admin, topics: readonly ITopicConfig[]): Promise<void> {
  // The controller may be a node that one cannot reach at this moment.
  await askedAgain(() => admin.createTopics({ topics: [...topics], waitForLeaders: false }));
  const names = topics.map(({ topic }) => topic);
  const attempt = async (isLast: boolean) => {
    try {
      await expectLeaders(admin, names);
      return true;
    } catch (error) {
      if (isLast) throw error;
      return false;
    }
  };
  await until(attempt, { withinMs: LIMIT_MS, pollMs: POLL_MS });
}

async function expectLeaders(admin: Admin, names: string[]): Promise<void> {
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const headless = topics.find(({ partitions }) => partitions.some(({ leader }) => leader < 0));
  if (headless) throw new Error(`topic ${headless.name} has a partition without a leader`);
}

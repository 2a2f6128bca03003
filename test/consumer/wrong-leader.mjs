// test/consumer/wrong-leader.mjs — Given to a process with --import: for its first seconds it is told that likes are led by a broker that is none of the brokers.
import { createRequire } from 'node:module';

const WRONG_FOR_MS = 5000;
const NOBODY = 99;

const { prototype } = createRequire(import.meta.url)('kafkajs/src/cluster/brokerPool.js');
const refreshMetadata = prototype.refreshMetadata;

prototype.refreshMetadata = async function (topics) {
  await refreshMetadata.call(this, topics);
  if (performance.now() > WRONG_FOR_MS) return;
  for (const { topic, partitionMetadata } of this.metadata.topicMetadata) {
    if (topic.endsWith('-like')) for (const partition of partitionMetadata) partition.leader = NOBODY;
  }
};

// test/consumer/wrong-leader.mjs — Given to a process with --import: for some seconds it is told that likes are led by a broker that does not exist.
import { createRequire } from 'node:module';

const WRONG_FOR_MS = 5000;
const NO_BROKER = 99;

const { prototype } = createRequire(import.meta.url)('kafkajs/src/cluster/brokerPool.js');
const refreshMetadata = prototype.refreshMetadata;
let endsAtMs;

prototype.refreshMetadata = async function (topics) {
  await refreshMetadata.call(this, topics);
  const likes = this.metadata.topicMetadata.filter(({ topic }) => topic.endsWith('-like'));
  if (likes.length === 0) return;
  endsAtMs ??= performance.now() + WRONG_FOR_MS;
  const isWrong = performance.now() < endsAtMs;
  console.log(JSON.stringify({ msg: isWrong ? 'told of a wrong leader' : 'told of the right leader' }));
  if (!isWrong) return;
  for (const { partitionMetadata } of likes) for (const partition of partitionMetadata) partition.leader = NO_BROKER;
};

// test/simulator/infra/kafka-round-trip.ts — Everything that a run asks of a Kafka, once and small.
import * as assert from 'uvu/assert';
import type { KafkaConnection } from '../../../contract/connection.js';
import { createKafka } from '../../../contract/kafkajs/client.js';
import { askedAgain } from '../../../contract/kafkajs/lost-connection.js';
import { createTopicsWithLeaders } from '../../../contract/kafkajs/topic-creation.js';

const PARTITIONS = 3;
const TOPIC = 'round-trip';
const GROUP = 'round-trip-readers';
/** Long ago, and years ahead: simulated days. */
const TIMES_MS = [Date.UTC(2009, 1, 3), Date.UTC(2031, 10, 5)];

/** Creates a topic, produces, consumes in a group, asks after offsets and members, and removes what it made. */
export async function roundTrip(connection: KafkaConnection, replicas: 1 | 3): Promise<void> {
  const kafka = createKafka(connection, { clientId: 'round-trip' });
  const admin = kafka.admin();
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  const consumer = kafka.consumer({ groupId: GROUP, maxWaitTimeInMs: 100 });
  try {
    await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
    await createTopicsWithLeaders(admin, [
      { topic: TOPIC, numPartitions: PARTITIONS, replicationFactor: replicas, configEntries: configOf(replicas) },
    ]);
    // A broker that has just come back may not know the topic yet.
    const { topics } = await askedAgain(() => admin.fetchTopicMetadata({ topics: [TOPIC] }));
    assert.is(topics[0]?.partitions[0]?.replicas.length, replicas);

    const messages = TIMES_MS.map((time, partition) => ({ partition, value: `${partition}`, timestamp: String(time) }));
    await producer.send({ topic: TOPIC, acks: -1, messages });
    assert.equal(await valuesRead(messages.length), ['0', '1']);

    await consumer.commitOffsets([{ topic: TOPIC, partition: 0, offset: '1' }]);
    const [offsets] = await admin.fetchOffsets({ groupId: GROUP, topics: [TOPIC] });
    assert.is(offsets?.partitions.find(({ partition }) => partition === 0)?.offset, '1');
    const { groups } = await admin.describeGroups([GROUP]);
    assert.equal([groups[0]?.state, groups[0]?.members.length], ['Stable', 1]);
    await consumer.disconnect();
    await admin.deleteGroups([GROUP]);
    await admin.deleteTopics({ topics: [TOPIC] });
  } finally {
    await Promise.allSettled([consumer.disconnect(), producer.disconnect(), admin.disconnect()]);
  }

  async function valuesRead(count: number): Promise<readonly string[]> {
    const values: string[] = [];
    await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
        values.push(String(message.value));
        if (values.length === count) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    return values.sort();
  }
}

function configOf(replicas: 1 | 3) {
  return [
    { name: 'retention.ms', value: '-1' },
    { name: 'min.insync.replicas', value: replicas === 1 ? '1' : '2' },
  ];
}

// test/e2e/breakable.e2e.test.ts — A real Kafka whose nodes are killed and come back, and whose clients come through links.
// time limit: 400 s
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { KafkaConnection } from '../../contract/connection.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import { createTopicsWithLeaders } from '../../contract/kafkajs/topic-creation.js';
import { askKafka } from '../../simulator/infra/answers.js';
import type { Breakable } from '../../simulator/infra/breakable.js';
import type { StartedInfra } from '../../simulator/infra/infra.js';
import { provision } from '../../simulator/infra/provision.js';
import { roundTrip } from '../simulator/infra/kafka-round-trip.js';
import { NOTHING_LEFT, PrivateFolder } from '../simulator/infra/private-folder.js';

const test = suite<{ folder: PrivateFolder }>('breakable Kafka');
const { signal } = new AbortController();
const LIMIT_MS = 30_000;
const POLL_MS = 50;
const TOPIC = 'kept';

test.before.each((context) => {
  context.folder = new PrivateFolder();
  process.env.XDG_STATE_HOME = context.folder.path;
  for (const name of ['SIM_BROKERS', 'SIM_REDIS', 'SIM_KAFKA_VERSION']) delete process.env[name];
});
test.after.each(({ folder }) => folder.remove());

async function using(
  folder: PrivateFolder,
  nodes: 1 | 3,
  use: (infra: StartedInfra, breakable: Breakable) => Promise<void>,
): Promise<void> {
  const breakable = { links: true, redis: { persistence: 'aof', replica: true } } as const;
  const infra = await provision({ nodes, logDir: folder.logDir, say: () => undefined, signal, breakable });
  try {
    assert.ok(infra.breakable);
    await use(infra, infra.breakable);
  } finally {
    await infra[Symbol.asyncDispose]();
  }
  assert.equal(await folder.left(), NOTHING_LEFT);
}

async function createTopic(connection: KafkaConnection, replicas: 1 | 3): Promise<void> {
  const admin = createKafka(connection, { clientId: 'test' }).admin();
  await admin.connect();
  await createTopicsWithLeaders(admin, [{ topic: TOPIC, numPartitions: 3, replicationFactor: replicas }]);
  await admin.disconnect();
}

/** One record to each partition, acknowledged by all that must. */
async function send(connection: KafkaConnection): Promise<void> {
  // A retry after a slow answer must not be counted as a record more.
  const producer = createKafka(connection, { clientId: 'test', retries: 20 }).producer({ idempotent: true });
  try {
    await producer.connect();
    await producer.send({
      topic: TOPIC,
      acks: -1,
      messages: [0, 1, 2].map((partition) => ({ partition, value: 'x' })),
    });
  } finally {
    await producer.disconnect();
  }
}

async function recordsIn(connection: KafkaConnection): Promise<number> {
  const admin = createKafka(connection, { clientId: 'test' }).admin();
  try {
    await admin.connect();
    return (await admin.fetchTopicOffsets(TOPIC)).reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

async function eventually(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const deadlineMs = performance.now() + LIMIT_MS;
  while (!(await isTrue())) {
    assert.ok(performance.now() < deadlineMs, what);
    await sleep(POLL_MS);
  }
}

test('a single node comes back with its records, however it ended, and its clients use only the link', async ({
  folder,
}) => {
  await using(folder, 1, async ({ kafka, redis, died }, breakable) => {
    const [node, link] = [breakable.kafka[0], breakable.links.kafka[0]];
    assert.ok(node && link);
    assert.equal([node.name, node.nodeId, link.name], ['Kafka node 1', 1, 'link to Kafka node 1']);
    assert.equal([kafka.connection.brokers, kafka.direct.brokers], [[link.address], [node.address]]);
    assert.is(redis.connection.url, `redis://${breakable.links.redis?.address}/0`);
    assert.equal(
      [breakable.redis.name, breakable.redisReplica?.name, breakable.links.redis?.name],
      ['Redis', 'Redis replica', 'link to Redis'],
    );
    await createTopic(kafka.direct, 1);
    assert.is(link.counters().connections, 0);
    await send(kafka.connection);
    // All of it: kafkajs goes where the metadata of that listener sends it.
    assert.ok(link.counters().bytesToServer > 0);

    await node.kill();
    assert.is(node.pid(), undefined);
    await assertGone(kafka.direct);
    await node.start();
    assert.is(await recordsIn(kafka.direct), 3);
    await send(kafka.connection);
    await node.terminate();
    await node.start();
    assert.is(await recordsIn(kafka.connection), 6);
    await roundTrip(kafka.connection, 1);
    assert.not(died.aborted);
  });
});

test('of three nodes one may go: writes go on, it catches up, and an unexpected death still aborts', async ({
  folder,
}) => {
  await using(folder, 3, async ({ kafka, died }, breakable) => {
    const node = breakable.kafka[1];
    assert.ok(node);
    await createTopic(kafka.connection, 3);
    await send(kafka.connection);
    await node.kill();
    const other = { brokers: kafka.direct.brokers.slice(0, 1) };
    const members = async () => (await askKafka(other).catch(() => ({ brokers: [] }))).brokers.toSorted();
    await eventually(async () => (await members()).join() === '1,3', 'the dead node is seen');
    await send(kafka.connection);
    await node.start();
    await eventually(async () => (await members()).join() === '1,2,3', 'the others see it again');
    await node.terminate();
    await node.start();
    assert.is(await recordsIn(kafka.direct), 6);

    // Brokers copy to each other, and those who know the way around go on, while no client's link lets anything through.
    const inSync = async () => (await leastInSync(kafka.direct)) === 3;
    await eventually(inSync, 'the restarted node catches up');
    for (const link of breakable.links.kafka) link.set({ drop: 'both' });
    await send(kafka.direct);
    assert.ok(await inSync());
    assert.ok(breakable.links.kafka.every((link) => link.counters().droppedBytes === 0));
    for (const link of breakable.links.kafka) link.set({});
    await roundTrip(kafka.connection, 3);

    assert.not(died.aborted);
    process.kill(node.pid() ?? 0, 'SIGKILL');
    if (!died.aborted) await once(died, 'abort', { signal: AbortSignal.timeout(LIMIT_MS) });
    assert.match(died.reason.message, /Kafka node 2 ended with SIGKILL/);
    // Disposal does not wait for one that is paused.
    breakable.kafka[0]?.pause();
  });
});

async function leastInSync(connection: KafkaConnection): Promise<number> {
  const admin = createKafka(connection, { clientId: 'test' }).admin();
  try {
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
    return Math.min(...(topics[0]?.partitions ?? []).map(({ isr }) => isr.length));
  } finally {
    await admin.disconnect();
  }
}

async function assertGone(connection: KafkaConnection): Promise<void> {
  const error = await askKafka(connection).catch((reason: unknown) => reason);
  assert.instance(error, Error);
}

test.run();

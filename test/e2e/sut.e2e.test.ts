// test/e2e/sut.e2e.test.ts — Another consumer under test: each of its bugs is named on the scenario that is aimed at it, also where it runs elsewhere already.
// runs alone: which events it drops hangs on the order in which it reads topics, and that on the machine's load
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../contract/kafkajs/client.js';
import { createTopicsWithLeaders } from '../../contract/kafkajs/topic-creation.js';
import { topicsOf } from '../../contract/topics.js';
import { startServers, type TestServers } from '../support/servers.js';
import { latestRecord, startSim } from '../support/sim.js';

const SUT = 'suts/example.json';
const PREFIX = 'their-board';
/** Where it is not about midnight now: the days of the consumer are those of its own clock. */
const ZONE = new Date().getUTCHours() >= 12 && new Date().getUTCHours() < 18 ? 'UTC' : 'Asia/Seoul';

const sut = suite<{ started: TestServers }>('a consumer of others');

sut.before(async (context) => {
  context.started = await startServers();
});
sut.after(async ({ started }) => {
  await started?.[Symbol.asyncDispose]();
});

for (const [scenario, bug] of [
  ['leader-falls', 'TRIM_LOSS'],
  ['early-likes', 'ORPHAN_DROP'],
] as const) {
  sut(`${scenario} shows ${bug}`, async ({ started: { flags, folder } }) => {
    const args = [`scenarios/${scenario}.json`, '--sut', SUT, '--set', `rules.zone=${ZONE}`];
    const { exitCode, stdout, stderr } = await startSim(['run', ...args, '--reports', folder, ...flags]).ended;
    assert.is(exitCode, 1, stdout + stderr);
    const { diagnosis, sut: consumer, verdict } = latestRecord(folder, scenario);
    const names = diagnosis?.naming.consistent.map(({ name }) => name).join(' ') ?? '';
    assert.match(names, bug, stdout);
    assert.ok(diagnosis?.butForTraits?.traits.includes(bug));
    assert.is.not(diagnosis?.butForTraits?.outcome, 'fail');
    assert.is(consumer?.name, 'example');
    // It tells nothing about itself, so its counts are not asked for.
    assert.not.ok(verdict?.checks.some(({ check }) => check === 'delivery'));
  });
}

sut('one that runs elsewhere is seen to read, and what was there before is not counted', async ({ started }) => {
  const { infra, flags, folder } = started;
  const admin = createKafka(infra.kafka.connection, { clientId: 'test' }).admin();
  await admin.connect();
  const topics = topicsOf(PREFIX).map((topic) => ({ topic, numPartitions: 3, replicationFactor: 1 }));
  await createTopicsWithLeaders(admin, topics);
  const file = join(folder, 'elsewhere.json');
  const names = { topicPrefix: PREFIX, group: `${PREFIX}-hot-article-service`, listKey: 'hot-article::list::{day}' };
  const ready = { probe: true };
  const scenario = { scale: 0.02 };
  const traits = ['ORPHAN_DROP'];
  writeFileSync(file, JSON.stringify({ description: 'It runs already.', ...names, ready, scenario, traits }));
  const consumer = startConsumer(infra, names.group);
  try {
    for (const run of ['the first', 'the second']) {
      const args = ['scenarios/quiet-day.json', '--sut', file, '--set', 'scale=1', '--set', `rules.zone=${ZONE}`];
      const { exitCode, stdout, stderr } = await startSim(['run', ...args, '--reports', folder, ...flags]).ended;
      const { diagnosis, log } = latestRecord(folder, 'quiet-day');
      // Seven articles are fewer than any list is trimmed to; on a slow machine counts come before them.
      const outcome = exitCode === 0 ? 'pass' : diagnosis?.butForTraits?.outcome;
      assert.is(outcome, 'pass', `${run}: ${stdout}${stderr}`);
      assert.is(log?.found, 3000);
    }
    const left = await admin.listTopics();
    assert.ok(
      topics.every(({ topic }) => left.includes(topic)),
      'its topics are not ours to delete',
    );
  } finally {
    consumer.kill('SIGTERM');
    await once(consumer, 'exit');
    await admin.disconnect();
  }
});

function startConsumer({ kafka, redis }: TestServers['infra'], group: string): ChildProcess {
  const { hostname, port } = new URL(redis.connection.url);
  // kafkajs 2.2.4 sets timers that newer lines of Node.js warn of.
  const program = ['--disable-warning=TimeoutNegativeWarning', 'dist/examples/de-facto-consumer/main.js'];
  return spawn(process.execPath, program, {
    stdio: 'ignore',
    env: {
      ...process.env,
      SPRING_KAFKA_BOOTSTRAPSERVERS: kafka.connection.brokers.join(','),
      SPRING_KAFKA_CONSUMER_GROUPID: group,
      SPRING_DATA_REDIS_HOST: hostname,
      SPRING_DATA_REDIS_PORT: port,
      TOPIC_PREFIX: PREFIX,
      TZ: ZONE,
    },
  });
}

sut.run();

// test/e2e/two-groups.e2e.test.ts — The ranking and the article-read service side by side: both right, each judged by itself, and neither disturbed by the other's end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../contract/kafka-client.js';
import { startServers, type TestServers } from '../support/servers.js';
import { latestRecord, startSim } from '../support/sim.js';

const SCENARIO = 'scenarios/two-groups.json';
const SMALL = ['--set', 'scale=0.3', '--set', 'clock.speed=21600'];

const twoGroups = suite<{ started: TestServers }>('two groups');

twoGroups.before(async (context) => {
  context.started = await startServers();
});

twoGroups.after(async ({ started }) => {
  await started?.[Symbol.asyncDispose]();
});

const checksOf = (folder: string) => latestRecord(folder, 'two-groups').verdict?.checks ?? [];
const RANKING = ['load', 'consumers alive', 'drained', 'lists', 'delivery', 'dead letters', 'log equals plan'];

twoGroups('both are right, and nothing of either stays behind', async ({ started }) => {
  const { infra, flags, folder } = started;
  const { exitCode, stdout } = await startSim(['run', SCENARIO, '--reports', folder, ...SMALL, ...flags]).ended;
  assert.is(exitCode, 0, stdout);
  assert.equal(
    checksOf(folder).map(({ check, outcome }) => [check, outcome]),
    [...RANKING, 'read model'].map((check) => [check, 'pass']),
  );
  const redis = new Redis(infra.redis.connection.url);
  const admin = createKafka(infra.kafka.connection, { clientId: 'test' }).admin();
  await admin.connect();
  try {
    assert.equal(await redis.keys('*'), []);
    const { groups } = await admin.listGroups();
    assert.equal(groups, []);
  } finally {
    await redis.quit();
    await admin.disconnect();
  }
});

twoGroups('undecodable records, foreign keys and other partitions make no difference to it', async ({ started }) => {
  const { flags, folder } = started;
  const settings = ['delivery.poisonShare=0.002', 'partitioning=shard4', 'pace=max'].flatMap((one) => ['--set', one]);
  const args = ['run', SCENARIO, '--reports', folder, ...SMALL, ...settings, ...flags];
  const { exitCode, stdout } = await startSim(args).ended;
  assert.is(exitCode, 0, stdout);
});

twoGroups('a read model that was changed by hand is named, and the ranking is right all the same', async (context) => {
  const { infra, flags, folder } = context.started;
  const sim = startSim(['run', SCENARIO, '--hold', '--reports', folder, ...SMALL, ...flags]);
  const [, prefix = ''] = await sim.until(/hold: .* keys (\S+)\*/);
  const redis = new Redis(infra.redis.connection.url);
  const [key = ''] = await redis.keys(`${prefix}article-read::{0}::titles::*`);
  const [articleId = '', title = Buffer.alloc(0)] = Object.entries(await redis.hgetallBuffer(key))[0] ?? [];
  await redis.hset(key, articleId, Buffer.concat([title, Buffer.from('!')]));
  await redis.quit();
  sim.type('\n');
  const { exitCode, stdout } = await sim.ended;
  assert.is(exitCode, 1, stdout);
  const failed = checksOf(folder).filter(({ outcome }) => outcome !== 'pass');
  assert.equal(
    failed.map(({ check, findingCount, findings }) => [check, findingCount, findings[0]?.articleId]),
    [['read model', 1, articleId]],
  );
  assert.match(stdout.replace(/\s+/g, ' '), `article ${articleId} has the title`);
});

twoGroups('the end of one group does not disturb the other', async ({ started }) => {
  const { flags, folder } = started;
  const sim = startSim(['run', SCENARIO, '--reports', folder, ...flags]);
  // A line of progress comes every five seconds: half of the load is still to come.
  await sim.until(/sent [1-9]/);
  for (const pid of articleReadPids(folder)) process.kill(pid, 'SIGKILL');
  const { exitCode, stdout } = await sim.ended;
  assert.is(exitCode, 1, stdout);
  const [readModel, ...others] = checksOf(folder).toReversed();
  assert.equal(
    others.map(({ check, outcome }) => [check, outcome]),
    RANKING.toReversed().map((check) => [check, 'pass']),
  );
  assert.equal([readModel?.check, readModel?.outcome], ['read model', 'fail']);
  assert.match(readModel?.findings[0]?.message ?? '', 'article-read 1 ended with SIGKILL');
});

/** Of the newest run. */
function articleReadPids(folder: string): number[] {
  const runs = join(folder, 'two-groups');
  const newest = readdirSync(runs)
    .filter((name) => name !== 'latest')
    .sort()
    .at(-1);
  return ['article-read-1.log', 'article-read-2.log'].map((name) => {
    // The last: they start anew when they were not ready in time.
    const pid = [...readFileSync(join(runs, newest ?? '', 'logs', name), 'utf8').matchAll(/"pid":(\d+)/g)].at(-1)?.[1];
    assert.ok(pid, `${name} has a pid`);
    return Number(pid);
  });
}

twoGroups.run();

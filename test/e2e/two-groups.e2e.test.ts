// test/e2e/two-groups.e2e.test.ts — The ranking and the article-read service side by side: each is judged by itself, and neither is disturbed by the other's end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unpackState } from '../../consumer/article-read/read-model.js';
import { eventually } from '../consumer/service-process.js';
import { startServers, type TestServers } from '../support/servers.js';
import { latestRecord, startSim } from '../support/sim.js';

const SCENARIO = 'scenarios/two-groups.json';
const SMALL = ['--set', 'scale=0.1'];

const twoGroups = suite<{ started: TestServers }>('two groups');

twoGroups.before(async (context) => {
  context.started = await startServers();
});

twoGroups.after(async ({ started }) => {
  await started?.[Symbol.asyncDispose]();
});

const checksOf = (folder: string) => latestRecord(folder, 'two-groups').verdict?.checks ?? [];
const RANKING = [
  ...['load', 'consumers alive', 'drained', 'progress', 'lists', 'scores', 'delivery', 'retention'],
  ...['dead letters', 'closed days', 'publication', 'cuts', 'log equals plan'],
];

twoGroups('a read model that was changed by hand is named, and the ranking is right all the same', async (context) => {
  const { infra, flags, folder } = context.started;
  const sim = startSim(['run', SCENARIO, '--hold', '--reports', folder, ...SMALL, ...flags]);
  const [, prefix = ''] = await sim.until(/hold: .* keys (\S+)\*/);
  const redis = new Redis(infra.redis.connection.url);
  const { key, articleId, title } = await anyCreated(redis, `${prefix}article-read::{0}`);
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

/** Articles of the day before have titles too, when they were updated, and are not shown. */
async function anyCreated(redis: Redis, shard: string) {
  for (const key of await redis.keys(`${shard}::titles::*`)) {
    const states = await redis.hgetallBuffer(key.replace('::titles::', '::states::'));
    const titles = Object.entries(await redis.hgetallBuffer(key));
    const found = titles.find(([articleId]) => states[articleId] && unpackState(states[articleId]).isCreated);
    if (found) return { key, articleId: found[0], title: found[1] };
  }
  throw new Error(`expected a created article below ${shard}, found none`);
}

twoGroups('the end of one group does not disturb the other', async ({ started }) => {
  const { infra, flags, folder } = started;
  const sim = startSim(['run', SCENARIO, '--reports', folder, ...SMALL, ...flags]);
  await sim.until(/^load: /m);
  const redis = new Redis(infra.redis.connection.url);
  await eventually(
    'something is applied',
    async () => (await redis.keys('sim:*:article-read::{0}::offsets')).length > 0,
  );
  await redis.quit();
  for (const pid of articleReadPids(folder)) process.kill(pid, 'SIGKILL');
  const { exitCode, stdout } = await sim.ended;
  assert.is(exitCode, 1, stdout);
  const [readModel, ...others] = checksOf(folder).toReversed();
  assert.equal(
    others.map(({ check, outcome }) => [check, outcome]),
    RANKING.toReversed().map((check) => [check, 'pass']),
  );
  assert.equal([readModel?.check, readModel?.outcome], ['read model', 'fail']);
  assert.match(readModel?.findings[0]?.message ?? '', /^article-read [12] ended with SIGKILL/);
});

/** Process ids of the newest run. */
function articleReadPids(folder: string): number[] {
  const runs = join(folder, 'two-groups');
  const newest = readdirSync(runs)
    .filter((name) => name !== 'latest')
    .sort()
    .at(-1);
  return ['article-read-1.log', 'article-read-2.log'].map((name) => {
    // Where the clock had come too near, processes were started a second time.
    const pids = [...readFileSync(join(runs, newest ?? '', 'logs', name), 'utf8').matchAll(/"pid":(\d+)/g)];
    const pid = Number(pids.at(-1)?.[1]);
    assert.ok(pid > 0, `${name} has a pid`);
    return pid;
  });
}

twoGroups.run();

// test/e2e/scenarios.e2e.test.ts — Hard cases end as expected on a real Kafka and Redis, at a size that takes a few seconds each.
// time limit: 400 s
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startServers, type TestServers } from '../support/servers.js';
import { startSim } from '../support/sim.js';

const scenarios = suite<{ servers: TestServers }>('scenarios');

scenarios.before(async (context) => {
  context.servers = await startServers();
});

scenarios.after(async ({ servers }) => {
  await servers?.[Symbol.asyncDispose]();
});

// The other scenarios differ from these in size or in one field.
const names = [
  'leader-falls',
  'ties',
  'early-likes',
  'late-and-duplicate',
  'poison',
  'article-churn',
  'shard4',
  'two-groups',
];
for (const name of names) {
  scenarios(`${name} passes`, async ({ servers }) => {
    const small = ['--set', 'scale=0.3', '--set', 'clock.speed=21600', '--reports', servers.folder];
    const { exitCode, stdout } = await startSim(['run', `scenarios/${name}.json`, ...small, ...servers.flags]).ended;
    assert.is(exitCode, 0, stdout);
  });
}

scenarios.run();

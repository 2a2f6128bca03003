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
const cases: readonly (readonly [name: string, ...settings: string[]])[] = [
  ['leader-falls'],
  ['ties'],
  ['early-likes'],
  ['late-and-duplicate'],
  ['poison'],
  ['article-churn'],
  ['shard4'],
  ['shard4', 'producer.idempotent=true'],
  ['two-groups'],
  // Each of its sends takes three requests.
  ['transactions', 'clock.speed=3600'],
];
for (const [name, ...settings] of cases) {
  scenarios(`${[name, ...settings].join(' with ')} passes`, async ({ servers }) => {
    const small = ['scale=0.15', 'clock.speed=21600', ...settings].flatMap((setting) => ['--set', setting]);
    const args = ['run', `scenarios/${name}.json`, ...small, '--reports', servers.folder];
    const { exitCode, stdout } = await startSim([...args, ...servers.flags]).ended;
    assert.is(exitCode, 0, stdout);
  });
}

scenarios.run();

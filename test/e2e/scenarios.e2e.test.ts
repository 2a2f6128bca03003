// test/e2e/scenarios.e2e.test.ts — Hard cases end as expected on a real Kafka and Redis, at a size that takes a few seconds each.
// time limit: 400 s
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StartedInfra } from '../../simulator/infra/infra.js';
import { provision } from '../../simulator/infra/provision.js';
import { startSim, temporaryFolder } from '../support/sim.js';

interface Context {
  infra: StartedInfra;
  reports: { readonly path: string; remove(): void };
}

const scenarios = suite<Context>('scenarios');

scenarios.before(async (context) => {
  context.reports = temporaryFolder();
  context.infra = await provision({
    nodes: 1,
    logDir: context.reports.path,
    say: () => undefined,
    signal: new AbortController().signal,
  });
});

scenarios.after(async (context) => {
  await context.infra?.[Symbol.asyncDispose]();
  context.reports.remove();
});

// The other scenarios differ from these in size or in one field.
const names = ['leader-falls', 'ties', 'early-likes', 'late-and-duplicate', 'poison', 'article-churn', 'shard4'];
for (const name of names) {
  scenarios(`${name} passes`, async ({ infra, reports }) => {
    const servers = ['--brokers', infra.kafka.connection.brokers.join(','), '--redis', infra.redis.connection.url];
    const small = ['--set', 'scale=0.3', '--set', 'clock.speed=21600', '--reports', reports.path];
    const { exitCode, stdout } = await startSim(['run', `scenarios/${name}.json`, ...small, ...servers]).ended;
    assert.is(exitCode, 0, stdout);
  });
}

scenarios.run();

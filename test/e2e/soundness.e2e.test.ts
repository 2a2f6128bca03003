// test/e2e/soundness.e2e.test.ts — Simulated runs on a real Redis: the consumer passes, a seed can be played again, and a consumer with a bug does not pass.
// runs alone: it keeps both cores busy
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { startLocalRedis } from '../../simulator/infra/redis/local-redis.js';
import { shardsOf, simulatedRun } from '../../simulator/simulate/simulated-run.js';
import { SCRIPT } from '../consumer/store-player.js';
import { APPLY } from '../mutants/mutant.js';
import { MUTANTS } from '../mutants/mutants.js';
import { patched } from '../mutants/planting.js';
import { reasonsOf } from '../soundness/results.js';
import { scaledScenario } from '../soundness/scaled.js';
import { type TemporaryFolder, temporaryFolder } from '../support/sim.js';

interface Stage {
  logs: TemporaryFolder;
  owned: Owned;
  redis: Redis;
}

const test = suite<Stage>('simulated runs');

test.before(async (stage) => {
  stage.logs = temporaryFolder();
  stage.owned = await Owned.start(stage.logs.path);
  const { signal } = new AbortController();
  const { connection } = await startLocalRedis({ nodes: 1, say: () => undefined, signal, owned: stage.owned });
  stage.redis = new Redis(connection.url);
});

test.after(async ({ redis, owned, logs }) => {
  redis?.disconnect();
  await owned?.[Symbol.asyncDispose]();
  logs?.remove();
});

async function judged({ redis }: Stage, name: string, seed: number, applyScript?: string) {
  const scenario = await scaledScenario(name, seed);
  const { verdict } = await simulatedRun({
    scenario,
    redis,
    shards: shardsOf(seed),
    ...(applyScript === undefined ? {} : { applyScript }),
  });
  return verdict;
}

for (const name of ['smoke', 'late-and-duplicate', 'producer-kill', 'redis-failover', 'two-groups', 'zombie']) {
  test(`the consumer passes ${name}, also with the ranking in parts`, async (stage) => {
    for (const seed of [3, 4]) assert.equal(reasonsOf(await judged(stage, name, seed)), [], `seed ${seed}`);
  });
}

test('a seed plays the same run again, with everything that broke', async (stage) => {
  const first = await judged(stage, 'everything-at-once', 5);
  const second = await judged(stage, 'everything-at-once', 5);
  assert.is(first.outcome, 'pass');
  assert.equal(second.checks, first.checks);
});

for (const [name, seed] of [
  ['drop-orphans', 1],
  ['trim-to-10', 1],
  ['let-zombies-write', 2],
] as const) {
  test(`a consumer with the bug ${name} does not pass`, async (stage) => {
    const mutant = MUTANTS.find((one) => one.name === name);
    const patches = mutant?.patches.filter(({ file }) => file === APPLY) ?? [];
    const planted = patches.reduce(patched, SCRIPT);
    assert.not.equal(planted, SCRIPT);
    const { checks } = await judged(stage, mutant?.scenario ?? '', seed, planted);
    const wrong = checks.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
    assert.ok(wrong.includes('lists') || wrong.includes('delivery'), wrong.join());
  });
}

test.run();

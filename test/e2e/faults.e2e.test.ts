// test/e2e/faults.e2e.test.ts — Every kind of fault is injected on real servers, leaves its receipt and heals, and the ranking is right after it.
// time limit: 600 s
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { faultSchema } from '../../simulator/scenario/fault.js';
import { startServers } from '../support/servers.js';
import {
  latestRecord,
  privateTemporaryFolder,
  startSim,
  type TemporaryFolder,
  temporaryFolder,
} from '../support/sim.js';

type Fields = Readonly<Record<string, unknown>>;

const test = suite<{ folder: TemporaryFolder }>('faults');

test.before.each((context) => {
  context.folder = temporaryFolder();
});
test.after.each(({ folder }) => folder.remove());

/** Half a minute of even load, or as long as is given; the file is `faulty.json`. */
function scenarioIn(
  { path }: TemporaryFolder,
  faults: readonly Fields[],
  { seconds = 30, ...more }: Fields = {},
): string {
  const file = join(path, 'faulty.json');
  const events = 1000 * Number(seconds);
  const scenario = {
    description: 'All that can break breaks.',
    clock: { start: '2024-10-01T00:00:00', speed: 86_400 / Number(seconds) },
    articles: { perDay: 2000 },
    arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events }],
    consumers: 2,
    consumer: { sessionTimeoutMs: 6000 },
    faults,
    ...more,
  };
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}

async function expectProven(folder: TemporaryFolder, file: string, flags: readonly string[] = []): Promise<void> {
  const { exitCode, stdout, stderr } = await startSim(['run', file, '--reports', folder.path, ...flags]).ended;
  const { faults = [] } = latestRecord(folder.path, 'faulty');
  for (const fault of faults) {
    const what = `${fault.kind}: ${JSON.stringify(fault)}`;
    assert.ok(fault.injectedAtMs !== null && fault.healedAtMs !== null && fault.receipt?.proven, what);
    assert.ok((fault.receipt?.facts.length ?? 0) > 0, what);
  }
  assert.is(exitCode, 0, stdout + stderr);
}

const OF_CONSUMERS = [
  { kind: 'consumer-kill', target: 'consumer:1', at: { progress: 0.02 } },
  { kind: 'consumer-start', at: { progress: 0.3 }, forSeconds: 1 },
  { kind: 'consumer-stop', target: 'consumer:2', at: { progress: 0.5 } },
  { kind: 'consumer-slow', at: { progress: 0.6 }, forSeconds: 2 },
  { kind: 'consumer-pause', at: { progress: 0.7 }, forSeconds: 8 },
];
const OF_KAFKA = [
  { kind: 'broker-kill', target: 'broker:leaderOf(like,1)', at: { progress: 0.02 }, forSeconds: 4 },
  { kind: 'broker-stop', target: 'broker:controller', at: { progress: 0.35 }, forSeconds: 2 },
  { kind: 'broker-pause', target: 'broker:2', at: { progress: 0.6 }, forSeconds: 5 },
  { kind: 'leader-move', at: { progress: 0.8 }, forSeconds: 2 },
  { kind: 'rolling-restart', at: { progress: 0.9 }, forSeconds: 0.5 },
];
const OF_REDIS = [
  { kind: 'redis-kill', at: { progress: 0.05 }, forSeconds: 1 },
  { kind: 'redis-pause', at: { progress: 0.2 }, forSeconds: 1 },
  { kind: 'redis-full', at: { progress: 0.3 }, forSeconds: 2 },
  { kind: 'redis-flush', at: { progress: 0.45 } },
  { kind: 'redis-erase', at: { progress: 0.55 }, forSeconds: 1 },
  { kind: 'redis-failover', at: { progress: 0.85 }, lagSeconds: 1 },
];
const OF_LINKS = [
  { kind: 'link-latency', at: { progress: 0.02 }, latencyMs: 20, jitterMs: 10, forSeconds: 2 },
  { kind: 'link-bandwidth', at: { progress: 0.2 }, bytesPerSecond: 20_000, forSeconds: 2 },
  { kind: 'link-drop', target: 'link:broker:1', at: { progress: 0.4 }, direction: 'to-client', forSeconds: 2 },
  { kind: 'link-reset', target: 'link:all', at: { progress: 0.6 }, every: { seconds: 1, times: 3 } },
  { kind: 'lost-replies', at: { progress: 0.8 }, replies: 5, forSeconds: 3 },
];

test('every kind is tried', () => {
  const kinds = faultSchema.options.map(({ shape }) => shape.kind.value).toSorted();
  const tried = [...OF_CONSUMERS, ...OF_KAFKA, ...OF_REDIS, ...OF_LINKS].map(({ kind }) => kind);
  assert.equal([...new Set(tried)].toSorted(), kinds);
});

test('consumers break also on servers that are others’, and what is others’ is refused before the run', async ({
  folder,
}) => {
  const servers = await startServers();
  try {
    await expectProven(folder, scenarioIn(folder, OF_CONSUMERS), servers.flags);
    const file = scenarioIn(folder, [{ kind: 'redis-kill', at: { progress: 0.5 } }]);
    const { exitCode, stderr } = await startSim(['run', file, '--reports', folder.path, ...servers.flags]).ended;
    assert.is(exitCode, 64, stderr);
  } finally {
    await servers[Symbol.asyncDispose]();
  }
});

test('Kafka nodes', async ({ folder }) => {
  const topics = { replicationFactor: 3, minInSyncReplicas: 2 };
  await expectProven(folder, scenarioIn(folder, OF_KAFKA, { seconds: 60, topics }));
});

test('Redis', async ({ folder }) => {
  await expectProven(folder, scenarioIn(folder, OF_REDIS, { seconds: 40, redis: { persistence: 'rdb' } }));
});

test('links', async ({ folder }) => {
  await expectProven(folder, scenarioIn(folder, OF_LINKS));
});

test('what never came leaves the verdict unknown', async ({ folder }) => {
  const faults = [
    { kind: 'consumer-kill', target: 'consumer:1', at: { progress: 0 }, every: { seconds: 60, times: 2 } },
  ];
  const file = scenarioIn(folder, faults, { seconds: 10 });
  const { exitCode, stdout } = await startSim(['run', file, '--reports', folder.path]).ended;
  assert.is(exitCode, 2, stdout);
  assert.match(stdout.replace(/\s+/g, ' '), 'fault 2, consumer-kill of consumer:1: was not injected');
});

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGKILL', null],
] as const) {
  test(`${signal} while everything is frozen leaves nothing frozen and nothing running`, async ({ folder }) => {
    const temporary = privateTemporaryFolder();
    try {
      const kinds = ['consumer-pause', 'redis-pause', 'broker-pause'];
      const faults = kinds.map((kind, index) => ({ kind, at: { progress: 0.02 * (index + 1) }, forSeconds: 300 }));
      const sim = startSim(['run', scenarioIn(folder, faults), '--reports', folder.path], temporary.env);
      for (const kind of kinds) await sim.until(new RegExp(`^fault: ${kind}`, 'm'));
      sim.kill(signal);
      const ended = await sim.ended;
      assert.is(ended.exitCode, exitCode, ended.stdout + ended.stderr);
      assert.equal(await temporary.left(), { directories: [], processes: [] });
    } finally {
      temporary.remove();
    }
  });
}

test.run();

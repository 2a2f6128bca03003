// test/e2e/faults.e2e.test.ts — Faults break something under load, leave a receipt that proves it, and are healed; and the ranking is right after all of them.
// runs alone: it breaks servers under paced load
// time limit: 600 s
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { z } from 'zod';
import { faultSchema } from '../../simulator/scenario/fault.js';
import { latestRecord, startSim, type TemporaryFolder, temporaryFolder } from '../support/sim.js';

const faults = suite<{ folder: TemporaryFolder }>('faults');

faults.before.each((context) => {
  context.folder = temporaryFolder();
});
faults.after.each(({ folder }) => folder.remove());

const LOAD_SECONDS = 30;

function scenarioWith(given: Readonly<Record<string, unknown>>): unknown {
  return {
    description: 'Many faults, one after the other.',
    clock: { start: '2024-10-01T00:00:00', speed: 86_400 / LOAD_SECONDS },
    articles: { perDay: 3000 },
    arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 40_000 }],
    consumers: 2,
    consumer: { sessionTimeoutMs: 6000 },
    ...given,
  };
}

interface Group {
  readonly faults: readonly z.input<typeof faultSchema>[];
  readonly [field: string]: unknown;
}

const GROUPS: Readonly<Record<string, Group>> = {
  consumers: {
    faults: [
      { kind: 'consumer-kill', at: { progress: 0.05 } },
      { kind: 'consumer-stop', at: { progress: 0.2 } },
      { kind: 'consumer-start', at: { progress: 0.35 } },
      { kind: 'consumer-slow', at: { progress: 0.5 }, forSeconds: 2 },
      { kind: 'consumer-pause', at: { progress: 0.6 }, forSeconds: 9 },
    ],
  },
  redis: {
    faults: [
      { kind: 'redis-kill', at: { progress: 0.05 } },
      { kind: 'redis-pause', at: { progress: 0.25 }, forSeconds: 2 },
      { kind: 'redis-full', at: { progress: 0.4 }, forSeconds: 2 },
      { kind: 'redis-flush', at: { progress: 0.55 } },
      { kind: 'redis-erase', at: { progress: 0.7 } },
    ],
    redis: { persistence: 'aof' },
  },
  links: {
    faults: [
      { kind: 'link-latency', during: { progress: [0.05, 0.12] }, forSeconds: 1 },
      { kind: 'link-bandwidth', during: { time: ['2024-10-01T05:00:00', '2024-10-01T07:00:00'] }, forSeconds: 1 },
      { kind: 'link-drop', at: { progress: 0.35 }, forSeconds: 2 },
      { kind: 'link-reset', target: 'link:all', at: { progress: 0.5 }, every: { minutes: 60, times: 2 } },
      { kind: 'lost-replies', at: { progress: 0.6 }, forSeconds: 2 },
      { kind: 'redis-failover', at: { progress: 0.75 }, lagSeconds: 1 },
      { kind: 'redis-full', at: { progress: 0.85 }, forSeconds: 1 },
      { kind: 'redis-kill', at: { progress: 0.92 }, forSeconds: 1 },
    ],
  },
  producers: {
    topics: { replicationFactor: 3, minInSyncReplicas: 2 },
    producer: { clients: 2 },
    faults: [
      { kind: 'producer-kill', at: { progress: 0.1 } },
      { kind: 'lone-leader-kill', at: { progress: 0.35 }, forSeconds: 2 },
      { kind: 'producer-kill', target: 'producer:all', at: { progress: 0.85 } },
    ],
  },
  brokers: {
    topics: { replicationFactor: 3, minInSyncReplicas: 2 },
    faults: [
      { kind: 'broker-kill', at: { progress: 0.05 }, forSeconds: 2 },
      // Not over when the next one's time comes.
      { kind: 'leader-move', at: { progress: 0.4 }, forSeconds: 6 },
      { kind: 'broker-pause', at: { progress: 0.5 }, forSeconds: 3 },
      { kind: 'broker-stop', at: { progress: 0.7 }, forSeconds: 1 },
      { kind: 'rolling-restart', at: { progress: 0.85 } },
    ],
  },
};

for (const [name, group] of Object.entries(GROUPS)) {
  faults(`of ${name} happen, are proven and are healed`, async ({ folder }) => {
    const file = join(folder.path, `${name}.json`);
    writeFileSync(file, JSON.stringify(scenarioWith(group)));
    const { exitCode, stdout, stderr } = await startSim(['run', file, '--reports', folder.path]).ended;
    assert.is(exitCode, 0, stdout + stderr);
    const results = latestRecord(folder.path, name).faults ?? [];
    assert.equal(
      results.map(({ kind, problem, receipt }) => [kind, problem, receipt?.proven]),
      group.faults.flatMap(({ kind, every }) =>
        Array.from({ length: every?.times ?? 1 }, () => [kind, undefined, true]),
      ),
    );
    for (const { injectedAtMs, healedAtMs } of results) {
      assert.ok((healedAtMs ?? 0) > (injectedAtMs ?? Number.POSITIVE_INFINITY));
    }
    // The topics can miss one Kafka node only.
    const told = [...stderr.matchAll(/^(fault|healed): /gm)].map(([, what]) => what);
    const inTurn = group.faults.flatMap(() => ['fault', 'healed']);
    if (name === 'brokers') assert.equal(told, inTurn, stderr);
  });
}

faults('of every kind are put to this test', () => {
  const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
  const tested = Object.values(GROUPS).flatMap((group) => group.faults.map(({ kind }) => kind));
  assert.equal([...new Set(tested)].sort(), kinds.sort());
});

faults.run();

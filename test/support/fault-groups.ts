// test/support/fault-groups.ts — Faults that are put to the test together, and the run that shows all of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { z } from 'zod';
import type { faultSchema } from '../../simulator/scenario/fault.js';
import { latestRecord, startSim } from './sim.js';

const LOAD_SECONDS = 30;

function scenarioWith(given: Readonly<Record<string, unknown>>): unknown {
  return {
    description: 'Many faults, one after the other.',
    clock: { start: '2024-10-01T00:00:00', speed: 86_400 / LOAD_SECONDS },
    articles: { perDay: 800 },
    arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 10_000 }],
    consumers: 2,
    consumer: { sessionTimeoutMs: 6000 },
    ...given,
  };
}

export interface FaultGroup {
  readonly faults: readonly z.input<typeof faultSchema>[];
  readonly [field: string]: unknown;
}

/** On one node of Kafka. */
export const SERVER_GROUPS: Readonly<Record<string, FaultGroup>> = {
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
};

/** On three nodes. */
export const CLUSTER_GROUPS: Readonly<Record<string, FaultGroup>> = {
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

/** @returns what standard error tells of faults, in order */
export async function expectProvenAndHealed(
  name: string,
  group: FaultGroup,
  folder: string,
): Promise<readonly string[]> {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(scenarioWith(group)));
  const { exitCode, stdout, stderr } = await startSim(['run', file, '--reports', folder]).ended;
  assert.is(exitCode, 0, stdout + stderr);
  const results = latestRecord(folder, name).faults ?? [];
  assert.equal(
    results.map(({ kind, problem, receipt }) => [kind, problem, receipt?.proven]),
    group.faults.flatMap(({ kind, every }) => Array.from({ length: every?.times ?? 1 }, () => [kind, undefined, true])),
  );
  for (const { injectedAtMs, healedAtMs } of results) {
    assert.ok((healedAtMs ?? 0) > (injectedAtMs ?? Number.POSITIVE_INFINITY));
  }
  return [...stderr.matchAll(/^(fault|healed): /gm)].map(([, what]) => what ?? '');
}

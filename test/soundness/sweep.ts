// test/soundness/sweep.ts — `npm run soundness`: every scenario, scaled down, under many seeds, without Kafka. The unmutated consumer must pass: whatever else is said is a false alarm.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { startLocalRedis } from '../../simulator/infra/redis/local-redis.js';
import { shardsOf, simulatedRun } from '../../simulator/simulate/simulated-run.js';
import { Results, reasonsOf, type SweptRun, tableOf } from './results.js';
import { scaledScenario, scenarioNames } from './scaled.js';

const DOCUMENT = 'docs/soundness.md';
/** While one waits for its Redis, another goes on. */
const RUNS_AT_ONCE = 4;
const MARK = '<!-- generated: results -->';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1..3' },
    scenarios: { type: 'string', default: '' },
    results: { type: 'string', default: 'reports/soundness.ndjson' },
    write: { type: 'boolean', default: false },
  },
});

const seeds = seedsOf(values.seeds);
const names = values.scenarios === '' ? scenarioNames() : values.scenarios.split(',');
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

const results = new Results(values.results);
const logs = mkdtempSync(join(tmpdir(), 'sim-soundness-'));
try {
  await using owned = await Owned.start(logs);
  // Seed by seed, so that a sweep that is cut short has seen every scenario.
  const waiting = seeds.flatMap((seed) => names.map((scenario) => ({ scenario, seed })));
  const left = waiting.filter((one) => !results.has(one)).reverse();
  await Promise.all(Array.from({ length: RUNS_AT_ONCE }, () => sweep(owned, left)));
} finally {
  rmSync(logs, { recursive: true, force: true });
}
await summarise();

/** One run after the other, on a Redis of its own. */
async function sweep(owned: Owned, left: Pick<SweptRun, 'scenario' | 'seed'>[]): Promise<void> {
  const { signal } = interrupted;
  const { connection } = await startLocalRedis({ nodes: 1, say: () => undefined, signal, owned });
  const redis = new Redis(connection.url);
  try {
    for (let next = left.pop(); next && !signal.aborted; next = left.pop()) {
      const run = await swept(redis, next.scenario, next.seed);
      results.add(run);
      if (run.outcome !== 'pass')
        console.log(`${run.outcome}  ${run.scenario} seed ${run.seed}: ${run.reasons.join('; ')}`);
    }
  } finally {
    redis.disconnect();
  }
}

async function swept(redis: Redis, name: string, seed: number): Promise<SweptRun> {
  try {
    const scenario = await scaledScenario(name, seed);
    const { verdict } = await simulatedRun({ scenario, redis, shards: shardsOf(seed) });
    return { scenario: name, seed, outcome: verdict.outcome, reasons: reasonsOf(verdict) };
  } catch (error) {
    return {
      scenario: name,
      seed,
      outcome: 'error',
      reasons: [error instanceof Error ? `${error.stack}` : `${error}`],
    };
  }
}

async function summarise(): Promise<void> {
  const rows = await Promise.all(
    names.map(async (name) => ({ scenario: await scaledScenario(name, 1), runs: results.of(name, seeds) })),
  );
  const table = tableOf(rows);
  console.log(table);
  if (values.write) {
    const [head = ''] = readFileSync(DOCUMENT, 'utf8').split(MARK);
    writeFileSync(DOCUMENT, `${head}${MARK}\nSeeds ${values.seeds}:\n\n${table}\n<!-- /generated: results -->\n`);
  }
  const runs = rows.flatMap((row) => row.runs);
  const isComplete = runs.length === seeds.length * names.length;
  if (!isComplete) console.log(`${runs.length} of ${seeds.length * names.length} runs; the same command goes on`);
  process.exitCode = isComplete && runs.every(({ outcome }) => outcome === 'pass' || outcome === 'unknown') ? 0 : 1;
}

function seedsOf(text: string): number[] {
  const [, from, to] = /^(\d+)(?:\.\.(\d+))?$/.exec(text) ?? [];
  const first = Number(from);
  const last = Number(to ?? from);
  if (!(first <= last)) throw new Error(`--seeds ${text}: expected one, such as 7, or a range, such as 1..200`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

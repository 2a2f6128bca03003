// test/mutants/kill-matrix.ts — `npm run mutants`: runs every planted bug against its scenario, and says whether the run found and named it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { findingNames } from '../../simulator/report/finding-names.js';
import { latestRecord } from '../support/sim.js';
import type { Mutant, Stage } from './mutant.js';
import { MUTANTS } from './mutants.js';
import { plant } from './planting.js';

const MATRIX = 'docs/kill-matrix.md';
const WRONG = 1;

interface Kill {
  readonly mutant: Mutant;
  readonly names: readonly string[];
  readonly isKilled: boolean;
  /** Stages that were to miss it, and caught it. */
  readonly surprises: readonly Stage[];
}

const parts = process.argv.slice(2);
const chosen = MUTANTS.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
const folder = mkdtempSync(join(tmpdir(), 'sim-mutants-'));
const env = { ...process.env, XDG_STATE_HOME: folder };
// An interrupted run fails, and what is up is stopped then.
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
  });
}
try {
  sim(process.cwd(), ['up']);
  const kills: Kill[] = [];
  for (const mutant of chosen) {
    kills.push(tried(mutant));
    await setImmediate();
    if (isInterrupted) throw new Error('interrupted');
  }
  const survivors = kills.filter(({ isKilled, surprises }) => !isKilled || surprises.length > 0);
  console.log(`${kills.length - survivors.length} of ${kills.length} as expected`);
  writeFileSync(MATRIX, render(new Map([...formerRows(), ...kills.map(rowOf)])));
  if (survivors.length > 0) process.exitCode = 1;
} finally {
  sim(process.cwd(), ['down']);
  rmSync(folder, { recursive: true, force: true });
}

function tried(mutant: Mutant): Kill {
  using planted = plant(mutant, folder);
  const { exitCode, names } = run(planted.root, mutant);
  const isKilled = exitCode === WRONG && names.includes(mutant.finding);
  console.log(`${isKilled ? 'killed  ' : 'SURVIVED'} ${mutant.name.padEnd(28)} ${textOf(mutant)}: ${names.join(', ')}`);
  const surprises = (mutant.missedBy ?? []).filter((stage) => run(planted.root, stage).exitCode !== 0);
  for (const stage of surprises)
    console.log(`         ${mutant.name}: caught by ${textOf(stage)}, which was to miss it`);
  return { mutant, names, isKilled, surprises };
}

function run(root: string, stage: Stage): { exitCode: number | null; names: readonly string[] } {
  const reports = join(folder, 'reports');
  rmSync(reports, { recursive: true, force: true });
  const settings = (stage.set ?? []).flatMap((one) => ['--set', one]);
  const exitCode = sim(root, ['run', `scenarios/${stage.scenario}.json`, '--reports', reports, ...settings]);
  const { verdict, diagnosis } = latestRecord(reports, stage.scenario);
  if (process.env.SIM_MUTANTS_SHOW === '1')
    console.log(readFileSync(join(reports, stage.scenario, 'latest/summary.md'), 'utf8'));
  return { exitCode, names: findingNames(verdict?.checks ?? [], diagnosis) };
}

function sim(root: string, args: readonly string[]): number | null {
  const { status } = spawnSync(process.execPath, [join(root, 'dist/simulator/cli.js'), ...args], {
    ...{ cwd: root, env },
    stdio: ['ignore', 'ignore', process.env.SIM_MUTANTS_SHOW === '1' ? 'inherit' : 'ignore'],
  });
  return status;
}

function textOf({ scenario, set = [] }: Stage): string {
  return [scenario, ...set.map((one) => `--set ${one}`)].join(' ');
}

/** By name. */
function rowOf({ mutant, names, isKilled }: Kill): [string, string] {
  const { name, does, finding, missedBy = [] } = mutant;
  const cells = [name, does, textOf(mutant), finding, isKilled ? names.join(', ') : '**survived**'];
  return [name, `| ${[...cells, missedBy.map(textOf).join('; ')].join(' | ')} |`];
}

/** Of bugs that are not run now. */
function formerRows(): [string, string][] {
  const text = existsSync(MATRIX) ? readFileSync(MATRIX, 'utf8') : '';
  return [...text.matchAll(/^\| (\S+) \|.*$/gm)].map(([row, name = '']) => [name, row]);
}

function render(rows: ReadonlyMap<string, string>): string {
  return [
    '# Planted bugs',
    '',
    'Written by `npm run mutants`, which plants each bug into a copy of the consumer and runs it on a real Kafka and Redis',
    'against the scenario that is meant for it. A bug is caught when the run ends with a wrong answer and names it. The last column',
    'has runs that do not put it to the test, and pass.',
    '',
    '| bug | what it does | scenario | to be named | what the run found | passes |',
    '|---|---|---|---|---|---|',
    ...MUTANTS.flatMap(({ name }) => rows.get(name) ?? []),
    '',
  ].join('\n');
}

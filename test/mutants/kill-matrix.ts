// test/mutants/kill-matrix.ts — `npm run mutants`: runs every planted bug against its scenario, and says whether the run found and named it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findingNames } from '../../simulator/report/finding-names.js';
import { latestRecord } from '../support/sim.js';
import { type Kill, Matrix, stageText } from './matrix.js';
import type { Mutant, Stage } from './mutant.js';
import { MUTANTS } from './mutants.js';
import { plant } from './planting.js';

const WRONG = 1;

const { values, positionals: parts } = parseArgs({ options: { missing: { type: 'boolean' } }, allowPositionals: true });
const matrix = Matrix.read();
const chosen = MUTANTS.filter(isChosen).filter((mutant) => !values.missing || !matrix.isDone(mutant));
const folder = mkdtempSync(join(tmpdir(), 'sim-mutants-'));
const env = { ...process.env, XDG_STATE_HOME: folder };
// An interrupted run fails, and the kept servers are then stopped.
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
    const kill = tried(mutant);
    kills.push(kill);
    // At once, so that what follows can be interrupted.
    matrix.write(kill);
    await setImmediate();
    if (isInterrupted) throw new Error('interrupted');
  }
  const survivors = kills.filter(({ isKilled, surprises }) => !isKilled || surprises.length > 0);
  console.log(`${kills.length - survivors.length} of ${kills.length} as expected`);
  if (survivors.length > 0) process.exitCode = 1;
} finally {
  sim(process.cwd(), ['down']);
  rmSync(folder, { recursive: true, force: true });
}

function tried(mutant: Mutant): Kill {
  using planted = plant(mutant, folder);
  let names: readonly string[] = [];
  let isKilled = false;
  let exitCode: number | null = null;
  let runs = 0;
  for (; !isKilled && runs < (mutant.tries ?? 1); runs += 1) {
    const ended = run(planted.root, mutant);
    ({ names, exitCode } = ended);
    isKilled = exitCode === WRONG && names.includes(mutant.finding);
  }
  // A run that did not get to its end says nothing of the bug.
  const found = isKilled ? names.join(', ') : `exit code ${exitCode}${names.map((name) => `, ${name}`).join('')}`;
  console.log(`${isKilled ? 'killed  ' : 'SURVIVED'} ${mutant.name.padEnd(28)} ${stageText(mutant)}: ${found}`);
  const surprises = (mutant.missedBy ?? []).filter((stage) => run(planted.root, stage).exitCode !== 0);
  for (const stage of surprises)
    console.log(`         ${mutant.name}: caught by ${stageText(stage)}, which was to miss it`);
  return { mutant, names, isKilled, runs, surprises };
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
  const { status } = spawnSync(process.execPath, [join(root, 'dist/simulator/cli/main.js'), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', process.env.SIM_MUTANTS_SHOW === '1' ? 'inherit' : 'ignore'],
  });
  return status;
}

/** By a part of its name; a whole name means only its own. */
function isChosen({ name }: Mutant): boolean {
  const whole = (part: string) => MUTANTS.some((mutant) => mutant.name === part);
  return parts.length === 0 || parts.some((part) => (whole(part) ? name === part : name.includes(part)));
}

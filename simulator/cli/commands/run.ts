// simulator/cli/commands/run.ts — `sim run`: a scenario file -> a run, its record, its reports, and the exit code.

import { isAbsolute, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { EXIT } from '../../errors.js';
import type { SutRecord } from '../../history/naming.js';
import { projectFile } from '../../infra/machine/project-file.js';
import { deviationsOf } from '../../judge/naming/known-deviations.js';
import { createRunFolder } from '../../record/run-folder.js';
import { RECORD_VERSION, type RunRecord } from '../../record/run-record.js';
import { SeriesWriter } from '../../record/series.js';
import { replayCommand } from '../../report/scenario-facts.js';
import { renderTerminal } from '../../report/terminal.js';
import { expectPossible } from '../../run/breakage.js';
import { describeMachine, simVersion } from '../../run/machine.js';
import { run } from '../../run/run.js';
import { loadMatrix } from '../../scenario/load.js';
import { folderOf } from '../../scenario/matrix.js';
import type { Scenario } from '../../scenario/schema.js';
import { fittedTo } from '../../sut/fit.js';
import { declaredBy, loadSut, type Sut } from '../../sut/load.js';
import type { Suts } from '../../sut/run-names.js';
import { asKnown, describeError } from '../describe-error.js';
import { createProgress, type Progress } from '../progress.js';
import { type ServerArguments, serversFrom } from '../servers.js';
import { writeReports } from '../write-reports.js';
import { runMatrix } from './run-matrix.js';

export interface RunArguments extends ServerArguments {
  readonly scenario: string;
  /** SUT file; without it the consumer that comes with sim is under test. */
  readonly sut?: string | undefined;
  readonly set: readonly string[];
  readonly reports: string;
  readonly keep: boolean;
  readonly hold: boolean;
  readonly signal: AbortSignal;
}

export async function runCommand(args: RunArguments): Promise<number> {
  const suts = await loadSuts(args.sut);
  const { scenario, settings } = await loadMatrix(args.scenario, args.set, suts.sut.scenario);
  if (settings.length === 0) return (await runOne(scenario, { ...args, suts })).record.exitCode;
  return runMatrix({
    ...{ scenario, settings, file: fileOf(args), infra: serversFrom(args, process.env), reports: args.reports },
    say: (line) => void process.stderr.write(`${line}\n`),
    run: (one, reports) => runOne(one.scenario, { ...args, suts, set: one.settings, reports }, folderOf(one.name)),
  });
}

async function loadSuts(file: string | undefined): Promise<Suts> {
  const shipped = (name: string) => loadSut(projectFile('suts', `${name}.json`));
  return {
    sut: await (file === undefined ? shipped('reference') : loadSut(file)),
    articleRead: await shipped('article-read'),
  };
}

async function runOne(
  planned: Scenario,
  args: RunArguments & { readonly suts: Suts },
  folderName = planned.name,
): Promise<{ readonly record: RunRecord; readonly dir: string }> {
  const infra = serversFrom(args, process.env);
  // A run that cannot be had leaves no record.
  const scenario = fittedTo(args.suts.sut, planned);
  expectPossible(scenario, infra, args.suts.sut);
  const folder = await createRunFolder(args.reports, folderName);
  const progress = createProgress(process.stderr);
  const series = new SeriesWriter(folder.dir);
  const startedAt = new Date();
  const subject = {
    scenario: scenarioOf(scenario, args),
    ...(args.sut === undefined ? {} : { sut: sutRecordOf(args.suts.sut, scenario) }),
  };
  const base = (): Omit<RunRecord, 'status' | 'exitCode' | 'days'> => ({
    recordVersion: RECORD_VERSION,
    simVersion: simVersion(),
    runId: folder.runId,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    ...subject,
    replay: replayCommand(subject),
    machine: describeMachine(),
  });
  let record: RunRecord;
  try {
    const result = await run({
      ...{ scenario, suts: args.suts, infra },
      runId: folder.runId,
      dir: folder.dir,
      logDir: folder.logDir,
      keep: args.keep,
      signal: args.signal,
      say: progress.say,
      stage: progress.stage,
      sample: (sample) => {
        series.write(sample);
        progress.sample(sample);
      },
      hold: args.hold ? (where) => hold(where, progress, args.signal) : undefined,
    });
    record = { ...base(), status: 'completed', ...result };
  } catch (error) {
    record = { ...base(), ...endOf(error, progress.reached()), days: [] };
    if (record.exitCode === EXIT.bug) progress.say(describeError(error).text);
  }
  progress.stop();
  // It is told whatever becomes of its files.
  process.stdout.write(renderTerminal(record, { color: process.stdout.isTTY === true }));
  await series.close().finally(() => writeReports(folder.dir, record));
  process.stdout.write(`\n  report  ${join(folder.dir, 'report.html')}\n  record  ${join(folder.dir, 'run.json')}\n`);
  // Only of topics that were read again can something be extracted, and be played where times may be given.
  if (record.diagnosis && args.suts.sut.clock !== 'wall') {
    process.stdout.write(
      `  keep    sim extract ${folder.dir} -o scenarios/${scenario.name.replaceAll(' ', '-')}-found.json\n`,
    );
  }
  return { record, dir: folder.dir };
}

function scenarioOf(scenario: Scenario, args: RunArguments): RunRecord['scenario'] {
  const { name, description, seed } = scenario;
  return { name, description, file: fileOf(args), seed, settings: args.set, resolved: scenario };
}

function sutRecordOf(sut: Sut, { rules }: Scenario): SutRecord {
  const { name, file, description } = sut;
  return { name, file, description, traits: deviationsOf(declaredBy(sut), rules.top)?.name.split(', ') ?? [] };
}

function fileOf({ scenario }: RunArguments): string {
  return isAbsolute(scenario) ? relative(process.cwd(), scenario) : scenario;
}

function endOf(thrown: unknown, reached: string): Pick<RunRecord, 'status' | 'exitCode' | 'error'> {
  const error = asKnown(thrown);
  const { exitCode } = describeError(error);
  const isInterrupted = exitCode === EXIT.interrupted;
  const message = isInterrupted ? reached : error instanceof Error ? error.message : String(error);
  const hint = (error as { hint?: string }).hint;
  return {
    status: isInterrupted ? 'interrupted' : 'failed',
    exitCode,
    error: { message, ...(hint === undefined ? {} : { hint }) },
  };
}

async function hold(
  where: { readonly redisUrl: string; readonly keyPrefix: string },
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  progress.say(
    `hold: the load is done; lists are at ${where.redisUrl}, keys ${where.keyPrefix}*; press Enter to check them`,
  );
  const lines = createInterface({ input: process.stdin });
  await new Promise<void>((resolve) => {
    lines.once('line', () => resolve());
    lines.once('close', () => resolve());
    signal.addEventListener('abort', () => resolve());
  });
  lines.close();
}

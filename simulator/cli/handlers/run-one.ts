// simulator/cli/handlers/run-one.ts — One run of a scenario, with its record and its reports.

import { join } from 'node:path';
import { calledAs, EXIT, shellWord } from '../../errors.js';
import type { InfraOptions } from '../../infra/infra.js';
import { asServerError } from '../../infra/server-errors.js';
import { createRunFolder, type RunFolder } from '../../record/run-folder.js';
import type { SutRecord } from '../../record/run-record.js';
import { RECORD_VERSION, type RunRecord } from '../../record/run-record.js';
import { SeriesWriter } from '../../record/series.js';
import { renderTerminal } from '../../report/print/terminal.js';
import { runDocument } from '../../report/run-document.js';
import { replayCommand } from '../../report/scenario-facts.js';
import { expectPossible } from '../../run/breakage.js';
import { describeMachine, simVersion } from '../../run/machine.js';
import type { RunOptions } from '../../run/options.js';
import { run } from '../../run/run.js';
import type { Scenario } from '../../scenario/schema.js';
import { fittedTo } from '../../sut/fit.js';
import { declaredBy, type Sut } from '../../sut/load.js';
import type { Suts } from '../../sut/run-names.js';
import { deviationNames } from '../../vocabulary/declared-deviations.js';
import { describeError } from '../describe-error.js';
import { createProgress, type RunProgress } from '../progress.js';
import { terminalOptions } from '../terminal.js';
import { writeReports } from '../write-reports.js';
import { holdBeforeCheck } from './hold.js';

export interface RunRequest {
  /** The scenario's file, as the record names it. */
  readonly file: string;
  readonly suts: Suts;
  /** Names the SUT as it was given; undefined: the one that comes with sim is meant. */
  readonly sutName: string | undefined;
  readonly infra: Pick<InfraOptions, 'kafka' | 'redis' | 'breakContainers'>;
  /** `path=value` patches that made the scenario. */
  readonly set: readonly string[];
  /** Folder that the run's own lies in. */
  readonly reports: string;
  readonly keep: boolean;
  readonly hold: boolean;
  readonly signal: AbortSignal;
}

export interface RecordedRun {
  readonly record: RunRecord;
  readonly dir: string;
}

/** @throws ScenarioError when these servers or this SUT cannot have the scenario; then there is no record */
export async function runOne(planned: Scenario, request: RunRequest, folderName = planned.name): Promise<RecordedRun> {
  const { sut } = request.suts;
  const scenario = fittedTo(sut, planned);
  expectPossible(scenario, request.infra, sut);
  const folder = await createRunFolder(request.reports, folderName);
  const progress = createProgress(process.stderr);
  const series = new SeriesWriter(folder.dir);
  const base = recordBase(scenario, request, folder);
  const record = await recordOf(base, progress, optionsOf(scenario, request, { folder, progress, series }));
  progress.stop();
  // The verdict is shown whatever becomes of the files.
  process.stdout.write(renderTerminal(runDocument(record), terminalOptions(process.stdout, process.env)));
  await series.close().finally(() => writeReports(folder.dir, record));
  process.stdout.write(placesText(record, folder.dir, sut));
  return { record, dir: folder.dir };
}

interface Outputs {
  readonly folder: RunFolder;
  readonly progress: RunProgress;
  readonly series: SeriesWriter;
}

function optionsOf(
  scenario: Scenario,
  { suts, infra, keep, hold, signal }: RunRequest,
  { folder, progress, series }: Outputs,
): RunOptions {
  return {
    scenario,
    suts,
    infra,
    runId: folder.runId,
    dir: folder.dir,
    logDir: folder.logDir,
    keep,
    signal,
    say: progress.say,
    stage: progress.stage,
    sample: (sample) => {
      series.write(sample);
      progress.sample(sample);
    },
    hold: hold ? (lists) => holdBeforeCheck(lists, { say: progress.say, signal }) : undefined,
  };
}

type Ending = 'status' | 'exitCode' | 'days' | 'finishedAt';
type RecordBase = Omit<RunRecord, Ending>;

function recordBase(scenario: Scenario, { file, set, suts, sutName }: RunRequest, { runId }: RunFolder): RecordBase {
  const { name, description, seed } = scenario;
  const subject = {
    scenario: { name, description, file, seed, settings: set, resolved: scenario },
    ...(sutName === undefined ? {} : { sut: sutRecordOf(suts.sut, sutName) }),
  };
  return {
    recordVersion: RECORD_VERSION,
    simVersion: simVersion(),
    runId,
    startedAt: new Date().toISOString(),
    ...subject,
    replay: replayCommand(subject, calledAs()),
    machine: describeMachine(),
  };
}

function sutRecordOf(sut: Sut, file: string): SutRecord {
  const { name, description } = sut;
  return { name, file, description, traits: deviationNames(declaredBy(sut)) };
}

async function recordOf(base: RecordBase, progress: RunProgress, options: RunOptions): Promise<RunRecord> {
  try {
    const result = await run(options);
    expectNoEscape(options.signal);
    return { ...base, finishedAt: new Date().toISOString(), status: 'completed', ...result };
  } catch (thrown) {
    const error = asServerError(escapedOf(options.signal) ?? thrown);
    const ending = endingOf(error, progress.reached());
    if (ending.exitCode === EXIT.bug) progress.say(describeError(error).text);
    return { ...base, finishedAt: new Date().toISOString(), ...ending, days: [] };
  }
}

/** An error that no code caught has aborted the run, which cleaned up and failed for that alone. */
function escapedOf({ aborted, reason }: AbortSignal): unknown {
  return aborted && describeError(reason).exitCode !== EXIT.interrupted ? reason : undefined;
}

function expectNoEscape(signal: AbortSignal): void {
  const escaped = escapedOf(signal);
  if (escaped !== undefined) throw escaped;
}

function endingOf(thrown: unknown, reached: string): Pick<RunRecord, 'status' | 'exitCode' | 'error'> {
  const { exitCode, message, hint } = describeError(thrown);
  if (exitCode === EXIT.interrupted) return { status: 'interrupted', exitCode, error: { message: reached } };
  return { status: 'failed', exitCode, error: { message, ...(hint === undefined ? {} : { hint }) } };
}

function placesText(record: RunRecord, dir: string, sut: Sut): string {
  const places = `\n  report  ${join(dir, 'report.html')}\n  record  ${join(dir, 'run.json')}\n`;
  // Events can be extracted only from topics that were read again, and played only where their times may be given.
  if (!record.diagnosis || sut.clock === 'wall') return places;
  const found = `scenarios/${record.scenario.name.replaceAll(' ', '-')}-found.json`;
  return `${places}  keep    ${calledAs()} extract ${shellWord(dir)} -o ${shellWord(found)}\n`;
}

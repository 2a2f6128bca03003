// simulator/cli/handlers/run-matrix.ts — `sim run` of a scenario with a matrix: its settings one after the other, and one table of all.
import { rmdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { EXIT } from '../../errors.js';
import type { InfraOptions } from '../../infra/infra.js';
import { type MatrixRecord, type MatrixRow, writeMatrix } from '../../record/matrix-record.js';
import { createRunFolder } from '../../record/run-folder.js';
import type { RunRecord } from '../../record/run-record.js';
import { conclusionOf, sentenceOf } from '../../report/conclusion.js';
import { matrixDocument } from '../../report/matrix-document.js';
import { renderTerminal } from '../../report/print/terminal.js';
import { expectedVerdict } from '../../report/scenario-facts.js';
import { expectPossible } from '../../run/breakage.js';
import { simVersion } from '../../run/machine.js';
import type { Setting } from '../../scenario/load.js';
import type { Scenario } from '../../scenario/schema.js';
import { terminalOptions } from '../terminal.js';
import { renderMatrix } from '../write-reports.js';

export interface MatrixOptions {
  readonly scenario: Scenario;
  readonly file: string;
  /** The command that runs all of it again. */
  readonly replay: string;
  readonly settings: readonly Setting[];
  readonly infra: Pick<InfraOptions, 'kafka' | 'redis' | 'breakContainers'>;
  readonly reports: string;
  readonly say: (line: string) => void;
  /** Runs one setting; its folder lies in `reports`. */
  readonly run: (setting: Setting, reports: string) => Promise<{ readonly record: RunRecord; readonly dir: string }>;
}

/** The matrix ends with the exit code of the run that stands first here. */
const WORST_FIRST: readonly number[] = [
  EXIT.interrupted,
  EXIT.bug,
  EXIT.infrastructure,
  EXIT.usage,
  EXIT.fail,
  EXIT.unknown,
  EXIT.threshold,
  EXIT.pass,
];

/** @throws ScenarioError before anything is started, when a setting cannot be had with these servers */
export async function runMatrix(options: MatrixOptions): Promise<number> {
  const { scenario, settings } = options;
  for (const setting of settings) expectPossible(setting.scenario, options.infra);
  const folder = await createRunFolder(options.reports, scenario.name);
  // Each run has a folder of logs of its own.
  await rmdir(folder.logDir);
  const startedAt = new Date().toISOString();
  const rows: MatrixRow[] = [];
  let matrix: MatrixRecord | undefined;
  for (const [index, setting] of settings.entries()) {
    options.say(`\nsetting ${index + 1} of ${settings.length}: ${setting.name}`);
    const { record, dir } = await options.run(setting, folder.dir);
    rows.push(rowOf(setting, record, relative(folder.dir, dir)));
    matrix = {
      matrixVersion: 1,
      simVersion: simVersion(),
      runId: folder.runId,
      startedAt,
      finishedAt: new Date().toISOString(),
      scenario: { name: scenario.name, description: scenario.description, file: options.file },
      replay: options.replay,
      exitCode: worst(rows),
      planned: settings.length,
      rows,
    };
    // Written after each run, so that an interrupted study leaves what it has.
    await writeMatrix(folder.dir, matrix);
    await renderMatrix(folder.dir, matrix);
    if (record.exitCode === EXIT.interrupted) break;
  }
  if (!matrix) return EXIT.usage;
  const shown = renderTerminal(matrixDocument(matrix, 'report.html'), terminalOptions(process.stdout, process.env));
  process.stdout.write(`\n${shown}\n  report  ${join(folder.dir, 'report.html')}\n`);
  return matrix.exitCode;
}

function rowOf(setting: Setting, record: RunRecord, folder: string): MatrixRow {
  const { load, log, latency, verdict, exitCode } = record;
  return {
    name: setting.name,
    settings: [...setting.settings],
    folder,
    exitCode,
    expected: expectedVerdict(record),
    outcome: verdict?.outcome ?? null,
    sentence: sentenceOf(conclusionOf(record)),
    sends: load ? { planned: load.plannedEvents, acked: load.ok, failed: load.fail, unknown: load.info } : null,
    log: log ? { ...log } : null,
    send: latency?.send ? { p50: latency.send.p50, p99: latency.send.p99 } : null,
  };
}

function worst(rows: readonly MatrixRow[]): number {
  return WORST_FIRST.find((code) => rows.some(({ exitCode }) => exitCode === code)) ?? EXIT.bug;
}

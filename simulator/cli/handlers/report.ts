// simulator/cli/handlers/report.ts — `sim report`: renders a recorded run again.

import { join } from 'node:path';
import { EXIT, InfraError, RecordError } from '../../errors.js';
import { readRecord } from '../../record/files.js';
import { readMatrix } from '../../record/matrix-record.js';
import { matrixDocument } from '../../report/matrix-document.js';
import { renderTerminal } from '../../report/print/terminal.js';
import { runDocument } from '../../report/run-document.js';
import { terminalOptions } from '../terminal.js';
import { renderMatrix, renderReports } from '../write-reports.js';

/** @returns the exit code that the run ended with, as `sim check` does */
export async function report(dir: string): Promise<number> {
  const matrix = await readMatrix(dir);
  if (matrix) {
    await renderMatrix(dir, matrix).catch(withOwnHint);
    const options = terminalOptions(process.stdout, process.env);
    process.stdout.write(
      `${renderTerminal(matrixDocument(matrix, 'report.html'), options)}\n  report  ${join(dir, 'report.html')}\n`,
    );
    return matrix.exitCode;
  }
  const record = await readRecord(dir);
  await renderReports(dir, record).catch(withOwnHint);
  process.stdout.write(renderTerminal(runDocument(record), terminalOptions(process.stdout, process.env)));
  process.stdout.write(`\n  report  ${join(dir, 'report.html')}\n`);
  return record.exitCode;
}

/** The folder is given here, and no other can be named. */
function withOwnHint(error: unknown): never {
  if (!(error instanceof RecordError) || error.exitCode !== EXIT.infrastructure) throw error;
  throw new InfraError(error.message, {
    hint: 'copy the folder to where you may write, and where there is room',
    cause: error,
  });
}

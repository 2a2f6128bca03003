// simulator/cli/handlers/report.ts — `sim report`: renders a recorded run again.

import { join } from 'node:path';
import { readRecord } from '../../record/files.js';
import { readMatrix } from '../../record/matrix-record.js';
import { matrixDocument } from '../../report/matrix-document.js';
import { renderTerminal } from '../../report/print/terminal.js';
import { runDocument } from '../../report/run-document.js';
import { hasColor } from '../terminal.js';
import { renderMatrix, renderReports } from '../write-reports.js';

/** @returns the exit code that the run ended with, as `sim check` does */
export async function report(dir: string): Promise<number> {
  const matrix = await readMatrix(dir);
  if (matrix) {
    await renderMatrix(dir, matrix);
    const options = { color: hasColor(process.stdout, process.env) };
    process.stdout.write(
      `${renderTerminal(matrixDocument(matrix, 'report.html'), options)}\n  report  ${join(dir, 'report.html')}\n`,
    );
    return matrix.exitCode;
  }
  const record = await readRecord(dir);
  await renderReports(dir, record);
  process.stdout.write(renderTerminal(runDocument(record), { color: hasColor(process.stdout, process.env) }));
  process.stdout.write(`\n  report  ${join(dir, 'report.html')}\n`);
  return record.exitCode;
}

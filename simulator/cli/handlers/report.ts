// simulator/cli/handlers/report.ts — `sim report`: renders a recorded run again.

import { join } from 'node:path';
import { EXIT } from '../../errors.js';
import { readRecord } from '../../record/files.js';
import { readMatrix } from '../../record/matrix-record.js';
import { renderMatrixTerminal } from '../../report/matrix.js';
import { renderTerminal } from '../../report/terminal.js';
import { hasColor } from '../terminal.js';
import { renderMatrix, renderReports } from '../write-reports.js';

export async function report(dir: string): Promise<number> {
  const matrix = await readMatrix(dir);
  if (matrix) {
    await renderMatrix(dir, matrix);
    process.stdout.write(`${renderMatrixTerminal(matrix)}\n  report  ${join(dir, 'report.html')}\n`);
    return EXIT.pass;
  }
  const record = await readRecord(dir);
  await renderReports(dir, record);
  process.stdout.write(renderTerminal(record, { color: hasColor(process.stdout, process.env) }));
  process.stdout.write(`\n  report  ${join(dir, 'report.html')}\n`);
  return EXIT.pass;
}

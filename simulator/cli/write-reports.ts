// simulator/cli/write-reports.ts — A record -> every report in its folder.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { histogramLog, writeRecord, writeWhole } from '../record/files.js';
import type { MatrixRecord } from '../record/matrix-record.js';
import type { RunRecord } from '../record/run-record.js';
import { readSeries } from '../record/series.js';
import { type ReportAssets, renderHtml } from '../report/html.js';
import { renderJunit } from '../report/junit.js';
import { renderMatrixHtml, renderMatrixMarkdown } from '../report/matrix.js';
import { renderSummary } from '../report/summary.js';

/** Writes run.json first: whatever fails after it can be rendered again. */
export async function writeReports(dir: string, record: RunRecord): Promise<void> {
  await writeRecord(dir, record);
  await renderReports(dir, record);
}

export async function renderReports(dir: string, record: RunRecord): Promise<void> {
  const series = await readSeries(dir);
  await writeWhole(join(dir, 'histograms.hlog'), histogramLog(record));
  await writeWhole(join(dir, 'summary.md'), renderSummary(record));
  await writeWhole(join(dir, 'junit.xml'), renderJunit(record));
  await writeWhole(join(dir, 'report.html'), renderHtml(record, series, await loadAssets()));
}

export async function renderMatrix(dir: string, matrix: MatrixRecord): Promise<void> {
  const { style } = await loadAssets();
  await writeWhole(join(dir, 'matrix.md'), renderMatrixMarkdown(matrix));
  await writeWhole(join(dir, 'report.html'), renderMatrixHtml(matrix, style));
}

export async function loadAssets(): Promise<ReportAssets> {
  const require = createRequire(import.meta.url);
  const own = (name: string) => readFile(new URL(`../report/browser/${name}`, import.meta.url), 'utf8');
  const [chartScript, chartStyle, script, style] = await Promise.all([
    readFile(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8'),
    readFile(require.resolve('uplot/dist/uPlot.min.css'), 'utf8'),
    own('report.mjs'),
    own('report.css'),
  ]);
  return { chartScript, chartStyle, script, style };
}

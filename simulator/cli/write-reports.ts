// simulator/cli/write-reports.ts — A record -> every report in its folder.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { histogramLog, writeRecord, writeWhole } from '../record/files.js';
import type { MatrixRecord } from '../record/matrix-record.js';
import type { RunRecord } from '../record/run-record.js';
import { readSeries } from '../record/series.js';
import { matrixDocument } from '../report/matrix-document.js';
import { type ReportAssets, renderHtml } from '../report/print/html.js';
import { renderJunit } from '../report/print/junit.js';
import { renderMarkdown } from '../report/print/markdown.js';
import { runDocument } from '../report/run-document.js';

/** Writes run.json first, so that reports which fail can be rendered again. */
export async function writeReports(dir: string, record: RunRecord): Promise<void> {
  await writeRecord(dir, record);
  await renderReports(dir, record);
}

export async function renderReports(dir: string, record: RunRecord): Promise<void> {
  const report = runDocument(record, await readSeries(dir));
  await writeWhole(join(dir, 'histograms.hlog'), histogramLog(record));
  await writeWhole(join(dir, 'summary.md'), renderMarkdown(report));
  await writeWhole(join(dir, 'junit.xml'), renderJunit(record));
  await writeWhole(join(dir, 'report.html'), renderHtml(report, await loadAssets()));
}

export async function renderMatrix(dir: string, matrix: MatrixRecord): Promise<void> {
  await writeWhole(join(dir, 'matrix.md'), renderMarkdown(matrixDocument(matrix, 'summary.md')));
  await writeWhole(join(dir, 'report.html'), renderHtml(matrixDocument(matrix, 'report.html'), await loadAssets()));
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

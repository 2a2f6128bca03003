// test/simulator/report/printed.ts — A record as each printer shows it.
import type { RunRecord } from '../../../simulator/record/run-record.js';
import type { Sample } from '../../../simulator/record/sample.js';
import { type ReportAssets, renderHtml } from '../../../simulator/report/print/html.js';
import { renderMarkdown } from '../../../simulator/report/print/markdown.js';
import { renderTerminal, type TerminalOptions } from '../../../simulator/report/print/terminal.js';
import { runDocument } from '../../../simulator/report/run-document.js';

export const NO_ASSETS: ReportAssets = { chartScript: '', chartStyle: '', script: '', style: '' };

export function htmlOf(record: RunRecord, series: readonly Sample[] = [], assets = NO_ASSETS): string {
  return renderHtml(runDocument(record, series), assets);
}

export function summaryOf(record: RunRecord): string {
  return renderMarkdown(runDocument(record));
}

export function terminalOf(record: RunRecord, options: Partial<TerminalOptions> = {}): string {
  return renderTerminal(runDocument(record), { ...options, color: options.color ?? false });
}

// simulator/report/summary.ts — summary.md, for a CI job's page: verdict first.
import type { RunRecord } from '../record/run-record.js';
import { conclusionOf, replayCommand } from './conclusion.js';
import { count, duration, rate } from './format.js';

export function renderSummary(record: RunRecord): string {
  const { word, sentence } = conclusionOf(record);
  const sections = [
    `## ${word}: ${escapeCell(record.scenario.name)}`,
    escapeCell(sentence),
    numbers(record),
    checks(record),
    thresholds(record),
    ...record.days.map((day) => dayTable(record, day)),
    `Seed ${record.scenario.seed}, run \`${record.runId}\`. Again: \`${replayCommand(record)}\``,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => escapeCell(String(cell))).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n');
}

function numbers({ load, latency = {} }: RunRecord): string {
  if (!load) return '';
  const rows: [string, string][] = [
    ['acknowledged', `${count(load.ok)} of ${count(load.plannedEvents)} events`],
    ['failed, unknown', `${count(load.fail)}, ${count(load.info)}`],
    ['throughput', rate(load.eventsPerSecond)],
    ['load, drain', `${duration(load.loadMs)}, ${load.drainMs === null ? 'never' : duration(load.drainMs)}`],
  ];
  for (const [name, { p50, p99, max }] of Object.entries(latency)) {
    rows.push([`${name} p50, p99, max`, `${duration(p50)}, ${duration(p99)}, ${duration(max)}`]);
  }
  return table(['', ''], rows);
}

function checks({ verdict }: RunRecord): string {
  const rows = (verdict?.checks ?? []).map(({ check, outcome, seen, reason, findings }) => [
    check,
    outcome,
    seen,
    reason ??
      findings
        .slice(0, 5)
        .map((finding) => finding.message)
        .join('; '),
  ]);
  return table(['check', 'outcome', 'looked at', 'found'], rows);
}

function thresholds({ verdict }: RunRecord): string {
  const rows = (verdict?.thresholds ?? []).map(({ threshold, ok, actual, unit }) => [
    threshold,
    ok ? 'met' : 'missed',
    actual === null ? 'not measured' : `${actual.toPrecision(4)} ${unit}`,
  ]);
  return table(['threshold', '', 'measured'], rows);
}

function dayTable(record: RunRecord, day: RunRecord['days'][number]): string {
  const rows = Array.from({ length: Math.max(day.found.length, day.expected.length) }, (_, index) => {
    const found = day.found[index];
    const expected = day.expected[index];
    return [
      index + 1,
      found?.articleId ?? '',
      found?.score ?? '',
      expected?.articleId ?? '',
      expected?.score ?? '',
      found?.articleId === expected?.articleId && found?.score === expected?.score ? '' : 'wrong',
    ];
  });
  const body = table(['rank', 'found', 'score', 'expected', 'score', ''], rows);
  return body && `### Top ${record.days.length > 0 ? rows.length : ''} of ${day.day}\n\n${body}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', '<br>');
}

// simulator/report/sections/latencies.ts — How long sending, applying and the whole way took.
import type { LatencyName, LatencySummary } from '../../record/load-record.js';
import type { RunRecord } from '../../record/run-record.js';
import { LATENCY_LABELS, percentileChart } from '../charts.js';
import { type Column, numbers, type Section, table } from '../document.js';
import { count, duration } from '../format.js';
import { LATENCY_NAMES } from '../percentile-curve.js';

const COLUMNS: readonly Column[] = [
  { name: 'Latency' },
  { name: 'Values', kind: 'number', media: ['page'] },
  { name: 'Min', kind: 'number', media: ['page'] },
  { name: 'Mean', kind: 'number', media: ['page'] },
  ...numbers('p50'),
  { name: 'p90', kind: 'number', media: ['page'] },
  ...numbers('p99', 'p99.9', 'Max'),
  { name: 'From – to' },
];

export function latenciesSection(record: RunRecord): Section {
  const { latency = {} } = record;
  const caption = 'Measured from the intended time, so a stalled system cannot hide behind fewer measurements';
  const rows = LATENCY_NAMES.map((name) => latencyRow(name, latency[name]));
  const isMeasured = LATENCY_NAMES.some((name) => latency[name] !== undefined);
  return {
    id: 'latency',
    title: 'Latency',
    blocks: [
      { kind: 'charts', charts: [percentileChart(record)], media: ['page'] },
      ...(isMeasured ? [table(caption, COLUMNS, rows)] : []),
    ],
  };
}

function latencyRow(name: LatencyName, summary: LatencySummary | undefined): string[] {
  const { label, meaning, needsChannel } = LATENCY_LABELS[name];
  const missing = needsChannel ? 'not measured: no consumer channel' : 'not measured';
  if (!summary) return [label, ...Array.from({ length: COLUMNS.length - 2 }, () => '–'), `${meaning} (${missing})`];
  const { min, mean, p50, p90, p99, p999, max } = summary;
  return [label, count(summary.count), ...[min, mean, p50, p90, p99, p999, max].map(duration), meaning];
}

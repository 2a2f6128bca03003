// simulator/report/sections/speed.ts — The load over time: charts, and figures of each phase.
import type { LatencyName, LatencySummary, PhaseResult } from '../../record/load-record.js';
import type { RunRecord } from '../../record/run-record.js';
import type { Sample } from '../../record/sample.js';
import { timeCharts } from '../charts.js';
import { absent, type Block, numbers, only, type Row, type Section, table } from '../document.js';
import { count, duration, rate } from '../format.js';
import { type PhaseRow, phasesOf } from '../timeline.js';

export function speedSection(record: RunRecord, series: readonly Sample[]): Section {
  const charts: Block[] =
    series.length === 0
      ? [absent('No sample was taken, or series.ndjson is missing.')]
      : [{ kind: 'charts', charts: timeCharts(record, series), media: ['page'] }, sampledPhases(record, series)];
  return { id: 'speed', title: 'Over time', blocks: [...charts, ...measuredPhases(record)] };
}

function sampledPhases({ load, phases = [] }: RunRecord, series: readonly Sample[]): Block {
  const resultOf = new Map(phases.map((phase) => [phase.name, phase]));
  return only(
    ['page'],
    table(
      'By phase. Rates are means of the phase. Latencies of the whole load leave warm-ups out.',
      [
        'Phase',
        ...numbers('From – to', 'Sent', 'Acknowledged', 'Consumed', 'Lag, at most', 'Send p99', 'End to end p99'),
      ],
      phasesOf(series, load).map((row) => sampledRow(row, resultOf.get(row.phase))),
    ),
  );
}

function sampledRow(phase: PhaseRow, result: PhaseResult | undefined): Row {
  return {
    cells: [
      phaseName(phase.phase, result?.warmUp ?? false),
      `${duration(phase.fromMs)} – ${duration(phase.toMs)}`,
      perSecond(phase.sent, phase),
      perSecond(phase.acked, phase),
      perSecond(phase.consumed, phase),
      phase.lagMax === null ? '–' : count(phase.lagMax),
      p99(result?.latency, 'send'),
      p99(result?.latency, 'endToEnd'),
    ],
  };
}

/** With one phase, its figures are those of the whole load. */
function measuredPhases({ phases = [] }: RunRecord): Block[] {
  if (phases.length < 2) return [];
  const rows = phases.map(({ name, warmUp, acked, eventsPerSecond, latency }) => [
    phaseName(name, warmUp),
    count(acked),
    eventsPerSecond === null ? '–' : rate(eventsPerSecond),
    p99(latency, 'send'),
    p99(latency, 'endToEnd'),
  ]);
  const columns = ['Phase', ...numbers('Acknowledged', 'Rate', 'Send p99', 'End to end p99')];
  return [only(['summary', 'terminal'], table('by phase', columns, rows))];
}

function phaseName(name: string, warmUp: boolean): string {
  return warmUp ? `${name} (warm-up)` : name;
}

function perSecond(events: number | null, { fromMs, toMs }: PhaseRow): string {
  return events === null || toMs <= fromMs ? '–' : rate((events * 1000) / (toMs - fromMs));
}

function p99(latencies: Partial<Record<LatencyName, LatencySummary>> | undefined, name: LatencyName): string {
  const latency = latencies?.[name];
  return latency ? duration(latency.p99) : '–';
}

// simulator/report/charts.ts — The line charts of the page, as data for its script.
import type { LatencyName } from '../record/load-record.js';
import type { RunRecord } from '../record/run-record.js';
import type { Sample } from '../record/sample.js';
import type { Chart, Line } from './chart.js';
import type { ChartPlace } from './document.js';
import { percentileCurves } from './percentile-curve.js';
import { phasesOf, ratesOf, usableSamples } from './timeline.js';

type TimeAxis = Pick<Chart, 'x' | 'xUnit' | 'marks'>;

const TITLES = { throughput: 'Throughput', lag: 'Lag', send: 'Send latency' };

export function timeCharts({ load, faults = [] }: RunRecord, series: readonly Sample[]): ChartPlace[] {
  const samples = usableSamples(series);
  if (samples.length < 2) {
    const absent = samples.length === 0 ? 'Nothing was sampled.' : 'One sample only: too short a run for a line.';
    return Object.values(TITLES).map((title) => ({ title, absent }));
  }
  const axis: TimeAxis = {
    x: samples.map((sample) => sample.atMs / 1000),
    xUnit: 'seconds',
    marks: [...phaseMarks(load, series), ...faultMarks(faults)],
  };
  return [throughputChart(samples, axis), lagChart(samples, axis), sendChart(samples, axis)];
}

function throughputChart(samples: readonly Sample[], axis: TimeAxis): Chart {
  const consumed = ratesOf(samples, 'consumed');
  const hasConsumed = consumed.some((value) => value !== null);
  const line: Line = { label: 'consumed', values: consumed, colour: 3 };
  return {
    ...axis,
    id: 'throughput',
    title: TITLES.throughput,
    note: `events per second; due is what the plan asks for${hasConsumed ? '' : '; consumed is not shown: no consumer channel'}`,
    yUnit: 'events/s',
    lines: [
      { label: 'acknowledged', values: ratesOf(samples, 'acked'), colour: 1, isFilled: true },
      { label: 'sent', values: ratesOf(samples, 'sent'), colour: 2 },
      ...(hasConsumed ? [line] : []),
      { label: 'due', values: ratesOf(samples, 'due'), colour: 4, isDashed: true },
    ],
  };
}

function lagChart(samples: readonly Sample[], axis: TimeAxis): ChartPlace {
  const title = TITLES.lag;
  const lag = samples.map((sample) => sample.lag);
  if (lag.every((value) => value === null)) return { title, absent: 'The lag could not be read in this run.' };
  return {
    ...axis,
    id: 'lag',
    title,
    note: 'records between the group’s offsets and the end of the topics',
    yUnit: 'records',
    lines: [{ label: 'lag', values: lag, colour: 3, isFilled: true }],
  };
}

function sendChart(samples: readonly Sample[], axis: TimeAxis): ChartPlace {
  const title = TITLES.send;
  const p99 = samples.map((sample) => sample.sendP99Ms);
  if (p99.every((value) => value === null)) {
    return { title, absent: 'Nothing was acknowledged, so there is no latency to show.' };
  }
  return {
    ...axis,
    id: 'send',
    title,
    note: 'intended send to acknowledgement, by sample',
    yUnit: 'ms',
    lines: [
      { label: 'p99', values: p99, colour: 2 },
      { label: 'p50', values: samples.map((sample) => sample.sendP50Ms), colour: 1 },
    ],
  };
}

/** Where a phase begins, and where the load ends. */
function phaseMarks(load: RunRecord['load'], series: readonly Sample[]): Chart['marks'] {
  const phases = phasesOf(series, undefined).map(({ phase, fromMs }) => ({ x: fromMs / 1000, label: phase }));
  return [...(phases.length > 1 ? phases : []), ...(load ? [{ x: load.loadMs / 1000, label: 'drain' }] : [])];
}

function faultMarks(faults: NonNullable<RunRecord['faults']>): Chart['marks'] {
  return faults.flatMap(({ kind, injectedAtMs }) =>
    injectedAtMs === null ? [] : [{ x: injectedAtMs / 1000, label: kind }],
  );
}

interface LatencyLabel {
  readonly label: string;
  readonly meaning: string;
  readonly colour: Line['colour'];
  /** Only a consumer that shows its progress can be measured. */
  readonly needsChannel: boolean;
}

export const LATENCY_LABELS: Readonly<Record<LatencyName, LatencyLabel>> = {
  sendDelay: {
    label: 'send delay',
    meaning: 'intended to actual send: the generator’s own lateness',
    colour: 4,
    needsChannel: false,
  },
  send: { label: 'send', meaning: 'intended send to acknowledgement', colour: 2, needsChannel: false },
  endToEnd: { label: 'end to end', meaning: 'intended send to Redis', colour: 1, needsChannel: true },
  apply: { label: 'apply', meaning: 'one script call in Redis', colour: 3, needsChannel: true },
};

export function percentileChart({ latency }: RunRecord): ChartPlace {
  const title = 'Latency by percentile';
  const { nines, curves, unreadable } = percentileCurves(latency);
  const broken = unreadable.map((name) => LATENCY_LABELS[name].label).join(', ');
  if (curves.length === 0) {
    return { title, absent: broken === '' ? 'No latency was measured.' : `The histograms cannot be read: ${broken}.` };
  }
  return {
    id: 'percentiles',
    title,
    note: broken === '' ? 'both axes logarithmic, so the tail has room' : `histograms that cannot be read: ${broken}`,
    x: nines,
    xUnit: 'nines',
    yUnit: 'ms',
    isLogarithmic: true,
    marks: [],
    lines: curves.map(({ name, values }) => {
      const { label, colour } = LATENCY_LABELS[name];
      return name === 'sendDelay' ? { label, values, colour, isDashed: true } : { label, values, colour };
    }),
  };
}

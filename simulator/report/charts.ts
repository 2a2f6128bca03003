// simulator/report/charts.ts — The line charts of report.html: their data for the page's script, and their places in the page.
import type { RunRecord } from '../record/run-record.js';
import type { Sample } from '../record/sample.js';
import { LATENCY_LABELS } from './load-tables.js';
import { html, type Markup } from './markup.js';
import { percentileCurves } from './percentile-curve.js';
import { type Column, phasesOf, ratesOf, usableSamples } from './timeline.js';

interface Line {
  readonly label: string;
  readonly values: Column;
  /** Which of the page's line colours. */
  readonly colour: 1 | 2 | 3 | 4;
  readonly isDashed?: boolean;
  readonly isFilled?: boolean;
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly x: readonly number[];
  readonly xUnit: 'seconds' | 'nines';
  readonly yUnit: 'events/s' | 'records' | 'ms';
  readonly isLogarithmic?: boolean;
  readonly lines: readonly Line[];
  readonly marks: readonly { readonly x: number; readonly label: string }[];
}

/** A chart, or why there is none. */
type Place = Chart | { readonly title: string; readonly absent: string };

export function chartsOf(record: RunRecord, series: readonly Sample[]): Place[] {
  return [...timeCharts(record, series), percentileChart(record)];
}

function timeCharts({ load, faults = [] }: RunRecord, series: readonly Sample[]): Place[] {
  const samples = usableSamples(series);
  const places = { throughput: 'Throughput', lag: 'Lag', send: 'Send latency' };
  if (samples.length < 2) {
    const absent = samples.length === 0 ? 'Nothing was sampled.' : 'One sample only: too short a run for a line.';
    return Object.values(places).map((title) => ({ title, absent }));
  }
  const time = {
    x: samples.map((sample) => sample.atMs / 1000),
    xUnit: 'seconds',
    marks: [...marksOf(load, series), ...faultMarks(faults)],
  } as const;
  const consumed = ratesOf(samples, 'consumed');
  const hasConsumed = consumed.some((value) => value !== null);
  const lag = samples.map((sample) => sample.lag);
  const latency = { p50: samples.map((sample) => sample.sendP50Ms), p99: samples.map((sample) => sample.sendP99Ms) };
  return [
    {
      id: 'throughput',
      title: places.throughput,
      note: hasConsumed
        ? 'events per second; due is what the plan asks for'
        : 'events per second; consumed is not shown: no consumer channel',
      ...time,
      yUnit: 'events/s',
      lines: [
        { label: 'acknowledged', values: ratesOf(samples, 'acked'), colour: 1, isFilled: true },
        { label: 'sent', values: ratesOf(samples, 'sent'), colour: 2 },
        ...(hasConsumed ? [{ label: 'consumed', values: consumed, colour: 3 } as const] : []),
        { label: 'due', values: ratesOf(samples, 'due'), colour: 4, isDashed: true },
      ],
    },
    lag.every((value) => value === null)
      ? { title: places.lag, absent: 'The lag could not be read in this run.' }
      : {
          id: 'lag',
          title: places.lag,
          note: 'records between the group’s offsets and the end of the topics',
          ...time,
          yUnit: 'records',
          lines: [{ label: 'lag', values: lag, colour: 3, isFilled: true }],
        },
    latency.p99.every((value) => value === null)
      ? { title: places.send, absent: 'Nothing was acknowledged, so there is no latency to show.' }
      : {
          id: 'send',
          title: places.send,
          note: 'intended send to acknowledgement, by sample',
          ...time,
          yUnit: 'ms',
          lines: [
            { label: 'p99', values: latency.p99, colour: 2 },
            { label: 'p50', values: latency.p50, colour: 1 },
          ],
        },
  ];
}

/** Where a phase begins, and where the load ends. */
function marksOf(load: RunRecord['load'], series: readonly Sample[]): Chart['marks'] {
  const phases = phasesOf(series, undefined).map(({ phase, fromMs }) => ({ x: fromMs / 1000, label: phase }));
  return [...(phases.length > 1 ? phases : []), ...(load ? [{ x: load.loadMs / 1000, label: 'drain' }] : [])];
}

function faultMarks(faults: NonNullable<RunRecord['faults']>): Chart['marks'] {
  return faults.flatMap(({ kind, injectedAtMs }) =>
    injectedAtMs === null ? [] : [{ x: injectedAtMs / 1000, label: kind }],
  );
}

function percentileChart({ latency }: RunRecord): Place {
  const title = 'Latency by percentile';
  const { nines, curves, unreadable } = percentileCurves(latency);
  const broken = unreadable.map((name) => LATENCY_LABELS[name].label).join(', ');
  if (curves.length === 0) {
    return { title, absent: broken === '' ? 'No latency was measured.' : `The histograms cannot be read: ${broken}.` };
  }
  const colours = { sendDelay: 4, send: 2, endToEnd: 1, apply: 3 } as const;
  return {
    id: 'percentiles',
    title,
    note: broken === '' ? 'both axes logarithmic, so the tail has room' : `histograms that cannot be read: ${broken}`,
    x: nines,
    xUnit: 'nines',
    yUnit: 'ms',
    isLogarithmic: true,
    marks: [],
    lines: curves.map(({ name, values }) => ({
      label: LATENCY_LABELS[name].label,
      values,
      colour: colours[name],
      ...(name === 'sendDelay' ? { isDashed: true } : {}),
    })),
  };
}

export function chartFigure(place: Place): Markup {
  if ('absent' in place) {
    return html`<figure><figcaption><h3>${place.title}</h3></figcaption><p class="absent">${place.absent}</p></figure>`;
  }
  return html`<figure><figcaption><h3>${place.title}</h3> ${place.note}</figcaption><div class="chart" id="chart-${place.id}" role="img" aria-label="${place.title}: ${place.note}"></div></figure>`;
}

/** What the page's script draws. */
export function drawnCharts(places: readonly Place[]): Chart[] {
  return places.flatMap((place) => ('absent' in place ? [] : [place]));
}

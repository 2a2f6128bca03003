// simulator/report/charts.ts — The numbers behind the charts of report.html.
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { RunRecord, Sample } from '../record/run-record.js';

type Column = (number | null)[];

export interface ChartData {
  /** Seconds since the load began; rates are of the interval that ends there. */
  readonly time: Column;
  readonly rates: { readonly due: Column; readonly sent: Column; readonly acked: Column; readonly consumed: Column };
  readonly lag: Column;
  readonly send: { readonly p50: Column; readonly p99: Column };
  /** By latency name: x = nines (1 is 90 %, 2 is 99 %), y = ms. */
  readonly percentiles: Readonly<Record<string, { readonly nines: number[]; readonly ms: number[] }>>;
  readonly partitions: number[];
  readonly types: Readonly<Record<string, number>>;
}

export function chartData(record: RunRecord, series: readonly Sample[]): ChartData {
  // Samples before the load's first instant show nothing.
  const samples = series.filter((sample) => sample.atMs >= 0);
  const rateOf = (read: (sample: Sample) => number | null): Column =>
    samples.map((sample, index) => {
      const before = samples[index - 1] ?? { ...sample, atMs: 0, due: 0, sent: 0, acked: 0, consumed: 0 };
      const [now, then] = [read(sample), read(before)];
      const elapsedMs = sample.atMs - before.atMs;
      if (now === null || then === null || elapsedMs <= 0) return null;
      return Math.max(0, Math.round(((now - then) * 1000) / elapsedMs));
    });
  return {
    time: samples.map((sample) => sample.atMs / 1000),
    rates: {
      due: rateOf((sample) => sample.due),
      sent: rateOf((sample) => sample.sent),
      acked: rateOf((sample) => sample.acked),
      consumed: rateOf((sample) => sample.consumed),
    },
    lag: samples.map((sample) => sample.lag),
    send: { p50: samples.map((sample) => sample.sendP50Ms), p99: samples.map((sample) => sample.sendP99Ms) },
    percentiles: Object.fromEntries(
      Object.entries(record.latency ?? {}).map(([name, { histogram }]) => [name, percentileCurve(histogram)]),
    ),
    partitions: [...(record.load?.eventsByPartition ?? [])],
    types: record.load?.eventsByType ?? {},
  };
}

const STEP = 0.05;

/** From the median's neighbourhood to as many nines as the count of values supports. */
function percentileCurve(encoded: string): { nines: number[]; ms: number[] } {
  const histogram = decodeFromCompressedBase64(encoded, 32, false);
  const most = Math.log10(Math.max(10, histogram.totalCount));
  const nines: number[] = [];
  const ms: number[] = [];
  for (let at = 0; at <= most; at += STEP) {
    nines.push(Number(at.toFixed(2)));
    ms.push(histogram.getValueAtPercentile(100 * (1 - 10 ** -at)) / 1000);
  }
  return { nines, ms };
}

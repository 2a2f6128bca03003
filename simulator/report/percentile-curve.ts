// simulator/report/percentile-curve.ts — Latency histograms -> curves over the number of nines, on which the tail is as wide as the middle.
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { LatencyName } from '../record/load-record.js';
import type { RunRecord } from '../record/run-record.js';

const STEP = 0.05;

export const LATENCY_NAMES: readonly LatencyName[] = ['sendDelay', 'send', 'endToEnd', 'apply'];

export interface PercentileCurves {
  /** 0 is the least value, 1 is p90, 2 is p99. */
  readonly nines: readonly number[];
  /** Milliseconds; null beyond the percentile that a curve's count of values supports. */
  readonly curves: readonly { readonly name: LatencyName; readonly values: readonly (number | null)[] }[];
  /** Latencies that have figures but no histogram that can be read. */
  readonly unreadable: readonly LatencyName[];
}

export function percentileCurves(latency: RunRecord['latency']): PercentileCurves {
  const histograms = LATENCY_NAMES.flatMap((name) => {
    const encoded = latency?.[name]?.histogram;
    return encoded === undefined ? [] : [{ name, histogram: decode(encoded) }];
  });
  const most = Math.max(10, ...histograms.map(({ histogram }) => histogram?.totalCount ?? 0));
  const nines = Array.from({ length: Math.floor(Math.log10(most) / STEP) + 1 }, (_, index) => round(index * STEP));
  return {
    nines,
    curves: histograms.flatMap(({ name, histogram }) =>
      histogram ? [{ name, values: nines.map((at) => valueAt(histogram, at)) }] : [],
    ),
    unreadable: histograms.filter(({ histogram }) => !histogram).map(({ name }) => name),
  };
}

function valueAt(histogram: Histogram, nines: number): number | null {
  if (nines > Math.log10(Math.max(10, histogram.totalCount))) return null;
  return histogram.getValueAtPercentile(100 * (1 - 10 ** -nines)) / 1000;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

/** A record whose histogram was damaged can still be shown. */
function decode(encoded: string): Histogram | undefined {
  try {
    return decodeFromCompressedBase64(encoded, 32, false);
  } catch {
    return undefined;
  }
}

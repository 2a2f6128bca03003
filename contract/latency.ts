// contract/latency.ts — Latency histograms in microseconds, alike in the service and the harness, so that they can be merged.
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';

/** Ten minutes in microseconds; what takes longer is counted here. */
const HIGHEST = 600_000_000;

export function createHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

/** A time before its start, as clocks of two processes may show, counts as the smallest. */
export function recordMs(histogram: Histogram, milliseconds: number, count = 1): void {
  histogram.recordValueWithCount(Math.min(HIGHEST, Math.max(1, Math.round(milliseconds * 1000))), count);
}

export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

export function decodeHistogram(text: string): Histogram {
  return decodeFromCompressedBase64(text, 32, false);
}

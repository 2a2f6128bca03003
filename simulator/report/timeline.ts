// simulator/report/timeline.ts — Samples of totals -> rates and maxima over time, in as many points as a chart can show.
import type { RunRecord } from '../record/run-record.js';
import type { Sample } from '../record/sample.js';

/** Rates over shorter intervals show the sampler's jitter. */
const SHORTEST_MS = 100;
const MAX_POINTS = 1200;

export type Column = readonly (number | null)[];
type Total = 'due' | 'sent' | 'acked' | 'consumed';

/** In time order and not too close; a last sample that is too close takes the place of the one before it. */
export function usableSamples(series: readonly Sample[]): Sample[] {
  const kept: Sample[] = [];
  series.forEach((sample, index) => {
    const sinceMs = sample.atMs - (kept.at(-1)?.atMs ?? 0);
    if (sinceMs >= SHORTEST_MS) kept.push(sample);
    else if (index === series.length - 1 && kept.length > 0 && sinceMs >= 0) kept[kept.length - 1] = sample;
  });
  return thinned(kept);
}

/** Totals are of the last of a group, levels the worst of it, so that no peak disappears. */
function thinned(samples: readonly Sample[]): Sample[] {
  const size = Math.ceil(samples.length / MAX_POINTS);
  if (size <= 1) return [...samples];
  return samples.flatMap((last, index) => {
    if ((index + 1) % size !== 0 && index !== samples.length - 1) return [];
    const group = samples.slice(index - (index % size), index + 1);
    const worst = (level: 'lag' | 'sendP50Ms' | 'sendP99Ms') => largest(group.map((sample) => sample[level]));
    return [{ ...last, lag: worst('lag'), sendP50Ms: worst('sendP50Ms'), sendP99Ms: worst('sendP99Ms') }];
  });
}

/** Events per second of the interval that ends at each sample; null where a total is missing. */
export function ratesOf(samples: readonly Sample[], total: Total): Column {
  return samples.map((sample, index) => {
    const before = samples[index - 1];
    const [now, then] = [sample[total], before ? before[total] : 0];
    const elapsedMs = sample.atMs - (before?.atMs ?? 0);
    if (now === null || then === null || elapsedMs <= 0) return null;
    return Math.max(0, Math.round(((now - then) * 1000) / elapsedMs));
  });
}

export function largest(values: Column): number | null {
  return values.reduce((most, value) => (value !== null && (most === null || value > most) ? value : most), null);
}

export interface PhaseRow {
  readonly phase: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly sent: number;
  readonly acked: number;
  readonly consumed: number | null;
  readonly lagMax: number | null;
  /** The interval in which it was worst. */
  readonly sendP99MsMax: number | null;
}

/** One row a phase in which samples were taken; what follows the load is the drain. */
export function phasesOf(series: readonly Sample[], load: RunRecord['load']): PhaseRow[] {
  const groups: { phase: string; samples: Sample[]; end: Sample }[] = [];
  for (const sample of series) {
    const phase = load && sample.atMs > load.loadMs ? 'drain' : sample.phase;
    const last = groups.at(-1);
    if (last?.phase !== phase) groups.push({ phase, samples: [sample], end: sample });
    else {
      last.samples.push(sample);
      last.end = sample;
    }
  }
  return groups.map(({ phase, samples, end }, index) => {
    const before = groups[index - 1]?.end;
    return {
      phase,
      fromMs: before?.atMs ?? 0,
      toMs: end.atMs,
      sent: end.sent - (before?.sent ?? 0),
      acked: end.acked - (before?.acked ?? 0),
      consumed: end.consumed === null ? null : end.consumed - (before?.consumed ?? 0),
      lagMax: largest(samples.map((sample) => sample.lag)),
      sendP99MsMax: largest(samples.map((sample) => sample.sendP99Ms)),
    };
  });
}

// simulator/outcome.ts — From measurements to thresholds, and from the verdict to the exit code.
import type { LatencyName, LatencySummary, Outcome, ThresholdResult } from './record/run-record.js';
import type { Scenario } from './scenario/schema.js';

export const EXIT = {
  pass: 0,
  fail: 1,
  unknown: 2,
  threshold: 3,
  usage: 64,
  infrastructure: 69,
  bug: 70,
  interrupted: 130,
} as const;

export interface Measured {
  readonly latency: Partial<Record<LatencyName, LatencySummary>>;
  /** Events per second. */
  readonly throughput: number;
  readonly drainMs: number | null;
}

/** A threshold without a measurement is missed: no data is no success. */
export function evaluateThresholds(thresholds: Scenario['thresholds'], measured: Measured): ThresholdResult[] {
  return thresholds.map(({ metric, statistic, below, above }) => {
    const isLatency = metric !== 'throughput' && metric !== 'drain';
    const actual = isLatency
      ? statistic && (measured.latency[metric]?.[statistic] ?? null)
      : metric === 'throughput'
        ? measured.throughput
        : measured.drainMs;
    const unit = metric === 'throughput' ? 'events/s' : 'ms';
    const bounds = [below === undefined ? '' : `< ${below}`, above === undefined ? '' : `> ${above}`];
    const known = actual ?? null;
    return {
      threshold: [metric, statistic, bounds.filter(Boolean).join(' and ')].filter(Boolean).join(' '),
      ok: known !== null && (below === undefined || known < below) && (above === undefined || known > above),
      actual: known,
      unit,
    };
  });
}

/** The scenario's own expectation decides: a run that must fail, and does, has succeeded. */
export function exitCodeOf(outcome: Outcome, expected: Outcome, thresholds: readonly ThresholdResult[]): number {
  if (outcome !== expected) return outcome === 'pass' ? EXIT.fail : EXIT[outcome];
  return thresholds.every((threshold) => threshold.ok) ? EXIT.pass : EXIT.threshold;
}

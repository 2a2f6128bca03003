// simulator/outcome.ts — From measurements to thresholds, and from the verdict to the exit code.
import type { Latencies } from './measure.js';
import type { LogCounts } from './record/log-counts.js';
import type { Outcome, PhaseResult, ThresholdResult } from './record/run-record.js';
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
  readonly latency: Latencies;
  readonly phases: readonly PhaseResult[];
  /** Events per second. */
  readonly throughput: number;
  readonly drainMs: number | null;
  /** Undefined when the topics were not read again. */
  readonly log?: LogCounts | undefined;
}

const UNITS: Readonly<Record<string, string>> = { throughput: 'events/s', lost: 'records', duplicated: 'records' };

/** A threshold without a measurement is missed: no data is no success. */
export function evaluateThresholds(thresholds: Scenario['thresholds'], measured: Measured): ThresholdResult[] {
  return thresholds.map(({ metric, statistic, phase, below, above }) => {
    const actual = actualOf({ metric, statistic, phase }, measured);
    const unit = UNITS[metric] ?? 'ms';
    const bounds = [below === undefined ? '' : `< ${below}`, above === undefined ? '' : `> ${above}`];
    return {
      threshold: [metric, statistic, phase && `of ${phase}`, bounds.filter(Boolean).join(' and ')]
        .filter(Boolean)
        .join(' '),
      ok: actual !== null && (below === undefined || actual < below) && (above === undefined || actual > above),
      actual,
      unit,
    };
  });
}

type Subject = Pick<Scenario['thresholds'][number], 'metric' | 'statistic' | 'phase'>;

function actualOf({ metric, statistic, phase }: Subject, measured: Measured): number | null {
  const ofPhase = measured.phases.find(({ name }) => name === phase);
  if (metric === 'drain') return measured.drainMs;
  if (metric === 'lost' || metric === 'duplicated') return measured.log?.[metric] ?? null;
  if (metric === 'throughput') {
    return phase === undefined ? measured.throughput : (ofPhase?.eventsPerSecond ?? null);
  }
  const latency = phase === undefined ? measured.latency : ofPhase?.latency;
  return (statistic && latency?.[metric]?.[statistic]) ?? null;
}

/** What a run found: names of bugs and of checks. */
export interface Found {
  readonly found: readonly string[];
  /** The checks that failed. */
  readonly failing: readonly string[];
}

/** What a scenario expects to be found. */
export interface Expected {
  readonly finding?: string | undefined;
  /** All checks that fail. */
  readonly failing?: readonly string[] | undefined;
}

export interface Ended extends Found {
  readonly outcome: Outcome;
  readonly thresholds: readonly ThresholdResult[];
}

/** The scenario's own expectation decides: a run that must fail, and does, has succeeded. */
export function exitCodeOf(ended: Ended, expected: Expected & { readonly verdict: Outcome }): number {
  const { outcome, thresholds } = ended;
  if (outcome !== expected.verdict) return outcome === 'pass' ? EXIT.fail : EXIT[outcome];
  if (unmet(ended, expected) !== undefined) return EXIT.fail;
  return thresholds.every((threshold) => threshold.ok) ? EXIT.pass : EXIT.threshold;
}

/** What the scenario expects and was not found, to be said after "expects"; undefined when nothing is missing. */
export function unmet({ found, failing }: Found, expected: Expected): string | undefined {
  if (expected.finding !== undefined && !found.includes(expected.finding)) return `the finding ${expected.finding}`;
  if (expected.failing === undefined) return undefined;
  const missing = expected.failing.filter((check) => !failing.includes(check));
  if (missing.length > 0) return `that ${missing.join(', ')} fails`;
  const others = failing.filter((check) => !expected.failing?.includes(check));
  if (others.length > 0) return `that nothing but ${expected.failing.join(', ')} fails; ${others.join(', ')} did too`;
  return undefined;
}

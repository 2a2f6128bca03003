// simulator/run/thresholds.ts — From measurements to thresholds, and from the verdict to the exit code.

import { EXIT } from '../errors.js';
import type { LogCounts, PhaseResult } from '../record/load-record.js';
import type { Outcome, ThresholdResult } from '../record/verdict-record.js';
import { type Expected, type Found, unmet } from '../report/expectation.js';
import type { Scenario } from '../scenario/schema.js';
import type { Latencies } from './measure.js';

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

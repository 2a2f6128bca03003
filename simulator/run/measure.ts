// simulator/run/measure.ts — Latencies and rates of a finished load: of the whole of it without warm-ups, and of each phase.

import type { Histogram } from 'hdr-histogram-js';
import { elementAt } from '../../contract/assert.js';
import { createHistogram, decodeHistogram } from '../../contract/latency.js';
import type { Observation } from '../../contract/observation.js';
import { summarise } from '../record/latency-summary.js';
import type { LatencyName, LatencySummary, PhaseResult } from '../record/load-record.js';
import type { Plan } from '../workload/plan.js';
import type { RunLoad } from './ports.js';

export type Latencies = Partial<Record<LatencyName, LatencySummary>>;

export interface Measurements {
  /** Without the phases that are marked as warm-up. */
  readonly latency: Latencies;
  /** In the order of the plan; days in a row share a row for each name. */
  readonly phases: readonly PhaseResult[];
}

/** @param observations of every consumer; empty when none could be asked */
export function measure(
  plan: Plan,
  load: Pick<RunLoad, 'phases'>,
  observations: readonly Pick<Observation, 'applyLatency' | 'endToEndLatency'>[],
): Measurements {
  const names = [...new Set(plan.phases.map(({ name }) => name))];
  const endToEnd = plan.phases.map((_, index) =>
    observations.flatMap(({ endToEndLatency }) => endToEndLatency?.[index] ?? []).map(decodeHistogram),
  );
  const latencyOf = (indexes: readonly number[]): Latencies => {
    const sends = indexes.flatMap((index) => load.phases[index] ?? []);
    return present({
      sendDelay: sends.map(({ sendDelay }) => sendDelay),
      send: sends.map(({ sendLatency }) => sendLatency),
      endToEnd: indexes.flatMap((index) => endToEnd[index] ?? []),
    });
  };
  const indexesWhere = (isMeant: (phase: Plan['phases'][number]) => boolean) =>
    plan.phases.flatMap((phase, index) => (isMeant(phase) ? [index] : []));
  const phases = names.map((name): PhaseResult => {
    const indexes = indexesWhere((phase) => phase.name === name);
    const sends = indexes.flatMap((index) => load.phases[index] ?? []);
    const acked = sends.reduce((sum, one) => sum + one.acked, 0);
    const busyMs = sends.reduce((sum, one) => sum + one.lastSettledAtMs - one.firstSentAtMs, 0);
    return {
      name,
      warmUp: indexes.every((index) => elementAt(plan.phases, index).warmUp),
      plannedEvents: indexes.reduce((sum, index) => sum + elementAt(plan.phases, index).events, 0),
      acked,
      eventsPerSecond: busyMs > 0 ? (acked * 1000) / busyMs : null,
      latency: latencyOf(indexes),
    };
  });
  const apply = present({ apply: observations.map(({ applyLatency }) => decodeHistogram(applyLatency)) });
  return { latency: { ...latencyOf(indexesWhere((phase) => !phase.warmUp)), ...apply }, phases };
}

/** Merged and summarised, without those in which nothing was recorded. */
function present(histograms: Partial<Record<LatencyName, readonly Histogram[]>>): Latencies {
  const entries = Object.entries(histograms).flatMap(([name, parts]) => {
    const merged = createHistogram();
    for (const part of parts) merged.add(part);
    return merged.totalCount > 0 ? [[name, summarise(merged)] as const] : [];
  });
  return Object.fromEntries(entries);
}

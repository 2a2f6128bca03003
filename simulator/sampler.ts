// simulator/sampler.ts — Looks at a run once an interval: what is due, sent, acknowledged, consumed, and how far the group is behind.
import { eventTimeAt, type MappedClock } from '../contract/clock.js';
import { wallMs } from './latency.js';
import type { Load } from './load.js';
import { readObservations } from './observe/consumer-channel.js';
import type { LagProbe } from './observe/lag.js';
import type { Sample } from './record/run-record.js';
import type { Plan } from './workload/plan.js';
import { RateCurve } from './workload/rate-curve.js';

export const SAMPLE_MS = 500;

export interface SamplerOptions {
  readonly plan: Plan;
  readonly load: Load;
  readonly lag: LagProbe;
  readonly consumerUrls: readonly string[];
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  readonly take: (sample: Sample) => void;
}

export class Sampler {
  readonly #options: SamplerOptions;
  readonly #curves: readonly RateCurve[];
  harnessRssBytesMax = 0;
  /** The last lag that could be read. */
  lag: number | null = null;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#curves = options.plan.phases.map((phase) => new RateCurve(phase.pieces));
  }

  async sample(): Promise<Sample> {
    const { load, lag, consumerUrls, startedAtMs, take } = this.#options;
    const [lagNow, observations] = await Promise.all([
      lag.read().catch(() => null),
      readObservations(consumerUrls),
      load.refresh(),
    ]);
    const totals = load.totals;
    const interval = load.takeInterval();
    const has = interval.totalCount > 0;
    const rss = process.memoryUsage.rss();
    this.harnessRssBytesMax = Math.max(this.harnessRssBytesMax, rss);
    this.lag = lagNow;
    const sample: Sample = {
      atMs: Math.round(wallMs() - startedAtMs),
      ...this.#planned(totals.sent),
      sent: totals.sent,
      acked: totals.ok,
      failed: totals.fail,
      unknown: totals.info,
      consumed: observations ? observations.reduce((sum, one) => sum + one.consumed, 0) : null,
      lag: lagNow,
      sendP50Ms: has ? interval.getValueAtPercentile(50) / 1000 : null,
      sendP99Ms: has ? interval.getValueAtPercentile(99) / 1000 : null,
      harnessRssBytes: rss,
    };
    take(sample);
    return sample;
  }

  /** Where the plan is now: by the clock when paced, by what was sent when not. */
  #planned(sent: number): { phase: string; due: number } {
    const { plan, clock } = this.#options;
    const now = clock && eventTimeAt(clock, wallMs());
    let due = 0;
    let current = plan.phases[0]?.name ?? '';
    for (const [index, phase] of plan.phases.entries()) {
      const started = now === undefined ? sent > due : now >= phase.startMs;
      if (!started) break;
      current = phase.name;
      const share = now === undefined ? 1 : (this.#curves[index]?.shareBetween(0, now - phase.startMs) ?? 0);
      due += Math.round(phase.events * Math.min(1, share));
    }
    return { phase: current, due: now === undefined ? sent : due };
  }
}

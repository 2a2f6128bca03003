// simulator/observe/sampler.ts — Takes one sample of a run: what is due, sent, acknowledged and consumed, and how far the group is behind.

import type { Histogram } from 'hdr-histogram-js';
import { elementAt } from '../../contract/assert.js';
import { eventTimeAt, type MappedClock } from '../../contract/clock.js';
import type { Observation } from '../../contract/observation.js';
import { inTime } from '../../contract/waiting.js';
import type { LoadTotals } from '../produce/load.js';
import type { Sample } from '../record/sample.js';
import type { Plan } from '../workload/plan.js';
import { RateCurve } from '../workload/rate-curve.js';
import { type LagProbe, lagOf, type PartitionOffsets } from './lag.js';

export const SAMPLE_MS = 500;
/** A broker that is down does not answer; the other figures must not wait for it. */
const LAG_TIMEOUT_MS = 2000;

export interface SampledLoad {
  /** Brings totals and latencies up to date. */
  refresh(): Promise<void>;
  readonly totals: LoadTotals;
  /** Send latency since the last call. */
  takeInterval(): Histogram;
}

export interface SamplerOptions {
  readonly plan: Plan;
  readonly load: SampledLoad;
  readonly lag: LagProbe;
  readonly consumers: { observe(): Promise<readonly Pick<Observation, 'consumed'>[] | undefined> };
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  /** Wall time, ms. */
  readonly now: () => number;
  /** Called with each sample, and with the offsets where they could be read. */
  readonly take: (sample: Sample, offsets: readonly PartitionOffsets[] | undefined) => void;
}

export class Sampler {
  readonly #options: SamplerOptions;
  readonly #curves: readonly RateCurve[];
  harnessRssBytesMax = 0;
  /** Those that were read last. */
  #lastOffsets: readonly PartitionOffsets[] = [];
  #question: Promise<readonly PartitionOffsets[] | undefined> | undefined;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#curves = options.plan.phases.map((phase) => new RateCurve(phase.pieces));
  }

  async sample(): Promise<Sample> {
    const { load, consumers, startedAtMs, now, take } = this.#options;
    const [offsets, observations] = await Promise.all([this.#offsets(), consumers.observe(), load.refresh()]);
    const totals = load.totals;
    const interval = load.takeInterval();
    const has = interval.totalCount > 0;
    const rss = process.memoryUsage.rss();
    this.harnessRssBytesMax = Math.max(this.harnessRssBytesMax, rss);
    this.#lastOffsets = offsets ?? this.#lastOffsets;
    const sample: Sample = {
      atMs: Math.round(now() - startedAtMs),
      ...this.#planned(totals.sent),
      sent: totals.sent,
      acked: totals.ok,
      failed: totals.fail,
      unknown: totals.info,
      consumed: observations ? observations.reduce((sum, one) => sum + one.consumed, 0) : null,
      lag: offsets ? lagOf(offsets) : null,
      sendP50Ms: has ? interval.getValueAtPercentile(50) / 1000 : null,
      sendP99Ms: has ? interval.getValueAtPercentile(99) / 1000 : null,
      harnessRssBytes: rss,
    };
    take(sample, offsets);
    return sample;
  }

  /** Partitions that the group has not read to their ends, the one furthest behind first. */
  get behind(): readonly PartitionOffsets[] {
    const lag = ({ latest, committed }: PartitionOffsets) => latest - committed;
    return this.#lastOffsets.filter((one) => lag(one) > 0).sort((a, b) => lag(b) - lag(a));
  }

  /** Asks one question at a time: undefined while an earlier one has no answer. */
  async #offsets(): Promise<readonly PartitionOffsets[] | undefined> {
    if (this.#question) return undefined;
    const question = this.#options.lag.read().catch(() => undefined);
    this.#question = question;
    question.finally(() => {
      this.#question = undefined;
    });
    return (await inTime(question, LAG_TIMEOUT_MS))?.value;
  }

  /** Where the plan is now: by the clock when paced, by what was sent when not. */
  #planned(sent: number): { phase: string; due: number } {
    const { plan, clock, now } = this.#options;
    const eventTimeMs = clock && eventTimeAt(clock, now());
    let due = 0;
    let current = plan.phases[0]?.name ?? '';
    for (const [index, phase] of plan.phases.entries()) {
      const started = eventTimeMs === undefined ? sent > due : eventTimeMs >= phase.startMs;
      if (!started) break;
      current = phase.name;
      const share =
        eventTimeMs === undefined ? 1 : elementAt(this.#curves, index).shareBetween(0, eventTimeMs - phase.startMs);
      due += Math.round(phase.events * Math.min(1, share));
    }
    return { phase: current, due: eventTimeMs === undefined ? sent : due };
  }
}

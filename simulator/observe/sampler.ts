// simulator/observe/sampler.ts — Samples a run at intervals: what is due, sent, acknowledged, consumed, and how far the group is behind.
import { eventTimeAt, type MappedClock, wallMs } from '../../contract/clock.js';
import { inTime } from '../../contract/waiting.js';
import type { Load } from '../produce/load.js';
import type { Sample } from '../record/sample.js';
import type { Consumers } from '../sut/consumers.js';
import type { Plan } from '../workload/plan.js';
import { RateCurve } from '../workload/rate-curve.js';
import { type LagProbe, lagOf, type PartitionOffsets } from './lag.js';

export const SAMPLE_MS = 500;
/** A broker that is down delays its answer; the other figures must not wait for it. */
const LAG_TIMEOUT_MS = 2000;

export interface SamplerOptions {
  readonly plan: Plan;
  readonly load: Load;
  readonly lag: LagProbe;
  readonly consumers: Pick<Consumers, 'observe'>;
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  readonly take: (sample: Sample) => void;
  /** Called with the offsets of each sample that has them, and the time of the sample. */
  readonly offsets: (atMs: number, offsets: readonly PartitionOffsets[]) => void;
}

export class Sampler {
  readonly #options: SamplerOptions;
  readonly #curves: readonly RateCurve[];
  harnessRssBytesMax = 0;
  /** From the last sample that had an answer. */
  #lastOffsets: readonly PartitionOffsets[] = [];
  #question: Promise<readonly PartitionOffsets[] | undefined> | undefined;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#curves = options.plan.phases.map((phase) => new RateCurve(phase.pieces));
  }

  async sample(): Promise<Sample> {
    const { load, consumers, startedAtMs, take } = this.#options;
    const [offsets, observations] = await Promise.all([this.#offsets(), consumers.observe(), load.refresh()]);
    const totals = load.totals;
    const interval = load.takeInterval();
    const has = interval.totalCount > 0;
    const rss = process.memoryUsage.rss();
    this.harnessRssBytesMax = Math.max(this.harnessRssBytesMax, rss);
    const atMs = Math.round(wallMs() - startedAtMs);
    if (offsets) this.#options.offsets(atMs, offsets);
    this.#lastOffsets = offsets ?? this.#lastOffsets;
    const sample: Sample = {
      atMs,
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
    take(sample);
    return sample;
  }

  /** Partitions that the group has not read to their ends, the largest lag first. */
  get behind(): readonly PartitionOffsets[] {
    const way = ({ latest, committed }: PartitionOffsets) => latest - committed;
    return this.#lastOffsets.filter((one) => way(one) > 0).sort((a, b) => way(b) - way(a));
  }

  /** One question at a time: undefined while an earlier one has no answer. */
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

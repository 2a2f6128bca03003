// consumer/runtime/service-metrics.ts — What this process has done and how long it took: counters, latency histograms, metrics.
import type { Histogram } from 'hdr-histogram-js';
import { Counter, Gauge, Histogram as MetricHistogram, type Registry } from 'prom-client';
import { createHistogram, encodeHistogram, recordMs } from '../../contract/latency.js';
import type { Observation } from '../../contract/observation.js';
import { Windows } from '../../contract/windows.js';
import type { ServiceClock } from './service-clock.js';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface ProgressOptions {
  readonly clock: ServiceClock;
  /** Milliseconds since 1970, with fractions. */
  readonly wallMs: () => number;
  /** Event times at which a new end-to-end histogram begins, ms, ascending. */
  readonly latencyBoundariesMs: readonly number[];
  /** What the names of the metrics begin with; hot_article unless given. */
  readonly metricPrefix?: string;
}

export class ServiceMetrics {
  readonly #clock: ServiceClock;
  readonly #wallMs: () => number;
  /** One for each stretch of event time that is kept apart. */
  readonly #endToEnd: readonly Histogram[];
  readonly #windows: Windows;
  readonly #apply = createHistogram();
  readonly #counts = { consumed: 0, applied: 0, skipped: 0, late: 0, deadLetters: 0 };
  readonly #counters: Readonly<Record<keyof ServiceMetrics['counts'], Counter>>;
  readonly #heldUp: Counter;
  readonly #batchSeconds: MetricHistogram;
  readonly #applySeconds: MetricHistogram;
  readonly #lag: Gauge;

  constructor(registry: Registry, options: ProgressOptions) {
    const { clock, wallMs, latencyBoundariesMs, metricPrefix = 'hot_article' } = options;
    this.#clock = clock;
    this.#wallMs = wallMs;
    this.#windows = new Windows(latencyBoundariesMs);
    this.#endToEnd = Array.from({ length: this.#windows.count }, createHistogram);
    const registers = [registry];
    const counter = (name: string, help: string) =>
      new Counter({ name: `${metricPrefix}_${name}_total`, help, registers });
    const seconds = (name: string, help: string) =>
      new MetricHistogram({ name: `${metricPrefix}_${name}_seconds`, help, buckets: SECONDS, registers });
    this.#counters = {
      consumed: counter('records_consumed', 'Records read from the topics.'),
      applied: counter('records_applied', 'Records whose effect is in Redis.'),
      skipped: counter('records_skipped', 'Records that had been applied before.'),
      late: counter('records_late', 'Records that came after their day was published, and changed nothing.'),
      deadLetters: counter('dead_letters', 'Records that could not be decoded, and were put aside.'),
    };
    this.#heldUp = counter('held_up', 'Times that a partition waited as the broker did not take its dead letters.');
    this.#batchSeconds = seconds('batch', 'From a batch of one partition to its effect being in Redis.');
    this.#applySeconds = seconds('apply', 'One call of the apply script, from call to reply.');
    this.#lag = new Gauge({
      name: `${metricPrefix}_lag_records`,
      help: 'Latest minus next offset when the partition was last read.',
      labelNames: ['topic', 'partition'],
      registers,
    });
  }

  get counts(): Readonly<{ consumed: number; applied: number; skipped: number; late: number; deadLetters: number }> {
    return this.#counts;
  }

  count(name: keyof ServiceMetrics['counts'], records: number): void {
    this.#counts[name] += records;
    this.#counters[name].inc(records);
  }

  applied(timestampsMs: readonly number[], applyMs: number): void {
    this.count('applied', timestampsMs.length);
    this.#applySeconds.observe(applyMs / 1000);
    recordMs(this.#apply, applyMs);
    this.#recordLatencies(timestampsMs);
  }

  batch(where: { readonly topic: string; readonly partition: number }, lag: number, milliseconds: number): void {
    this.#batchSeconds.observe(milliseconds / 1000);
    this.#lag.set({ topic: where.topic, partition: where.partition }, lag);
  }

  /** A partition waits until the broker takes its dead letters. */
  heldUp(): void {
    this.#heldUp.inc();
  }

  /** Partitions may have gone to another member. */
  forgetLag(): void {
    this.#lag.reset();
  }

  observation(): Observation {
    return {
      ...this.#counts,
      ...(this.#clock.wallTimeOf(0) === undefined ? {} : { endToEndLatency: this.#endToEnd.map(encodeHistogram) }),
      applyLatency: encodeHistogram(this.#apply),
    };
  }

  #recordLatencies(timestampsMs: readonly number[]): void {
    const now = this.#wallMs();
    let lastMs = Number.NaN;
    let same = 0;
    for (const timestampMs of timestampsMs) {
      if (timestampMs !== lastMs) {
        this.#recordLatency(now, lastMs, same);
        lastMs = timestampMs;
        same = 0;
      }
      same += 1;
    }
    this.#recordLatency(now, lastMs, same);
  }

  #recordLatency(nowMs: number, timestampMs: number, records: number): void {
    const wallMs = records > 0 ? this.#clock.wallTimeOf(timestampMs) : undefined;
    const histogram = this.#endToEnd[this.#windows.indexOf(timestampMs)];
    if (wallMs !== undefined && histogram) recordMs(histogram, nowMs - wallMs, records);
  }
}

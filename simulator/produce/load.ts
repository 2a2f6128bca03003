// simulator/produce/load.ts — The producer threads of a run: started together, watched, merged, and ended with the run.
import type { Histogram } from 'hdr-histogram-js';
import type { MappedClock } from '../../contract/clock.js';
import { createHistogram, decodeHistogram } from '../../contract/latency.js';
import type { ProducerControl } from './producer-control.js';
import { ProducerThread } from './producer-thread.js';
import type { PhaseProgress, ProducerThreadInput, ProducerThreadResult, Progress } from './producer-thread-messages.js';

export interface LoadTotals {
  readonly sent: number;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  readonly valueBytes: number;
}

/** What was sent of a phase of the plan. */
export interface PhaseSends {
  readonly sendLatency: Histogram;
  readonly sendDelay: Histogram;
  acked: number;
  /** Wall times, ms. */
  firstSentAtMs: number;
  lastSettledAtMs: number;
}

/** What one producer has told so far. */
interface Told {
  progress: Progress | undefined;
  /** By phase. */
  acked: number[];
}

/** Producer threads that are connected and wait for `start`. */
export class Load implements ProducerControl, AsyncDisposable {
  readonly #producers: readonly ProducerThread[];
  readonly #told: readonly Told[];
  /** By position in the plan; undefined where nothing was sent yet. */
  readonly phases: (PhaseSends | undefined)[] = [];
  /** Since the last `takeInterval`. */
  #interval = createHistogram();

  private constructor(input: Omit<ProducerThreadInput, 'lanes' | 'journal'>) {
    const { producer, topics, faults } = input.scenario;
    const lanes = Array.from({ length: topics.partitions }, (_, lane) => lane);
    const count = Math.min(producer.clients, lanes.length);
    const journal = faults.some(({ kind }) => kind === 'producer-kill');
    this.#told = Array.from({ length: count }, () => ({ progress: undefined, acked: [] }));
    this.#producers = this.#told.map((told, index) => {
      const own = { ...input, journal, lanes: lanes.filter((lane) => lane % count === index) };
      return new ProducerThread({
        number: index + 1,
        input: own,
        progress: (progress) => this.#take(progress, told),
        restarted: () => this.#forget(told),
      });
    });
  }

  static async connect(input: Omit<ProducerThreadInput, 'lanes' | 'journal'>): Promise<Load> {
    const load = new Load(input);
    try {
      await Promise.all(load.#producers.map((one) => one.ready()));
    } catch (error) {
      await load[Symbol.asyncDispose]();
      throw error;
    }
    return load;
  }

  all(): readonly ProducerThread[] {
    return this.#producers;
  }

  start(clock: MappedClock | undefined): void {
    for (const one of this.#producers) one.start(clock);
  }

  /** Ends the load early; what is in flight is given up. */
  stop(): void {
    for (const one of this.#producers) one.stop();
  }

  /** Settles when every send has ended. */
  finished(): Promise<ProducerThreadResult[]> {
    return Promise.all(this.#producers.map(({ result }) => result));
  }

  get totals(): LoadTotals {
    const sum = (key: keyof LoadTotals) =>
      this.#told.reduce((total, { progress }) => total + (progress?.[key] ?? 0), 0);
    return { sent: sum('sent'), ok: sum('ok'), fail: sum('fail'), info: sum('info'), valueBytes: sum('valueBytes') };
  }

  /** Brings totals and latencies up to this instant; settles at once for threads that have ended. */
  async refresh(): Promise<void> {
    await Promise.all(this.#producers.map((one) => one.refresh()));
  }

  /** Send latency since the last call. */
  takeInterval(): Histogram {
    const interval = this.#interval;
    this.#interval = createHistogram();
    return interval;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#producers.map((one) => one[Symbol.asyncDispose]()));
  }

  #take(progress: Progress, told: Told): void {
    told.progress = progress;
    for (const phase of progress.phases) {
      this.#takePhase(phase);
      told.acked[phase.index] = (told.acked[phase.index] ?? 0) + phase.acked;
    }
  }

  /** The next thread counts again what the one before it has sent. */
  #forget(told: Told): void {
    told.acked.forEach((acked, index) => {
      const phase = this.phases[index];
      if (phase) phase.acked -= acked;
    });
    told.acked = [];
  }

  #takePhase({ index, acked, firstSentAtMs, lastSettledAtMs, ...histograms }: PhaseProgress): void {
    const sends = this.phases[index] ?? {
      sendLatency: createHistogram(),
      sendDelay: createHistogram(),
      acked: 0,
      firstSentAtMs,
      lastSettledAtMs,
    };
    this.phases[index] = sends;
    const latency = decodeHistogram(histograms.sendLatency);
    sends.sendLatency.add(latency);
    this.#interval.add(latency);
    sends.sendDelay.add(decodeHistogram(histograms.sendDelay));
    sends.acked += acked;
    sends.firstSentAtMs = Math.min(sends.firstSentAtMs, firstSentAtMs);
    sends.lastSettledAtMs = Math.max(sends.lastSettledAtMs, lastSettledAtMs);
  }
}

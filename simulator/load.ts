// simulator/load.ts — The producer threads of a run: started together, watched, merged, and ended with the run.
import { Worker } from 'node:worker_threads';
import type { Histogram } from 'hdr-histogram-js';
import type { MappedClock } from '../contract/clock.js';
import { createHistogram, decodeHistogram } from './latency.js';
import type { FromWorker, PhaseProgress, Progress, ToWorker, WorkerInput, WorkerResult } from './worker-messages.js';

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

/** Producer threads that are connected and wait for `start`. */
export class Load implements AsyncDisposable {
  readonly #workers: readonly Worker[];
  readonly #progress: (Progress | undefined)[];
  readonly #results: Promise<WorkerResult>[];
  readonly #answered: (() => void)[] = [];
  /** By position in the plan; undefined where nothing was sent yet. */
  readonly phases: (PhaseSends | undefined)[] = [];
  /** Since the last `takeInterval`. */
  #interval = createHistogram();

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    this.#progress = workers.map(() => undefined);
    this.#results = workers.map((worker, index) => this.#watch(worker, index));
    // A failure is reported by whoever awaits `finished`; until then it must not count as unhandled.
    for (const result of this.#results) result.catch(() => undefined);
  }

  static async connect(input: Omit<WorkerInput, 'lanes'>): Promise<Load> {
    const { clients: wanted } = input.scenario.producer;
    const lanes = Array.from({ length: input.scenario.topics.partitions }, (_, lane) => lane);
    const count = Math.min(wanted, lanes.length);
    const workers = Array.from({ length: count }, (_, i) => {
      const workerData: WorkerInput = { ...input, lanes: lanes.filter((lane) => lane % count === i) };
      return new Worker(new URL('./worker.js', import.meta.url), { workerData });
    });
    const load = new Load(workers);
    try {
      await Promise.all(workers.map(ready));
    } catch (error) {
      await load[Symbol.asyncDispose]();
      throw error;
    }
    return load;
  }

  start(clock: MappedClock | undefined): void {
    this.#say({ type: 'start', clock });
  }

  /** Ends the load early; what is in flight is given up. */
  stop(): void {
    this.#say({ type: 'stop' });
  }

  /** Settles when every send has ended. */
  finished(): Promise<WorkerResult[]> {
    return Promise.all(this.#results);
  }

  get totals(): LoadTotals {
    const sum = (key: keyof LoadTotals) => this.#progress.reduce((total, one) => total + (one?.[key] ?? 0), 0);
    return { sent: sum('sent'), ok: sum('ok'), fail: sum('fail'), info: sum('info'), valueBytes: sum('valueBytes') };
  }

  /** Brings totals and latencies up to this instant; settles at once for threads that have ended. */
  async refresh(): Promise<void> {
    const answers = this.#workers.map((worker, index) => {
      const answer = new Promise<void>((resolve) => {
        this.#answered[index] = resolve;
      });
      worker.postMessage({ type: 'report' } satisfies ToWorker);
      return Promise.race([answer, this.#results[index]?.catch(() => undefined)]);
    });
    await Promise.all(answers);
  }

  /** Send latency since the last call. */
  takeInterval(): Histogram {
    const interval = this.#interval;
    this.#interval = createHistogram();
    return interval;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #say(message: ToWorker): void {
    for (const worker of this.#workers) worker.postMessage(message);
  }

  #watch(worker: Worker, index: number): Promise<WorkerResult> {
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'ready') return;
        this.#take(message.progress, index);
        this.#answered[index]?.();
        if (message.type === 'done') resolve(message.result);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`producer thread ${index} ended early with code ${code}`)));
    });
  }

  #take(progress: Progress, index: number): void {
    this.#progress[index] = progress;
    for (const phase of progress.phases) this.#takePhase(phase);
  }

  #takePhase({ index, acked, firstSentAtMs, lastSettledAtMs, ...histograms }: PhaseProgress): void {
    const sends = this.phases[index] ?? {
      ...{ sendLatency: createHistogram(), sendDelay: createHistogram() },
      ...{ acked: 0, firstSentAtMs, lastSettledAtMs },
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

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'ready') resolve();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a producer thread ended with code ${code} before it was ready`)));
  });
}

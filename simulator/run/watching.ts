// simulator/run/watching.ts — Samples a run, and reads what its consumer shows, for as long as something is waited for.
import { orAborted } from '../../contract/waiting.js';
import type { PartitionOffsets } from '../observe/lag.js';
import { SAMPLE_MS, Sampler } from '../observe/sampler.js';
import { Watch } from '../observe/watch.js';
import type { Sample } from '../record/sample.js';
import type { Plan } from '../workload/plan.js';
import type { Breakage } from './breakage.js';
import type { RunPorts, RunTime } from './ports.js';

export interface WatchingOptions {
  readonly plan: Plan;
  /** It learns from each sample how far the group has come. */
  readonly breakage: Breakage;
  readonly sample: (sample: Sample) => void;
  readonly signal: AbortSignal;
}

export class Watching {
  readonly sampler: Sampler;
  readonly watch: Watch;
  readonly #ports: RunPorts;
  readonly #options: WatchingOptions;

  constructor(ports: RunPorts, options: WatchingOptions) {
    const { time, clock, startedAtMs, topics, load, ranking, lists } = ports;
    const { plan } = options;
    this.#ports = ports;
    this.#options = options;
    const now = () => time.nowMs();
    this.watch = new Watch({
      plan,
      topics,
      clock,
      startedAtMs,
      now,
      watchesLists: !time.isVirtual,
      reads: {
        readCut: (day) => ranking.readCut(day),
        readNewest: () => ranking.readNewest(),
        readList: (day) => lists.read(day),
      },
    });
    this.sampler = new Sampler({
      plan,
      load,
      lag: ranking.lag,
      consumers: ranking.consumers,
      clock,
      startedAtMs,
      now,
      take: (sample, offsets) => this.#take(sample, offsets),
    });
  }

  /** Takes one sample. @throws the signal's reason */
  async sample(): Promise<Sample> {
    const sample = await orAborted(this.sampler.sample(), this.#options.signal);
    // Real servers may answer slowly, and the next sample must not wait for that.
    if (this.#ports.time.isVirtual) await this.watch.ended();
    return sample;
  }

  /** Takes samples until the work ends. @throws what the work throws, or the signal's reason */
  until<T>(work: Promise<T>): Promise<T> {
    return sampledUntil(work, { time: this.#ports.time, sample: () => this.sample() });
  }

  #take(sample: Sample, offsets: readonly PartitionOffsets[] | undefined): void {
    this.#options.sample(sample);
    this.watch.takeSnapshots();
    if (!offsets) return;
    this.watch.offsets(sample.atMs, offsets);
    this.#options.breakage.nemesis.offsets(sample.atMs, offsets);
  }
}

/** @throws what the work throws, whenever it does */
export async function sampledUntil<T>(
  work: Promise<T>,
  { time, sample }: { readonly time: RunTime; readonly sample: () => Promise<unknown> },
): Promise<T> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  work.then(over, over);
  while (!isOver) {
    const nextAtMs = time.nowMs() + SAMPLE_MS;
    await sample();
    await time.pass(nextAtMs - time.nowMs(), work);
  }
  return work;
}

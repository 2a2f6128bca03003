// simulator/simulate/simulated-producers.ts — The producers of a simulated run together, as a run plays them.
import type { Histogram } from 'hdr-histogram-js';
import { createHistogram } from '../../contract/latency.js';
import type { LoadTotals } from '../produce/load.js';
import type { ProducerThreadResult } from '../produce/producer-thread-messages.js';
import type { RunLoad } from '../run/ports.js';
import { lanesOf } from '../workload/lanes.js';
import { type ProducersOptions, type Send, SimulatedProducer } from './simulated-producer.js';

/** Virtual time does not show how long sends take, so no latency is told. */
const NO_LATENCY = createHistogram();

export class SimulatedProducers implements RunLoad {
  readonly phases = [];
  readonly #all: readonly SimulatedProducer[];
  readonly #finished: Promise<readonly ProducerThreadResult[]>;
  #finish: (results: readonly ProducerThreadResult[]) => void = () => undefined;

  constructor(options: ProducersOptions) {
    const { producer, topics } = options.plan.scenario;
    const lanes = Array.from({ length: topics.partitions }, (_, lane) => lane);
    const count = Math.min(producer.clients, lanes.length);
    const open = lanesOf(options.plan);
    this.#all = Array.from({ length: count }, (_, index) => {
      const own = lanes.filter((lane) => lane % count === index);
      return new SimulatedProducer(index + 1, own, { ...options, open });
    });
    this.#finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  all(): readonly SimulatedProducer[] {
    return this.#all;
  }

  /** They know the clock already, and begin when time passes. */
  start(): void {}

  finished(): Promise<readonly ProducerThreadResult[]> {
    return this.#finished;
  }

  async refresh(): Promise<void> {}

  takeInterval(): Histogram {
    return NO_LATENCY;
  }

  get totals(): LoadTotals {
    const sum = (key: keyof LoadTotals) => this.#all.reduce((total, { totals }) => total + totals[key], 0);
    const sent = this.#all.reduce((total, { taken }) => total + taken, 0);
    return { sent, ok: sum('ok'), fail: sum('fail'), info: sum('info'), valueBytes: sum('valueBytes') };
  }

  get sends(): readonly Send[] {
    return this.#all.flatMap(({ sends }) => [...sends]);
  }

  /** Hands on what is due. */
  take(): void {
    for (const one of this.#all) one.take();
  }

  /** To be called when a step of time is over. */
  finishIfDone(): void {
    if (this.#all.every(({ state }) => state === 'done')) this.#finish(this.#all.map((one) => one.result()));
  }
}

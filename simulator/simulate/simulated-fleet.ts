// simulator/simulate/simulated-fleet.ts — The processes of one service, their group, and the turns that they can take.
import type { Admin } from 'kafkajs';
import { elementAt } from '../../contract/assert.js';
import { createHistogram, encodeHistogram } from '../../contract/latency.js';
import type { Observation } from '../../contract/observation.js';
import type { TopicPartition } from '../../contract/topic-partition.js';
import type { RunConsumers } from '../run/ports.js';
import type { RandomStream } from '../workload/random.js';
import type { GatedConnection } from './gated-redis.js';
import { memoryAdmin } from './memory-admin.js';
import type { MemoryConsumer } from './memory-consumer.js';
import { MemoryGroup } from './memory-group.js';
import type { RedisStage } from './redis-stage.js';
import { SimulatedProcess } from './simulated-process.js';

/** Virtual time does not show how long scripts take. */
const NO_LATENCY = encodeHistogram(createHistogram());
/** Records of one fetch. */
const FETCHES = [1, 5, 20, 100, 100_000] as const;

/** What decides who takes a turn. */
interface Turns {
  readonly redis: RedisStage;
  readonly random: RandomStream;
}

type Common = Omit<ConstructorParameters<typeof SimulatedProcess>[0], 'number' | 'group' | 'start' | 'crashed'> & {
  readonly sessionTimeoutMs: number;
};
type StartWith = (admin: Admin) => ConstructorParameters<typeof SimulatedProcess>[0]['start'];

/** The processes of one service, and their group. */
export class SimulatedFleet implements RunConsumers {
  readonly group: MemoryGroup;
  readonly admin: Admin;
  readonly exits: string[] = [];
  readonly #processes: SimulatedProcess[] = [];
  readonly #common: Common;
  readonly #start: StartWith;

  constructor(common: Common, start: StartWith) {
    const { log, time, sessionTimeoutMs } = common;
    this.#common = common;
    this.#start = start;
    this.group = new MemoryGroup({ places: log.places, sessionTimeoutMs, now: () => time.nowMs });
    this.admin = memoryAdmin(log, this.group);
  }

  all(): readonly SimulatedProcess[] {
    return this.#processes;
  }

  async add(): Promise<SimulatedProcess> {
    const crashed = (error: Error) => void this.exits.push(String(error));
    const number = this.#processes.length + 1;
    const process = new SimulatedProcess({
      ...this.#common,
      number,
      group: this.group,
      crashed,
      start: this.#start(this.admin),
    });
    this.#processes.push(process);
    await process.startAgain();
    return process;
  }

  /** True when a process was ended: what it told last may not be all that it did. */
  get hasLostSome(): boolean {
    return this.#processes.some(({ hasFormerLives }) => hasFormerLives);
  }

  async observe(): Promise<readonly Observation[]> {
    const told = await Promise.all(this.#processes.map((process) => process.observe()));
    return told.flat().map((counts) => ({ ...counts, applyLatency: NO_LATENCY }));
  }

  /** Connections of processes that wait for Redis, and are to be answered. */
  waiting({ redis, random }: Turns): GatedConnection[] {
    const waiting = this.#processes.flatMap(({ connection, runShare }) =>
      connection?.isWaiting && random.unit() < runShare ? [connection] : [],
    );
    if (redis.away === 0) return waiting;
    redis.waits += waiting.length;
    return [];
  }

  turns({ random }: Turns): (() => Promise<void> | void)[] {
    const turns: (() => Promise<void> | void)[] = [];
    if (this.group.canDeal) turns.push(() => this.group.deal());
    for (const process of this.#processes) {
      const { consumer } = process;
      if (!consumer || random.unit() >= process.runShare) continue;
      if (consumer.isExpelled) turns.push(() => consumer.join());
      for (const place of consumer.readable()) turns.push(() => read(consumer, place, random));
    }
    return turns;
  }
}

function read(consumer: MemoryConsumer, place: TopicPartition, random: RandomStream): void {
  consumer.read(place, elementAt(FETCHES, random.below(FETCHES.length)));
}

// simulator/simulate/simulated-process.ts — A consumer process as faults see it: it can be killed, asked to end, frozen, slowed, and started again.
import type { Redis } from 'ioredis';
import type { ControlledConsumer } from '../sut/consumer-control.js';
import type { RandomStream } from '../workload/random.js';
import { GatedConnection } from './gated-redis.js';
import { MemoryConsumer } from './memory-consumer.js';
import type { MemoryGroup } from './memory-group.js';
import type { MemoryLog } from './memory-log.js';
import type { ProcessTools, SimulatedService } from './simulated-service.js';
import type { VirtualTime } from './virtual-time.js';

export interface ProcessOptions {
  /** From 1. */
  readonly number: number;
  readonly redis: Redis;
  readonly log: MemoryLog;
  readonly group: MemoryGroup;
  readonly time: VirtualTime;
  readonly random: RandomStream;
  readonly start: (tools: ProcessTools) => Promise<SimulatedService>;
  readonly crashed: (error: Error) => void;
}

export class SimulatedProcess implements ControlledConsumer {
  readonly number: number;
  readonly #options: ProcessOptions;
  #lives = 0;
  #life: Life | undefined;
  /** What former lives have told. */
  #told: Counts[] = [];
  /** Share of its turns that it takes. */
  runShare = 1;

  constructor(options: ProcessOptions) {
    this.number = options.number;
    this.#options = options;
  }

  get state(): 'running' | 'paused' | 'ended' {
    return this.#life?.state ?? 'ended';
  }

  get pid(): number | undefined {
    return this.#life && this.number * 1000 + this.#lives;
  }

  /** Connection of the running process. */
  get connection(): GatedConnection | undefined {
    return this.state === 'running' ? this.#life?.connection : undefined;
  }

  get consumer(): MemoryConsumer | undefined {
    return this.state === 'running' ? this.#life?.consumer : undefined;
  }

  get hasFormerLives(): boolean {
    return this.#told.length > 0;
  }

  /** Settles when it joins its group. */
  async startAgain(): Promise<void> {
    const { redis, log, group, time, start, crashed } = this.#options;
    this.#lives += 1;
    const connection = new GatedConnection(redis);
    const now = () => time.nowMs;
    const consumer = new MemoryConsumer({ log, group, now, state: () => life.state });
    const isHeld = () => life.state !== 'running';
    const every = (everyMs: number, call: () => void) => {
      const stop = time.every(everyMs, call, isHeld);
      life.stops.push(stop);
      return stop;
    };
    const life: Life = { connection, consumer, stops: [], state: 'running', service: undefined };
    this.#life = life;
    life.service = await start({ connection, consumer, every, crashed, now });
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<string> {
    const life = this.#life;
    if (!life?.service) return 'was not running';
    if (signal === 'SIGTERM') await life.service.stop();
    life.state = 'ended';
    for (const stop of life.stops) stop();
    this.#told.push(life.service.metrics.counts);
    this.#life = undefined;
    life.connection.cut(signal === 'SIGKILL' ? this.#options.random.below(3) : 0);
    return signal === 'SIGTERM' ? 'code 0' : signal;
  }

  pause(): void {
    if (this.#life) this.#life.state = 'paused';
  }

  resume(): void {
    if (this.#life?.state === 'paused') this.#life.state = 'running';
  }

  async observe(): Promise<readonly Counts[]> {
    const now = this.#life?.service?.metrics.counts;
    return now ? [...this.#told, now] : this.#told;
  }
}

type Counts = SimulatedService['metrics']['counts'];

interface Life {
  readonly connection: GatedConnection;
  readonly consumer: MemoryConsumer;
  /** Stop its timers. */
  readonly stops: (() => void)[];
  service: SimulatedService | undefined;
  state: 'running' | 'paused' | 'ended';
}

// simulator/system-under-test.ts — The consumers under test: their processes together, and how one sees that they are ready.
import type { Admin } from 'kafkajs';
import { type ClockSettings, formatClock } from '../contract/clock.js';
import type { KafkaConnection, RedisConnection } from '../contract/connection.js';
import { STREAMS } from '../contract/events.js';
import type { Observation } from '../contract/observation.js';
import { ConsumerProcess, type ServiceUnderTest } from './consumer-process.js';
import type { ConsumerControl } from './fault/fault.js';
import type { Guardian } from './infra/guardian.js';
import { InfraError } from './infra/infra.js';
import { lastLinesOf } from './infra/log-tail.js';
import { isHealthy } from './observe/consumer-channel.js';
import { isAssigned } from './observe/lag.js';
import type { Scenario } from './scenario/schema.js';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

export interface ConsumerOptions {
  readonly service: ServiceUnderTest;
  readonly scenario: Scenario;
  readonly kafka: KafkaConnection;
  readonly redis: RedisConnection;
  readonly topicPrefix: string;
  readonly keyPrefix: string;
  readonly clock: ClockSettings;
  /** Event times, ms, by which end-to-end latencies are kept apart. */
  readonly latencyBoundariesMs: readonly number[];
  readonly logDir: string;
  readonly guardian: Guardian;
}

export interface ReadyOptions {
  readonly admin: Admin;
  /** Of all topics together. */
  readonly partitions: number;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

export class Consumers implements ConsumerControl, AsyncDisposable {
  readonly #options: ConsumerOptions;
  readonly #all: ConsumerProcess[] = [];
  readonly #exits: string[] = [];
  #isStopping = false;

  private constructor(options: ConsumerOptions) {
    this.#options = options;
  }

  static async start(options: ConsumerOptions): Promise<Consumers> {
    const consumers = new Consumers(options);
    for (let i = 0; i < options.service.instances; i += 1) await consumers.#launch();
    return consumers;
  }

  all(): readonly ConsumerProcess[] {
    return this.#all;
  }

  async add(): Promise<ConsumerProcess> {
    if (this.#isStopping) throw new InfraError('no consumer is started, as the consumers are being ended');
    const consumer = await this.#launch();
    if (this.#isStopping) await consumer[Symbol.asyncDispose]();
    else await consumer.healthy();
    return consumer;
  }

  /** HTTP addresses of the processes that run. */
  get urls(): string[] {
    return this.#all.filter(({ state }) => state === 'running').map(({ url }) => url);
  }

  /** What was said by processes that ended without being asked to. */
  get exits(): readonly string[] {
    return this.#exits;
  }

  /** True when a process was ended on purpose: what it told of itself last may not be all that it did. */
  get hasLostSome(): boolean {
    return this.#all.some((one) => one.hasFormerLives || one.state === 'ended');
  }

  /** Of every process, also of those that were ended, as they last told; undefined when one that runs does not answer. */
  async observe(): Promise<Observation[] | undefined> {
    const all: Observation[] = [];
    for (const observations of await Promise.all(this.#all.map((consumer) => consumer.observe()))) {
      if (observations === undefined) return undefined;
      all.push(...observations);
    }
    return all;
  }

  /** Settles when the group owns every partition and every process says that it is healthy. @throws InfraError */
  async ready({ admin, partitions, signal, timeoutMs = READY_TIMEOUT_MS }: ReadyOptions): Promise<void> {
    const { service } = this.#options;
    const group = { id: service.groupId, partitions };
    const giveUpAt = performance.now() + timeoutMs;
    while (!(await this.#isReady(admin, group))) {
      signal.throwIfAborted();
      const exit = this.#exits[0];
      if (exit !== undefined) throw new InfraError(`the ${service.name} did not start: ${exit}`);
      if (performance.now() > giveUpAt) {
        throw new InfraError(
          `the ${service.name} did not join its group with all ${group.partitions} partitions within ${timeoutMs / 1000} s; ` +
            `its log ends with:\n${lastLinesOf(this.#all[0]?.logFile ?? '')}`,
          { hint: `all of its log is in ${this.#all[0]?.logFile}; a machine that is too busy also looks like this` },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async #isReady(admin: Admin, group: { readonly id: string; readonly partitions: number }): Promise<boolean> {
    const healthy = await Promise.all(this.urls.map(isHealthy));
    if (!healthy.every(Boolean)) return false;
    return isAssigned(admin, group).catch(() => false);
  }

  async #launch(): Promise<ConsumerProcess> {
    const { logDir, guardian } = this.#options;
    const consumer = await ConsumerProcess.start({
      service: this.#options.service,
      number: this.#all.length + 1,
      ...{ logDir, guardian },
      environment: environmentOf(this.#options),
      crashed: (what) => void this.#exits.push(what),
    });
    this.#all.push(consumer);
    return consumer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#all.map((consumer) => consumer[Symbol.asyncDispose]()));
  }
}

function environmentOf(options: ConsumerOptions): Record<string, string> {
  const { kafka, redis, scenario } = options;
  return {
    KAFKA_BROKERS: kafka.brokers.join(','),
    ...(kafka.security ? { KAFKA_SECURITY: JSON.stringify(kafka.security) } : {}),
    KAFKA_GROUP_ID: options.service.groupId,
    KAFKA_TOPIC_PREFIX: options.topicPrefix,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: options.keyPrefix,
    RULES: JSON.stringify(scenario.rules),
    CLOCK: formatClock(options.clock),
    SESSION_TIMEOUT_MS: String(scenario.consumer.sessionTimeoutMs),
    COMMIT_INTERVAL_MS: String(scenario.consumer.commitIntervalMs),
    LATENCY_BOUNDARIES_MS: options.latencyBoundariesMs.join(','),
    EXIT_WITH_PARENT: '1',
  };
}

/** Partitions of the four topics together. */
export function partitionsOf(scenario: Scenario): number {
  return STREAMS.length * scenario.topics.partitions;
}

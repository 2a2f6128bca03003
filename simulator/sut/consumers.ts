// simulator/sut/consumers.ts — The consumers under test: all their processes, and how one sees that they are ready.
import type { Admin } from 'kafkajs';
import { type ClockSettings, formatClock } from '../../contract/clock.js';
import type { KafkaConnection, RedisConnection } from '../../contract/connection.js';
import { STREAMS } from '../../contract/events.js';
import type { Observation } from '../../contract/observation.js';
import { until } from '../../contract/waiting.js';
import { InfraError } from '../errors.js';
import type { Guardian } from '../infra/processes/guardian.js';
import { lastLinesOf } from '../infra/processes/log-tail.js';
import type { Scenario } from '../scenario/schema.js';
import { answers } from './consumer-channel.js';
import type { ConsumerControl } from './consumer-control.js';
import { ConsumerProcess, type ServiceUnderTest } from './consumer-process.js';
import { isAssigned } from './group.js';
import { filled, type Values } from './template.js';

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
  /** Partitions of all topics together. */
  readonly partitions: number;
  readonly signal: AbortSignal;
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
    const { sut, instances } = options.service;
    for (let i = 0; sut.command && i < instances; i += 1) await consumers.#launch();
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

  /** Where running consumers tell about themselves; most do not. */
  get channels(): string[] {
    const { sut } = this.#options.service;
    if (!sut.command) return sut.channel === undefined ? [] : [sut.channel];
    return this.#all.filter(({ state }) => state === 'running').flatMap(({ channel }) => channel ?? []);
  }

  /** The last words of processes that ended without being told to. */
  get exits(): readonly string[] {
    return this.#exits;
  }

  /** True when a process was ended on purpose. It may have done more than it last told. */
  get hasLostSome(): boolean {
    return this.#all.some((one) => one.hasFormerLives || one.state === 'ended');
  }

  /** Figures of every process, including ended ones; undefined when a running one does not answer. */
  async observe(): Promise<Observation[] | undefined> {
    const all: Observation[] = [];
    for (const observations of await Promise.all(this.#all.map((consumer) => consumer.observe()))) {
      if (observations === undefined) return undefined;
      all.push(...observations);
    }
    return all;
  }

  /** Settles when the group owns every partition and every process says that it is healthy. @throws InfraError */
  async ready({ admin, partitions, signal }: ReadyOptions): Promise<void> {
    const { service } = this.#options;
    const group = { id: service.groupId, partitions };
    const { timeoutSeconds } = service.sut.ready;
    const isReady = async () => {
      if (await this.#isReady(admin, group)) return true;
      const exit = this.#exits[0];
      if (exit !== undefined) throw new InfraError(`the ${service.name} did not start: ${exit}`);
      return false;
    };
    if (await until(isReady, { withinMs: timeoutSeconds * 1000, pollMs: POLL_MS, signal })) return;
    const log = this.#all[0]?.logFile;
    const joined = `join its group with all ${group.partitions} partitions`;
    const wanted = service.sut.ready.assigned ? joined : 'answer';
    const said = log === undefined ? '' : `; its log ends with:\n${lastLinesOf(log)}`;
    throw new InfraError(`the ${service.name} did not ${wanted} within ${timeoutSeconds} s${said}`, {
      hint: `${log === undefined ? `see the log of group ${group.id}` : `all of its log is in ${log}`}; a machine that is too busy also looks like this`,
    });
  }

  async #isReady(admin: Admin, group: { readonly id: string; readonly partitions: number }): Promise<boolean> {
    const { sut } = this.#options.service;
    const { assigned, url } = sut.ready;
    const ready = await Promise.all(this.#all.map((one) => one.state !== 'running' || one.isReady()));
    // A group without one of them would be asked in vain, and for long where Kafka does not answer.
    if (!ready.every(Boolean) || this.#exits.length > 0) return false;
    if (!sut.command && url !== undefined && !(await answers(filled(url, valuesOf(this.#options))))) return false;
    return !assigned || isAssigned(admin, group).catch(() => false);
  }

  async #launch(): Promise<ConsumerProcess> {
    const { logDir, guardian } = this.#options;
    const consumer = await ConsumerProcess.start({
      service: this.#options.service,
      number: this.#all.length + 1,
      logDir,
      guardian,
      values: valuesOf(this.#options),
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

/** Values for the placeholders of a SUT file, except those of a single process. */
function valuesOf(options: ConsumerOptions): Values {
  const { kafka, redis, scenario } = options;
  const { host = '', port = '', password = '', database = '' } = partsOf(redis.url);
  return {
    node: process.execPath,
    brokers: kafka.brokers.join(','),
    kafkaSecurity: kafka.security ? JSON.stringify(kafka.security) : '',
    redisUrl: redis.url,
    redisHost: host,
    redisPort: port,
    redisPassword: password,
    redisDatabase: database,
    group: options.service.groupId,
    topicPrefix: options.topicPrefix,
    keyPrefix: options.keyPrefix,
    zone: scenario.rules.zone,
    rules: JSON.stringify(scenario.rules),
    clock: formatClock(options.clock),
    sessionTimeoutMs: String(scenario.consumer.sessionTimeoutMs),
    commitIntervalMs: String(scenario.consumer.commitIntervalMs),
    latencyBoundariesMs: options.latencyBoundariesMs.join(','),
  };
}

/** For a Cluster, whose address has several hosts, the parts of the first. */
function partsOf(url: string): Readonly<Record<'host' | 'port' | 'password' | 'database', string>> {
  const { hostname, port, password, pathname } = new URL(url.replace(/,[^/]*/, ''));
  return { host: hostname, port: port || '6379', password, database: pathname.slice(1) || '0' };
}

/** Partitions of the four topics together. */
export function partitionsOf(scenario: Scenario): number {
  return STREAMS.length * scenario.topics.partitions;
}

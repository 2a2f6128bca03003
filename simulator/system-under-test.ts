// simulator/system-under-test.ts — The consumer under test: its processes, its logs, and how one sees that it is ready.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Admin } from 'kafkajs';
import { type ClockSettings, formatClock } from '../contract/clock.js';
import type { KafkaConnection, RedisConnection } from '../contract/connection.js';
import { STREAMS } from '../contract/events.js';
import type { Guardian } from './infra/guardian.js';
import { InfraError } from './infra/infra.js';
import { isHealthy } from './observe/consumer-channel.js';
import { isAssigned } from './observe/lag.js';
import type { Scenario } from './scenario/schema.js';

/** A consumer makes much garbage that is soon gone: a larger young generation saves a third of its time. */
const NODE_OPTIONS = ['--enable-source-maps', '--max-semi-space-size=64'];
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const STOP_TIMEOUT_MS = 10_000;
const LOG_LINES = 12;

/** Which of the services under test. */
export interface ServiceUnderTest {
  /** As its logs are called. */
  readonly name: string;
  readonly main: string;
  readonly groupId: string;
  /** Processes. */
  readonly instances: number;
}

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

interface Instance {
  readonly process: ChildProcess;
  readonly url: string;
  readonly logFile: string;
}

export class Consumers implements AsyncDisposable {
  readonly #instances: readonly Instance[];
  readonly #guardian: Guardian;
  readonly #service: ServiceUnderTest;
  readonly #exits: string[] = [];
  #stopping = false;

  private constructor(instances: readonly Instance[], { guardian, service }: ConsumerOptions) {
    this.#instances = instances;
    this.#service = service;
    this.#guardian = guardian;
    for (const [index, instance] of instances.entries()) {
      instance.process.on('exit', (code, signal) => {
        if (instance.process.pid !== undefined) guardian.forgetProcess(instance.process.pid);
        if (this.#stopping) return;
        this.#exits.push(
          `${service.name} ${index + 1} ended with ${signal ?? `code ${code}`}; its log ends with:\n${lastLines(instance.logFile)}`,
        );
      });
    }
  }

  static async start(options: ConsumerOptions): Promise<Consumers> {
    const instances: Instance[] = [];
    for (let i = 0; i < options.service.instances; i += 1) instances.push(await startInstance(i + 1, options));
    return new Consumers(instances, options);
  }

  /** HTTP addresses, one a process. */
  get urls(): string[] {
    return this.#instances.map((instance) => instance.url);
  }

  /** What was said by processes that ended without being asked to. */
  get exits(): readonly string[] {
    return this.#exits;
  }

  /** Settles when the group owns every partition and every process says that it is healthy. */
  async ready(admin: Admin, partitions: number, signal: AbortSignal): Promise<void> {
    const group = { id: this.#service.groupId, partitions };
    const giveUpAt = performance.now() + READY_TIMEOUT_MS;
    while (!(await this.#isReady(admin, group))) {
      signal.throwIfAborted();
      const exit = this.#exits[0];
      if (exit !== undefined) throw new InfraError(`the ${this.#service.name} did not start: ${exit}`);
      if (performance.now() > giveUpAt) {
        throw new InfraError(
          `the ${this.#service.name} did not join its group with all ${group.partitions} partitions within ${READY_TIMEOUT_MS / 1000} s; ` +
            `its log ends with:\n${lastLines(this.#instances[0]?.logFile ?? '')}`,
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#instances.map(({ process }) => stop(process)));
    for (const { process } of this.#instances) if (process.pid !== undefined) this.#guardian.forgetProcess(process.pid);
  }
}

async function startInstance(number: number, options: ConsumerOptions): Promise<Instance> {
  const port = await freePort();
  const logFile = join(options.logDir, `${options.service.name}-${number}.log`);
  const log = openSync(logFile, 'a');
  const main = fileURLToPath(new URL(options.service.main, import.meta.url));
  const child = spawn(process.execPath, [...NODE_OPTIONS, main], {
    // A process group of its own: Ctrl-C on the terminal is for us, and we stop it in order.
    detached: true,
    stdio: ['pipe', log, log],
    env: { ...process.env, ...environment(options, port) },
  });
  closeSync(log);
  if (child.pid !== undefined) options.guardian.watchProcess(child.pid);
  return { process: child, url: `http://127.0.0.1:${port}`, logFile };
}

function environment(options: ConsumerOptions, port: number): Record<string, string> {
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
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(port),
    LATENCY_BOUNDARIES_MS: options.latencyBoundariesMs.join(','),
    EXIT_WITH_PARENT: '1',
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n');
  } catch {
    return '(no log)';
  }
}

/** Partitions of the four topics together. */
export function partitionsOf(scenario: Scenario): number {
  return STREAMS.length * scenario.topics.partitions;
}

// simulator/consumer-process.ts — One consumer under test: its process, which may be ended, paused and started anew on purpose.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Observation } from '../contract/observation.js';
import type { ControlledConsumer } from './fault/fault.js';
import type { Guardian } from './infra/guardian.js';
import { InfraError } from './infra/infra.js';
import { lastLinesOf } from './infra/log-tail.js';
import { isHealthy, readObservation } from './observe/consumer-channel.js';

/** A consumer makes much garbage that is soon gone: a larger young generation saves a third of its time. */
const NODE_OPTIONS = ['--enable-source-maps', '--max-semi-space-size=64'];
const HEALTHY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const STOP_TIMEOUT_MS = 10_000;

/** Which of the services under test. */
export interface ServiceUnderTest {
  /** As its logs are called. */
  readonly name: string;
  readonly main: string;
  readonly groupId: string;
  /** Processes. */
  readonly instances: number;
}

export interface ConsumerProcessOptions {
  readonly service: ServiceUnderTest;
  /** From 1. */
  readonly number: number;
  readonly logDir: string;
  readonly guardian: Guardian;
  readonly environment: Readonly<Record<string, string>>;
  /** It ended, and nobody had asked it to. */
  readonly crashed: (what: string) => void;
}

interface Life {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<string>;
  isExpectedToEnd: boolean;
  /** What it told of itself last. */
  last: Observation | undefined;
}

export class ConsumerProcess implements ControlledConsumer, AsyncDisposable {
  readonly number: number;
  readonly logFile: string;
  readonly #options: ConsumerProcessOptions;
  readonly #former: Life[] = [];
  #life: Life;
  #isPaused = false;
  /** It is not to be asked yet. */
  #isStarting = false;
  #isDisposed = false;

  private constructor(options: ConsumerProcessOptions, life: Life, logFile: string) {
    this.number = options.number;
    this.#options = options;
    this.#life = life;
    this.logFile = logFile;
  }

  static async start(options: ConsumerProcessOptions): Promise<ConsumerProcess> {
    const logFile = join(options.logDir, `${options.service.name}-${options.number}.log`);
    return new ConsumerProcess(options, await launch(options, logFile), logFile);
  }

  get pid(): number | undefined {
    return this.state === 'ended' ? undefined : this.#life.child.pid;
  }

  get state(): 'running' | 'paused' | 'ended' {
    const { exitCode, signalCode } = this.#life.child;
    if (exitCode !== null || signalCode !== null) return 'ended';
    return this.#isPaused ? 'paused' : 'running';
  }

  get url(): string {
    return this.#life.url;
  }

  /** True when it has lived more than once: what a former life told of itself last may not be all that it did. */
  get hasFormerLives(): boolean {
    return this.#former.length > 0;
  }

  /** Of this life and of former ones; undefined when it runs and does not answer. */
  async observe(): Promise<Observation[] | undefined> {
    const life = this.#life;
    if (this.state === 'running' && !this.#isStarting) {
      const now = await readObservation(life.url);
      if (now === undefined) return undefined;
      life.last = now;
    }
    return [...this.#former, life].flatMap(({ last }) => last ?? []);
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<string> {
    this.#life.isExpectedToEnd = true;
    this.#signal(signal);
    if (signal === 'SIGTERM') this.resume();
    return this.#life.ended;
  }

  pause(): void {
    this.#isPaused = true;
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
    this.#isPaused = false;
  }

  async startAgain(): Promise<void> {
    if (this.#isDisposed || this.state !== 'ended') return;
    this.#former.push(this.#life);
    this.#isPaused = false;
    this.#isStarting = true;
    this.#life = await launch(this.#options, this.logFile);
    if (this.#isDisposed) await this[Symbol.asyncDispose]();
    else await this.healthy();
  }

  /** Settles when it says that it is healthy. @throws InfraError */
  async healthy(): Promise<void> {
    this.#isStarting = true;
    try {
      await this.#untilHealthy();
    } finally {
      this.#isStarting = false;
    }
  }

  async #untilHealthy(): Promise<void> {
    const giveUpAt = performance.now() + HEALTHY_TIMEOUT_MS;
    while (!(await isHealthy(this.url))) {
      if (this.state !== 'ended' && performance.now() < giveUpAt) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        continue;
      }
      const found = this.state === 'ended' ? 'it has ended' : `not within ${HEALTHY_TIMEOUT_MS / 1000} s`;
      throw new InfraError(
        `expected ${this.#options.service.name} ${this.number} to become healthy: ${found}; its log ends with:\n${lastLinesOf(this.logFile)}`,
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    const timer = setTimeout(() => this.#signal('SIGKILL'), STOP_TIMEOUT_MS);
    await this.end('SIGTERM');
    clearTimeout(timer);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.state !== 'ended') this.#life.child.kill(signal);
  }
}

async function launch(options: ConsumerProcessOptions, logFile: string): Promise<Life> {
  const { service, number, guardian, environment, crashed } = options;
  const port = await freePort();
  const log = openSync(logFile, 'a');
  const main = fileURLToPath(new URL(service.main, import.meta.url));
  const child = spawn(process.execPath, [...NODE_OPTIONS, main], {
    // A process group of its own: Ctrl-C on the terminal is for us, and we stop it in order.
    detached: true,
    stdio: ['pipe', log, log],
    env: { ...process.env, ...environment, HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port) },
  });
  closeSync(log);
  const { pid } = child;
  if (pid !== undefined) guardian.watchProcess(pid);
  const ended = new Promise<string>((resolve) => {
    child.on('exit', (code, signal) => {
      if (pid !== undefined) guardian.forgetProcess(pid);
      const how = signal ?? `code ${code}`;
      if (!life.isExpectedToEnd) {
        crashed(`${service.name} ${number} ended with ${how}; its log ends with:\n${lastLinesOf(logFile)}`);
      }
      resolve(how);
    });
  });
  const life: Life = { child, url: `http://127.0.0.1:${port}`, ended, isExpectedToEnd: false, last: undefined };
  return life;
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

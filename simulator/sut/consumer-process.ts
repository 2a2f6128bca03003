// simulator/sut/consumer-process.ts — One consumer under test: a process that may be ended, paused and started anew on purpose.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Observation } from '../../contract/observation.js';
import { inTime, until } from '../../contract/waiting.js';
import { InfraError } from '../errors.js';
import { freePorts } from '../infra/processes/free-ports.js';
import type { Guardian } from '../infra/processes/guardian.js';
import { lastLinesOf } from '../infra/processes/log-tail.js';
import { spawned } from '../infra/processes/spawning.js';
import { answers, readObservation } from './consumer-channel.js';
import type { ControlledConsumer } from './consumer-control.js';
import type { Sut } from './load.js';
import { killMarked, MARK, newMark } from './marked-processes.js';
import { filled, type Values } from './template.js';

const POLL_MS = 50;

/** Which of the services under test. */
export interface ServiceUnderTest {
  /** Name of its log files. */
  readonly name: string;
  readonly sut: Sut;
  readonly groupId: string;
  /** How many processes; 0 when it runs elsewhere. */
  readonly instances: number;
}

export interface ConsumerProcessOptions {
  readonly service: ServiceUnderTest;
  /** From 1. */
  readonly number: number;
  readonly logDir: string;
  readonly guardian: Guardian;
  /** Values of placeholders, except those of a single process. */
  readonly values: Values;
  /** It ended without being told to. */
  readonly crashed: (what: string) => void;
}

interface Life {
  readonly child: ChildProcess;
  readonly values: Values;
  readonly ended: Promise<string>;
  /** In the environment of all its processes. */
  readonly mark: string;
  isExpectedToEnd: boolean;
  /** What it told about itself last. */
  last: Observation | undefined;
}

export class ConsumerProcess implements ControlledConsumer, AsyncDisposable {
  readonly number: number;
  readonly logFile: string;
  readonly #options: ConsumerProcessOptions;
  readonly #former: Life[] = [];
  #life: Life;
  #isPaused = false;
  /** It must not be asked yet. */
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
    const { exitCode, signalCode, pid } = this.#life.child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return 'ended';
    return this.#isPaused ? 'paused' : 'running';
  }

  /** Where it tells about itself; most consumers do not. */
  get channel(): string | undefined {
    const { channel } = this.#options.service.sut;
    return channel && filled(channel, this.#life.values);
  }

  /** Whether its ready URL answers. */
  async isReady(): Promise<boolean> {
    const { url } = this.#options.service.sut.ready;
    return url === undefined || answers(filled(url, this.#life.values));
  }

  /** True when it was started more than once. A former process may have done more than it last told. */
  get hasFormerLives(): boolean {
    return this.#former.length > 0;
  }

  /** Figures of this process and its predecessors; undefined when it runs and does not answer. */
  async observe(): Promise<Observation[] | undefined> {
    const life = this.#life;
    const { channel } = this;
    if (channel === undefined) return undefined;
    if (this.state === 'running' && !this.#isStarting) {
      const now = await readObservation(channel);
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

  /** Settles when this process is ready, whatever the group does. @throws InfraError */
  async healthy(): Promise<void> {
    this.#isStarting = true;
    try {
      await this.#untilHealthy();
    } finally {
      this.#isStarting = false;
    }
  }

  async #untilHealthy(): Promise<void> {
    const { timeoutSeconds } = this.#options.service.sut.ready;
    const isEnough = async () => (await this.isReady()) || (this.state === 'ended' ? 'ended' : undefined);
    const found = await until(isEnough, { withinMs: timeoutSeconds * 1000, pollMs: POLL_MS });
    if (found === true) return;
    const problem = found === 'ended' ? 'it has ended' : `not within ${timeoutSeconds} s`;
    throw new InfraError(
      `expected ${this.#options.service.name} ${this.number} to become healthy: ${problem}; its log ends with:\n${lastLinesOf(this.logFile)}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    const ended = this.end('SIGTERM');
    if (!(await inTime(ended, this.#options.service.sut.stopSeconds * 1000))) this.#signal('SIGKILL');
    await ended;
    for (const { mark } of [...this.#former, this.#life]) killMarked(mark);
  }

  /** Signals its whole process group, as a command may be a script that starts the program. */
  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#life.child;
    if (this.state === 'ended' || pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch (error) {
      // It has just ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

async function launch(options: ConsumerProcessOptions, logFile: string): Promise<Life> {
  const { service, number, guardian, crashed } = options;
  const [port] = await freePorts(1);
  const values = { ...options.values, instance: String(number), port: String(port) };
  const mark = newMark();
  const child = spawnConsumer(options, { values, mark, logFile });
  const { pid } = child;
  if (pid !== undefined) guardian.watchProcess(pid);
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      // A program that could not be started never exits.
      if (child.pid !== undefined) return;
      crashed(`${service.name} ${number} could not be started: ${error.message}`);
      resolve(error.message);
    });
    child.on('exit', (code, signal) => {
      if (pid !== undefined) guardian.forgetProcess(pid);
      const how = signal ?? `code ${code}`;
      if (!life.isExpectedToEnd) {
        crashed(`${service.name} ${number} ended with ${how}; its log ends with:\n${lastLinesOf(logFile)}`);
      }
      resolve(how);
    });
  });
  const life: Life = { child, values, ended, mark, isExpectedToEnd: false, last: undefined };
  return life;
}

interface Start {
  readonly values: Values;
  readonly mark: string;
  readonly logFile: string;
}

/** @throws InfraError when the system refuses at once */
function spawnConsumer({ service, number }: ConsumerProcessOptions, { values, mark, logFile }: Start): ChildProcess {
  const { command = [], cwd, env } = service.sut;
  const [program = '', ...args] = command.map((text) => filled(text, values));
  const settings = Object.entries(env).map(([name, text]) => [name, filled(text, values)] as const);
  const own = Object.fromEntries(settings.filter(([, text]) => text !== ''));
  const log = openSync(logFile, 'a');
  try {
    return spawned(`${service.name} ${number}`, () =>
      spawn(program, args, {
        // A process group of its own: Ctrl-C on the terminal reaches only us, and we stop it in order.
        detached: true,
        cwd,
        stdio: ['pipe', log, log],
        env: { ...process.env, ...own, [MARK]: mark },
      }),
    );
  } finally {
    closeSync(log);
  }
}

// simulator/infra/processes/server-process.ts — One server that was started here. It ends when it is told to, or reports that it died.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { inTime } from '../../../contract/waiting.js';
import { InfraError } from '../../errors.js';
import type { Environment } from '../machine/environment.js';
import type { Guardian } from './guardian.js';
import { lastLinesOf } from './log-tail.js';
import { spawned } from './spawning.js';

export interface ServerSpec {
  /** Name for people, such as `Kafka node 1`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly env: Environment;
  /** Its standard output and error are appended here. */
  readonly logFile: string;
  /** How long it may take to end when it is asked to. */
  readonly stopTimeoutMs?: number;
}

const STOP_TIMEOUT_MS = 5000;

export class ServerProcess {
  readonly spec: ServerSpec;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #guardian: Guardian;
  readonly #died = new AbortController();
  readonly #ended: Promise<void>;
  #expectsEnd = false;

  private constructor(spec: ServerSpec, child: ChildProcess & { readonly pid: number }, guardian: Guardian) {
    this.spec = spec;
    this.pid = child.pid;
    this.#child = child;
    this.#guardian = guardian;
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        guardian.forgetProcess(child.pid);
        if (!this.#expectsEnd) this.#died.abort(this.#deathBy(signal ?? `exit code ${code}`));
        resolve();
      });
    });
  }

  /** @throws InfraError when the program cannot be started. */
  static start(spec: ServerSpec, guardian: Guardian): ServerProcess {
    const log = openSync(spec.logFile, 'a');
    try {
      // A process group of its own: Ctrl-C on the terminal reaches only us, and we stop it in order.
      const child = spawned(spec.name, () =>
        spawn(spec.command, spec.args, {
          cwd: spec.directory,
          env: { ...process.env, ...spec.env },
          detached: true,
          stdio: ['ignore', log, log],
        }),
      );
      child.on('error', () => undefined);
      const { pid } = child;
      if (pid === undefined) throw new InfraError(`${spec.name} could not be started: ${spec.command} does not run`);
      guardian.watchProcess(pid);
      return new ServerProcess(spec, Object.assign(child, { pid }), guardian);
    } finally {
      closeSync(log);
    }
  }

  /** Aborts, with an `InfraError` that ends with its last log lines, when it ends without being told to. */
  get died(): AbortSignal {
    return this.#died.signal;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Call it while waiting for the first answer. @throws InfraError when the process has ended, even when it was told to. */
  expectRunning(): void {
    this.died.throwIfAborted();
    if (!this.isRunning) throw new InfraError(`${this.spec.name} was ended before it answered`);
  }

  /** Asks it to end, and kills it when it does not end in time. @returns whether it ended by itself */
  async stop(timeoutMs = this.spec.stopTimeoutMs ?? STOP_TIMEOUT_MS): Promise<boolean> {
    this.#expectsEnd = true;
    this.#signal('SIGTERM');
    // A paused process gets no signal until it goes on.
    this.#signal('SIGCONT');
    if (!(await inTime(this.#ended, timeoutMs))) this.#signal('SIGKILL');
    await this.#ended;
    return this.#child.signalCode !== 'SIGKILL';
  }

  /** Ends it as a crash would; settles when it has ended. */
  async kill(): Promise<void> {
    this.#expectsEnd = true;
    this.#signal('SIGKILL');
    await this.#ended;
  }

  pause(): void {
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
  }

  /** From now on it lives without us. */
  release(): void {
    this.#expectsEnd = true;
    this.#guardian.forgetProcess(this.pid);
    this.#child.unref();
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.isRunning) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // It ended in this moment.
    }
  }

  #deathBy(how: string): InfraError {
    const { name, logFile } = this.spec;
    return new InfraError(`${name} ended with ${how}; its log ends with:\n${lastLinesOf(logFile)}`, {
      hint: `all of its log is in ${logFile}`,
    });
  }
}

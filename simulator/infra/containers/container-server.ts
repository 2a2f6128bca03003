// simulator/infra/containers/container-server.ts — A server in a container that can be broken and healed through its engine.

import { InfraError } from '../../errors.js';
import type { BreakableRedis } from '../breakable.js';
import { runProgram } from '../machine/programs.js';
import type { Guardian } from '../processes/guardian.js';

export interface ContainerServerOptions {
  readonly name: string;
  /** `host:port` where it is published. */
  readonly address: string;
  readonly nodeId?: number;
  /** Id of the container. */
  readonly id: string;
  /** Makes the container run again if we die while it is broken. */
  readonly guardian: Guardian;
  /** Settles when it answers; rejects when it does not. */
  readonly answered: () => Promise<unknown>;
}

/** An engine on a busy machine takes seconds. Graceful broker shutdown can take tens of seconds. */
const ENGINE_TIMEOUT_MS = 90_000;
const TERMINATE_SECONDS = 60;
const STATE = '{{.State.Running}} {{.State.Paused}} {{.State.Pid}}';

export class ContainerServer implements BreakableRedis, AsyncDisposable {
  readonly name: string;
  readonly address: string;
  readonly nodeId?: number;
  readonly #id: string;
  readonly #answered: () => Promise<unknown>;
  #pid: number | undefined;

  private constructor({ name, address, nodeId, id, answered }: ContainerServerOptions) {
    this.name = name;
    this.address = address;
    if (nodeId !== undefined) this.nodeId = nodeId;
    this.#id = id;
    this.#answered = answered;
  }

  /** The server of a running container. @throws InfraError */
  static async attach(options: ContainerServerOptions): Promise<ContainerServer> {
    const server = new ContainerServer(options);
    await server.#look();
    options.guardian.watchContainer(options.id);
    return server;
  }

  pid(): number | undefined {
    return this.#pid;
  }

  async kill(): Promise<void> {
    if (this.#pid === undefined) return;
    await engine('kill', '--signal', 'KILL', this.#id);
    await this.#ended();
  }

  async terminate(): Promise<void> {
    const { isPaused } = await this.#look();
    if (isPaused) await this.resume();
    await engine('stop', '--time', String(TERMINATE_SECONDS), this.#id);
    await this.#ended();
  }

  async start(): Promise<void> {
    await engine('start', this.#id);
    await this.#look();
    await this.#answered();
  }

  async pause(): Promise<void> {
    await engine('pause', this.#id);
  }

  async resume(): Promise<void> {
    await engine('unpause', this.#id);
  }

  async isFrozen(): Promise<boolean> {
    return (await this.#look()).isPaused;
  }

  /** The Redis of docker-compose.yml saves nothing. */
  async eraseData(): Promise<void> {}

  /** Makes it run again, whatever was done to it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { isRunning, isPaused } = await this.#look();
    if (isPaused) await this.resume();
    else if (!isRunning) await engine('start', this.#id);
  }

  /** `docker kill` returns before the container has ended. */
  async #ended(): Promise<void> {
    await engine('wait', this.#id);
    await this.#look();
  }

  async #look(): Promise<{ readonly isRunning: boolean; readonly isPaused: boolean }> {
    const [running, paused, pid] = (await engine('inspect', '--format', STATE, this.#id)).trim().split(/\s+/).slice(-3);
    const isRunning = running === 'true';
    this.#pid = isRunning ? Number(pid) : undefined;
    return { isRunning, isPaused: paused === 'true' };
  }
}

async function engine(...args: readonly string[]): Promise<string> {
  const signal = AbortSignal.timeout(ENGINE_TIMEOUT_MS);
  const { exitCode, output } = await runProgram({ command: 'docker', args, signal }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
    throw new InfraError(`docker ${args.join(' ')} did not end within ${ENGINE_TIMEOUT_MS / 1000} s`, { cause });
  });
  if (exitCode !== 0) throw new InfraError(`docker ${args.join(' ')} failed: ${output.trim()}`);
  return output;
}

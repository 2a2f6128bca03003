// simulator/infra/processes/restartable-server.ts — A server of this run that can be broken and healed: a new process at the same ports, with the same data.
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InfraError } from '../../errors.js';
import type { BreakableRedis, BreakableServer } from '../breakable.js';
import type { Owned } from './owned.js';
import { frozenState } from './process-state.js';
import type { ServerProcess } from './server-process.js';

export interface RestartableOptions {
  /** The running process, which has answered. */
  readonly server: ServerProcess;
  readonly address: string;
  readonly nodeId?: number;
  readonly owned: Owned;
  /** Settles when this process answers; rejects when it ends or does not answer in time. */
  readonly answered: (server: ServerProcess) => Promise<unknown>;
}

/** A Kafka node gives up its leaderships first, and a Redis may save what it has. */
const TERMINATE_TIMEOUT_MS = 60_000;

export class RestartableServer implements BreakableServer {
  readonly name: string;
  readonly address: string;
  readonly nodeId?: number;
  readonly #owned: Owned;
  readonly #answered: RestartableOptions['answered'];
  #server: ServerProcess;

  constructor(options: RestartableOptions) {
    this.name = options.server.spec.name;
    this.address = options.address;
    if (options.nodeId !== undefined) this.nodeId = options.nodeId;
    this.#owned = options.owned;
    this.#answered = options.answered;
    this.#server = options.server;
    this.#owned.watchFor(this.#server);
  }

  pid(): number | undefined {
    return this.#server.isRunning ? this.#server.pid : undefined;
  }

  kill(): Promise<void> {
    return this.#server.kill();
  }

  async terminate(): Promise<void> {
    const hasEnded = await this.#server.stop(TERMINATE_TIMEOUT_MS);
    if (!hasEnded) {
      throw new InfraError(
        `expected ${this.name} to end within ${TERMINATE_TIMEOUT_MS / 1000} s of SIGTERM; killed it`,
      );
    }
  }

  async start(): Promise<void> {
    if (this.#server.isRunning) return;
    const server = this.#owned.restartServer(this.#server);
    this.#server = server;
    try {
      await this.#answered(server);
    } catch (error) {
      await server.kill();
      throw error;
    }
    this.#owned.watchFor(server);
  }

  async pause(): Promise<void> {
    this.#server.pause();
  }

  async resume(): Promise<void> {
    this.#server.resume();
  }

  async isFrozen(): Promise<boolean> {
    return (await frozenState(this.pid())) === 'T';
  }
}

export class RestartableRedis extends RestartableServer implements BreakableRedis {
  readonly #directory: string;

  constructor(options: RestartableOptions) {
    super(options);
    this.#directory = options.server.spec.directory;
  }

  async eraseData(): Promise<void> {
    assert(this.pid() === undefined, `${this.name} must be down before its data is erased`);
    for (const name of await readdir(this.#directory)) await rm(join(this.#directory, name), { recursive: true });
  }
}

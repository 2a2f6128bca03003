// simulator/simulate/gated-redis.ts — A real Redis that many simulated processes share: each command of theirs waits for its turn, may be lost on its way, or carried out twice.
import type { Redis } from 'ioredis';

type Command = Parameters<Redis['sendCommand']>[0];

interface Waiting {
  readonly command: Command;
  readonly send: () => unknown;
}

/** The connection of one process: its commands are carried out in their order, when it is told. */
export class GatedConnection {
  readonly client: Redis;
  readonly #shared: Redis;
  readonly #waiting: Waiting[] = [];

  constructor(shared: Redis) {
    this.#shared = shared;
    const sendCommand = (command: Command) => {
      this.#waiting.push({ command, send: () => shared.sendCommand(command) });
      return command.promise;
    };
    // All but the sending is the client's own.
    this.client = Object.create(shared, { sendCommand: { value: sendCommand } }) as Redis;
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether the next command is one whose effect would be there twice, were it not harmless. */
  get nextIsScript(): boolean {
    return this.#waiting[0]?.command.name.startsWith('eval') === true;
  }

  /** Settles when the next command has been carried out and answered. */
  async pass(): Promise<void> {
    const next = this.#waiting.shift();
    next?.send();
    // An error goes to the sender of the command.
    await next?.command.promise.catch(() => undefined);
  }

  /** The next command is carried out and its answer lost, so the client sends it again. */
  async passTwice(): Promise<void> {
    await Promise.all([this.#carryOut(), this.pass()]);
  }

  /** The process is gone. Its commands may still be carried out, without an answer to anyone. */
  cut(carriesOut: number): void {
    for (let i = 0; i < carriesOut && this.isWaiting; i += 1) {
      void this.#carryOut();
      this.#waiting.shift();
    }
    this.#waiting.length = 0;
  }

  async #carryOut(): Promise<void> {
    const command = this.#waiting[0]?.command;
    if (command) await this.#shared.call(command.name, ...(command.args as string[])).catch(() => undefined);
  }
}

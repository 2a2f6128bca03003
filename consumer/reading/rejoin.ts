// consumer/reading/rejoin.ts — A member that kafkajs has given up joins its group anew, unless that fails time and again.
import type { Consumer } from 'kafkajs';

export interface RejoinOptions {
  readonly consumer: Pick<Consumer, 'connect'>;
  /** Begins to join; settles before it is a member. */
  readonly run: () => Promise<void>;
  /** It has given up for good. */
  readonly crashed: (error: Error) => void;
  readonly log: (level: 'warn', message: string, details: Readonly<Record<string, unknown>>) => void;
  /** Before the first time; twice that before the second. */
  readonly waitMs?: number;
}

const WAIT_MS = 1000;
/** Failures in a row. */
const MAX_FAILURES = 5;

/**
 * kafkajs gives up when the coordinator has forgotten the member, and when it finds no coordinator. After a loss of brokers
 * neither lasts. https://github.com/tulios/kafkajs/issues/1630
 */
export class Rejoin {
  readonly #options: RejoinOptions;
  #hasJoined = false;
  #isStopped = false;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RejoinOptions) {
    this.#options = options;
  }

  joined(): void {
    this.#hasJoined = true;
    this.#failures = 0;
  }

  failed(error: Error): void {
    const { crashed, log, waitMs = WAIT_MS } = this.#options;
    if (this.#isStopped) return;
    // A process that has never been a member is not allowed to join, or is set up wrongly.
    if (!this.#hasJoined || this.#failures === MAX_FAILURES) {
      crashed(error);
      return;
    }
    this.#failures += 1;
    log('warn', 'the consumer was given up, and joins the group anew', { error: String(error) });
    this.#timer = setTimeout(() => {
      this.#again().catch((failure: Error) => this.failed(failure));
    }, waitMs * this.#failures);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #again(): Promise<void> {
    const { consumer, run } = this.#options;
    await consumer.connect();
    if (!this.#isStopped) await run();
  }
}

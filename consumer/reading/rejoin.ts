// consumer/reading/rejoin.ts — Joins the group again when kafkajs has given up, unless that cannot help or fails time and again.
import type { Consumer } from 'kafkajs';
import { isPermanent } from '../../contract/kafkajs/failures.js';
import { sleep, type Time } from '../../contract/waiting.js';

export interface RejoinOptions {
  readonly consumer: Pick<Consumer, 'connect'>;
  /** Starts to join; settles before the join has succeeded. */
  readonly run: () => Promise<void>;
  /** The consumer will not join again. */
  readonly crashed: (error: Error) => void;
  readonly log: (level: 'warn', message: string, details: Readonly<Record<string, unknown>>) => void;
  readonly time?: Time;
}

/** Before the first attempt; so much more before each further one. */
const WAIT_MS = 1000;
const MAX_WAIT_MS = 5000;
/** In a row. With kafkajs's own retries in each they take five minutes or more. */
const MAX_FAILURES = 30;
/** A membership this long ends the row. One that fails sooner may be failing for the same reason again. */
const STABLE_MS = 60_000;

/**
 * kafkajs gives up when a coordinator has forgotten its member, and when there is no coordinator: on a new cluster, or after
 * the loss of brokers. A start outlasts this as a running service does. https://github.com/tulios/kafkajs/issues/1630
 */
export class Rejoin {
  readonly #options: RejoinOptions;
  readonly #time: Time;
  readonly #stopped = new AbortController();
  #joinedAtMs: number | undefined;
  #failures = 0;

  constructor(options: RejoinOptions) {
    this.#options = options;
    this.#time = options.time ?? { now: () => performance.now(), sleep };
  }

  joined(): void {
    this.#joinedAtMs ??= this.#time.now();
  }

  failed(error: Error): void {
    if (this.#stopped.signal.aborted) return;
    const { crashed, log } = this.#options;
    if (this.#joinedAtMs !== undefined && this.#time.now() - this.#joinedAtMs >= STABLE_MS) this.#failures = 0;
    this.#joinedAtMs = undefined;
    if (isPermanent(error) || this.#failures === MAX_FAILURES) {
      crashed(error);
      return;
    }
    this.#failures += 1;
    log('warn', 'the consumer was given up, and joins the group anew', { error: String(error) });
    void this.#again(Math.min(MAX_WAIT_MS, WAIT_MS * this.#failures));
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Never rejects: a failure is one more of the row. */
  async #again(waitMs: number): Promise<void> {
    const { consumer, run } = this.#options;
    const { signal } = this.#stopped;
    try {
      await this.#time.sleep(waitMs, signal);
      await consumer.connect();
      if (!signal.aborted) await run();
    } catch (failure) {
      this.failed(failure instanceof Error ? failure : new Error(String(failure)));
    }
  }
}

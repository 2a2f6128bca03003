// simulator/produce/producer-thread.ts — One producer of a run: its thread, which may be killed on purpose, and the next one, which goes on where it was.
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { type MappedClock, wallMs } from '../../contract/clock.js';
import { deadline } from '../../contract/waiting.js';
import type { ControlledProducer } from './producer-control.js';
import type {
  FromProducerThread,
  ProducerThreadInput,
  ProducerThreadResult,
  Progress,
  ToProducerThread,
} from './producer-thread-messages.js';
import { SendJournal } from './send-journal.js';

const CONNECTED_WITHIN_MS = 60_000;

export interface ProducerThreadOptions {
  /** From 1. */
  readonly number: number;
  readonly input: ProducerThreadInput;
  readonly progress: (progress: Progress) => void;
  /** Another thread takes over: all that it tells, it tells from the beginning. */
  readonly restarted: () => void;
}

export class ProducerThread implements ControlledProducer, AsyncDisposable {
  readonly number: number;
  /** Settles when every send has ended, whichever thread has made it. */
  readonly result: Promise<ProducerThreadResult>;
  readonly #options: ProducerThreadOptions;
  readonly #journal = new SendJournal();
  readonly #done: { resolve: (result: ProducerThreadResult) => void; reject: (reason: unknown) => void };
  #thread: Worker;
  #threadId: number;
  #state: ControlledProducer['state'] = 'running';
  #started: { readonly clock: MappedClock | undefined } | undefined;
  #answered: () => void = () => undefined;
  #isDisposed = false;

  constructor(options: ProducerThreadOptions) {
    this.number = options.number;
    this.#options = options;
    const { promise, ...done } = deferred<ProducerThreadResult>();
    this.#done = done;
    this.result = promise;
    // The caller that awaits the result gets the failure; until then it must not count as unhandled.
    promise.catch(() => undefined);
    this.#thread = this.#launch(options.input);
    this.#threadId = this.#thread.threadId;
  }

  get state(): ControlledProducer['state'] {
    return this.#state;
  }

  get threadId(): number {
    return this.#threadId;
  }

  /** Settles when the thread is connected and waits for `start`. */
  ready(): Promise<void> {
    const thread = this.#thread;
    return new Promise((resolve, reject) => {
      thread.on('message', (message: FromProducerThread) => {
        if (message.type === 'ready') resolve();
      });
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`a producer thread ended with code ${code} before it was ready`)));
    });
  }

  start(clock: MappedClock | undefined): void {
    this.#started = { clock };
    this.#say({ type: 'start', clock });
  }

  stop(): void {
    this.#say({ type: 'stop' });
  }

  /** Settles when the thread has told how far it is, or at once when there is none. */
  async refresh(): Promise<void> {
    if (this.#state !== 'running') return;
    const gone = deferred<void>();
    this.#thread.once('exit', gone.resolve);
    const answer = deferred<void>();
    this.#answered = answer.resolve;
    this.#say({ type: 'report' });
    await Promise.race([answer.promise, gone.promise, this.result.catch(() => undefined)]);
    this.#thread.off('exit', gone.resolve);
  }

  async end(): Promise<{ readonly exit: string; readonly unknown: number }> {
    assert(this.#state === 'running', `producer ${this.number} runs`);
    this.#state = 'ended';
    const code = await this.#thread.terminate();
    // All that the thread has said before its end has arrived with its end.
    return { exit: `code ${code}`, unknown: this.#journal.giveUp(wallMs()) };
  }

  async startAgain(): Promise<void> {
    if (this.#isDisposed || this.#state !== 'ended') return;
    const clock = this.#started?.clock;
    const isOver = deadline(CONNECTED_WITHIN_MS);
    for (let isReady = false; !isReady; ) {
      this.#thread = this.#launch({ ...this.#options.input, resume: { clock, queues: this.#journal.ends } });
      this.#threadId = this.#thread.threadId;
      isReady = await this.#isReadyUnless(isOver);
      if (this.#isDisposed) return;
    }
    this.#options.restarted();
    this.#state = 'running';
    this.start(clock);
  }

  /** A broker may be away, too. @throws when time is up */
  async #isReadyUnless(isOver: () => boolean): Promise<boolean> {
    try {
      await this.ready();
      return true;
    } catch (error) {
      if (!isOver()) return false;
      this.#done.reject(error);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    await this.#thread.terminate();
  }

  #launch(workerData: ProducerThreadInput): Worker {
    const thread = new Worker(new URL('./producer-thread-main.js', import.meta.url), { workerData });
    thread.on('message', (message: FromProducerThread) => this.#hear(message));
    // Start-up errors go to the caller of `ready()`.
    thread.on('error', (error) => this.#state !== 'ended' && this.#done.reject(error));
    thread.on('exit', (code) => {
      if (this.#state === 'ended' && !this.#isDisposed) return;
      this.#done.reject(new Error(`producer thread ${this.number} ended early with code ${code}`));
    });
    return thread;
  }

  #hear(message: FromProducerThread): void {
    if (message.type === 'ready') return;
    if (message.type === 'sending' || message.type === 'ended') {
      this.#journal.take(message);
      return;
    }
    this.#options.progress(message.progress);
    this.#answered();
    if (message.type !== 'done') return;
    this.#state = 'done';
    this.#done.resolve(message.result);
  }

  #say(message: ToProducerThread): void {
    this.#thread.postMessage(message);
  }
}

function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
} {
  let [resolve, reject]: [(value: T) => void, (reason: unknown) => void] = [() => undefined, () => undefined];
  const promise = new Promise<T>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}

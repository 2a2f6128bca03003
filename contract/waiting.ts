// contract/waiting.ts — Sleeps, deadlines and races: the one place where anything waits for time to pass.
import { setImmediate, setTimeout } from 'node:timers/promises';

/** How time passes. Tests hand in their own. */
export interface Time {
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export interface Polling extends Partial<Time> {
  /** Between the end of an attempt and the start of the next. */
  readonly pollMs: number;
  /** Without it there is no deadline. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

/** @throws the reason of the signal */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (!signal) return setTimeout(milliseconds);
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Lets timers and sockets have their turn. */
export function nextTurn(): Promise<void> {
  return setImmediate();
}

/**
 * Attempts until one brings something: neither `undefined` nor `false`. A last attempt begins when time is up already.
 * @param attempt told whether it is the last; what it throws ends the waiting
 * @returns undefined when the last attempt brought nothing
 * @throws the reason of the signal
 */
export async function until<Found>(
  attempt: (isLast: boolean) => Promise<Found | undefined | false> | Found | undefined | false,
  polling: Polling,
): Promise<Found | undefined> {
  const pause = polling.sleep ?? sleep;
  const isOver = deadline(polling.withinMs ?? Number.POSITIVE_INFINITY, polling.now);
  for (;;) {
    polling.signal?.throwIfAborted();
    const isLast = isOver();
    const found = await attempt(isLast);
    if (found !== undefined && found !== false) return found;
    if (isLast) return undefined;
    await pause(polling.pollMs, polling.signal);
  }
}

/** @returns whether it has passed, or will have in so many milliseconds */
export function deadline(withinMs: number, now = () => performance.now()): (aheadMs?: number) => boolean {
  const atMs = now() + withinMs;
  return (aheadMs = 0) => now() + aheadMs >= atMs;
}

/** The work goes on when it is late, and what becomes of it is dropped. @returns undefined when it is late */
export async function inTime<Value>(
  work: Promise<Value>,
  withinMs: number,
): Promise<{ readonly value: Value } | undefined> {
  const ended = new AbortController();
  const late = setTimeout(withinMs, undefined, { signal: ended.signal });
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    ended.abort();
  }
}

/** The work goes on when it is late, and what becomes of it is dropped. @throws what `late` makes */
export async function withDeadline<Value>(
  work: Promise<Value>,
  withinMs: number,
  late: () => Error = () => new Error(`not within ${withinMs / 1000} s`),
): Promise<Value> {
  const found = await inTime(work, withinMs);
  if (!found) throw late();
  return found.value;
}

/** The work goes on when it is aborted, and what becomes of it is dropped. @throws the reason of the signal */
export async function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const ended = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true, signal: ended.signal });
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    ended.abort();
  }
}

/** Calls again and again. @returns what stops the calls */
export function callEvery(milliseconds: number, call: () => void): () => void {
  const timer = setInterval(call, milliseconds);
  return () => clearInterval(timer);
}

/** While the work goes on, whoever asks for it waits for what goes on already. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** A sleep that can be cut short. */
export interface Pause {
  /** Settles when time is up, or upon `wake`. One at a time. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly wake: () => void;
}

export function createPause(): Pause {
  let wake: () => void = () => undefined;
  return {
    wake: () => wake(),
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const timer = globalThis.setTimeout(resolve, milliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

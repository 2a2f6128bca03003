// simulator/run/play.ts — The two stretches of a run that take time: the load, and the drain after it; both are sampled all along.
import { type MappedClock, wallMs } from '../../contract/clock.js';
import { type LagProbe, lagOf } from '../observe/lag.js';
import { SAMPLE_MS, type Sampler } from '../observe/sampler.js';
import type { Load } from '../produce/load.js';
import type { WorkerResult } from '../produce/worker-messages.js';

const DRAIN_POLL_MS = 100;

export interface PlayOptions {
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  readonly sampler: Sampler;
  readonly signal: AbortSignal;
}

/** Settles when every send has ended. */
export async function playLoad(load: Load, { clock, sampler, signal }: PlayOptions): Promise<WorkerResult[]> {
  const finished = load.finished();
  load.start(clock);
  return sampleUntil(finished, { sampler, signal });
}

/** Samples as long as the work takes. */
export async function sampleUntil<T>(
  work: Promise<T>,
  { sampler, signal }: Pick<PlayOptions, 'sampler' | 'signal'>,
): Promise<T> {
  const ended = work.then((value) => ({ value }));
  for (;;) {
    const nextAtMs = wallMs() + SAMPLE_MS;
    await orAborted(sampler.sample(), signal);
    const end = await Promise.race([ended, waitUntil(nextAtMs, signal)]);
    signal.throwIfAborted();
    if (end) return end.value;
  }
}

export interface Drained {
  /** Wall time at which lag was 0, ms; null when it never was. */
  readonly drainedAtMs: number | null;
  readonly finalLag: number | null;
  /** False when what was to hold still was still moving at the last look. */
  readonly isSettled: boolean;
  /** From the end of the load to the last look. */
  readonly waitedSeconds: number;
}

export interface DrainOptions {
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** Says that waiting is no use. */
  readonly isHopeless: () => boolean;
  /** Must hold still for a while, at lag 0; undefined: lag 0 is enough. */
  readonly settles: (() => Promise<string>) | undefined;
}

/** A consumer looks once a second whether Redis has lost something, and then reads it again. */
const STILL_MS = 3000;

/** Settles when lag is 0 and all holds still, time is up, or waiting is hopeless. */
export async function drain(sampler: Sampler, options: DrainOptions): Promise<Drained> {
  const startedAtMs = wallMs();
  const deadlineMs = startedAtMs + options.timeoutSeconds * 1000;
  let still: { readonly sinceMs: number; readonly look: string } | undefined;
  for (;;) {
    const { lag } = await orAborted(sampler.sample(), options.signal);
    const look = lag === 0 ? await orAborted(listsOf(options), options.signal) : undefined;
    const nowMs = wallMs();
    if (look === undefined) still = undefined;
    else if (still?.look !== look) still = { sinceMs: nowMs, look };
    const waitedSeconds = (nowMs - startedAtMs) / 1000;
    if (still && (!options.settles || nowMs - still.sinceMs >= STILL_MS)) {
      return { drainedAtMs: still.sinceMs, finalLag: 0, isSettled: true, waitedSeconds };
    }
    if (nowMs > deadlineMs || options.isHopeless()) {
      return { drainedAtMs: null, finalLag: lag, isSettled: lag !== 0, waitedSeconds };
    }
    await waitUntil(nowMs + DRAIN_POLL_MS, options.signal);
  }
}

/** Undefined when it cannot be seen now. */
async function listsOf({ settles }: DrainOptions): Promise<string | undefined> {
  return settles ? settles().catch(() => undefined) : '';
}

/** The same of another group, which nobody samples. @returns its last lag; null when it could not be read */
export async function drainGroup(
  lag: LagProbe,
  options: { readonly timeoutSeconds: number; readonly signal: AbortSignal; readonly isHopeless: () => boolean },
): Promise<number | null> {
  const deadlineMs = wallMs() + options.timeoutSeconds * 1000;
  for (;;) {
    const now = await orAborted(
      lag.read().then(lagOf, () => null),
      options.signal,
    );
    if (now === 0 || wallMs() > deadlineMs || options.isHopeless()) return now;
    await waitUntil(wallMs() + DRAIN_POLL_MS, options.signal);
  }
}

function waitUntil(atMs: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(undefined);
    };
    const timer = setTimeout(end, Math.max(0, atMs - wallMs()));
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/** A server that died keeps its client trying; who asked for the end must not wait for that. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: ended.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    ended.abort();
    work.catch(() => undefined);
  }
}

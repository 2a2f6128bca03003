// simulator/play.ts — The two stretches of a run that take time: the load, and the drain after it; both are sampled all along.
import type { MappedClock } from '../contract/clock.js';
import { wallMs } from './latency.js';
import type { Load } from './load.js';
import type { LagProbe } from './observe/lag.js';
import { SAMPLE_MS, type Sampler } from './sampler.js';
import type { WorkerResult } from './worker-messages.js';

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
  let results: WorkerResult[] | undefined;
  while (!results) {
    const nextAtMs = wallMs() + SAMPLE_MS;
    await orAborted(sampler.sample(), signal);
    results = await Promise.race([finished, waitUntil(nextAtMs, signal)]);
    signal.throwIfAborted();
  }
  return results;
}

export interface Drained {
  /** Wall time at which lag was 0, ms; null when it never was. */
  readonly drainedAtMs: number | null;
  readonly finalLag: number | null;
  /** From the end of the load to the last look. */
  readonly waitedSeconds: number;
}

/** Settles when lag is 0, time is up, or `isHopeless` says that waiting is no use. */
export async function drain(
  sampler: Sampler,
  options: { readonly timeoutSeconds: number; readonly signal: AbortSignal; readonly isHopeless: () => boolean },
): Promise<Drained> {
  const startedAtMs = wallMs();
  const giveUpAtMs = startedAtMs + options.timeoutSeconds * 1000;
  for (;;) {
    const { lag } = await orAborted(sampler.sample(), options.signal);
    const waitedSeconds = (wallMs() - startedAtMs) / 1000;
    if (lag === 0) return { drainedAtMs: wallMs(), finalLag: 0, waitedSeconds };
    if (wallMs() > giveUpAtMs || options.isHopeless()) return { drainedAtMs: null, finalLag: lag, waitedSeconds };
    await waitUntil(wallMs() + DRAIN_POLL_MS, options.signal);
  }
}

/** The same of another group, which nobody samples. @returns its last lag; null when it could not be read */
export async function drainGroup(
  lag: LagProbe,
  options: { readonly timeoutSeconds: number; readonly signal: AbortSignal; readonly isHopeless: () => boolean },
): Promise<number | null> {
  const giveUpAtMs = wallMs() + options.timeoutSeconds * 1000;
  for (;;) {
    const now = await orAborted(
      lag.read().catch(() => null),
      options.signal,
    );
    if (now === 0 || wallMs() > giveUpAtMs || options.isHopeless()) return now;
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

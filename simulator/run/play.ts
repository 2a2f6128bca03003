// simulator/run/play.ts — The two stretches of a run that take time: the load, and the drain after it; both are sampled all along.
import assert from 'node:assert/strict';
import { type MappedClock, wallMs } from '../../contract/clock.js';
import { inTime, orAborted, until } from '../../contract/waiting.js';
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
  // It may fail while a sample is taken, and is asked for only after that.
  work.catch(() => undefined);
  for (;;) {
    const nextAtMs = wallMs() + SAMPLE_MS;
    await orAborted(sampler.sample(), signal);
    const end = await orAborted(inTime(work, Math.max(0, nextAtMs - wallMs())), signal);
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
  let still: { readonly sinceMs: number; readonly look: string } | undefined;
  const attempt = async (isLast: boolean): Promise<Drained | undefined> => {
    const { lag } = await orAborted(sampler.sample(), options.signal);
    const look = lag === 0 ? await orAborted(listsOf(options), options.signal) : undefined;
    const nowMs = wallMs();
    if (look === undefined) still = undefined;
    else if (still?.look !== look) still = { sinceMs: nowMs, look };
    const waitedSeconds = (nowMs - startedAtMs) / 1000;
    if (still && (!options.settles || nowMs - still.sinceMs >= STILL_MS)) {
      return { drainedAtMs: still.sinceMs, finalLag: 0, isSettled: true, waitedSeconds };
    }
    if (isLast || options.isHopeless()) {
      return { drainedAtMs: null, finalLag: lag, isSettled: lag !== 0, waitedSeconds };
    }
    return undefined;
  };
  const withinMs = options.timeoutSeconds * 1000;
  const drained = await until(attempt, { withinMs, pollMs: DRAIN_POLL_MS, signal: options.signal, now: wallMs });
  assert(drained, 'the last attempt says how far it is');
  return drained;
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
  const { signal, isHopeless, timeoutSeconds } = options;
  const drained = async (isLast: boolean) => {
    const now = await orAborted(
      lag.read().then(lagOf, () => null),
      signal,
    );
    return now === 0 || isLast || isHopeless() ? { lag: now } : undefined;
  };
  const found = await until(drained, { withinMs: timeoutSeconds * 1000, pollMs: DRAIN_POLL_MS, signal, now: wallMs });
  assert(found, 'the last attempt says how far it is');
  return found.lag;
}

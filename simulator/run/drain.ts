// simulator/run/drain.ts — Phase 5: waits until the consumers have read everything, and the lists hold still.
import assert from 'node:assert/strict';
import { Calendar } from '../../contract/calendar.js';
import { wallTimeAt } from '../../contract/clock.js';
import { orAborted, type Polling, until } from '../../contract/waiting.js';
import { lagOf } from '../observe/lag.js';
import type { Sample } from '../record/sample.js';
import type { Plan } from '../workload/plan.js';
import type { ArticleReadPort, RunConsumers, RunPorts } from './ports.js';

const POLL_MS = 100;
/** A consumer asks once a second whether Redis has lost something, and then reads it again. */
const STILL_MS = 3000;
/** Between the end of the drain and the check. */
const MARGIN_SECONDS = 5;

export interface Drained {
  /** Wall time at which lag was 0, ms; null when it never was. */
  readonly drainedAtMs: number | null;
  readonly finalLag: number | null;
  /** False when lag was 0 and the lists were still moving when they were read last. */
  readonly isSettled: boolean;
  /** From the end of the load to the last reading. */
  readonly waitedSeconds: number;
  /** Lag of the article-read service; null when it could not be read, undefined where there is no such service. */
  readonly articleReadLag: number | null | undefined;
}

export interface DrainPorts extends Pick<RunPorts, 'time' | 'clock'> {
  readonly lists: Pick<RunPorts['lists'], 'read'>;
  readonly ranking: { readonly consumers: Pick<RunConsumers, 'exits'> };
  readonly articleRead: Pick<ArticleReadPort, 'consumers' | 'lag'> | undefined;
}

export interface DrainOptions {
  readonly plan: Plan;
  readonly watching: { sample(): Promise<Pick<Sample, 'lag'>> };
  /** True where lists may change although lag is 0: after faults, or when a consumer commits before it applies. */
  readonly mayMove: boolean;
  readonly signal: AbortSignal;
}

/** Settles when lag is 0 and all holds still, when time is up, or when no consumer is left to wait for. */
export async function drain(ports: DrainPorts, options: DrainOptions): Promise<Drained> {
  const ranking = await drainRanking(ports, options);
  return { ...ranking, articleReadLag: await drainArticleRead(ports, options) };
}

async function drainRanking(ports: DrainPorts, options: DrainOptions): Promise<Omit<Drained, 'articleReadLag'>> {
  const { time, ranking } = ports;
  const startedAtMs = time.elapsedMs();
  let still: { readonly sinceMs: number; readonly atMs: number; readonly lists: string } | undefined;
  const drained = await until(
    async (isLast) => {
      const { lag } = await options.watching.sample();
      const lists = lag === 0 ? await orAborted(listsText(ports, options), options.signal) : undefined;
      const nowMs = time.elapsedMs();
      if (lists === undefined) still = undefined;
      else if (still?.lists !== lists) still = { sinceMs: nowMs, atMs: time.nowMs(), lists };
      const waitedSeconds = (nowMs - startedAtMs) / 1000;
      if (still && (!options.mayMove || nowMs - still.sinceMs >= STILL_MS)) {
        return { drainedAtMs: still.atMs, finalLag: 0, isSettled: true, waitedSeconds };
      }
      if (!isLast && ranking.consumers.exits.length === 0) return undefined;
      return { drainedAtMs: null, finalLag: lag, isSettled: lag !== 0, waitedSeconds };
    },
    pollingOf(ports, options.plan),
  );
  assert(drained, 'the last attempt says how far the consumers are');
  return drained;
}

function pollingOf(ports: DrainPorts, plan: Plan): Polling {
  const { time } = ports;
  return {
    withinMs: drainSeconds(ports, plan) * 1000,
    pollMs: POLL_MS,
    now: () => time.elapsedMs(),
    sleep: (milliseconds) => time.pass(milliseconds),
  };
}

/** The public lists of all days as one text; undefined when they cannot be read now. */
async function listsText({ lists }: DrainPorts, { plan, mayMove }: DrainOptions): Promise<string | undefined> {
  if (!mayMove) return '';
  try {
    return JSON.stringify(await Promise.all(plan.days.map(({ day }) => lists.read(day))));
  } catch {
    return undefined;
  }
}

async function drainArticleRead(ports: DrainPorts, { plan, signal }: DrainOptions): Promise<number | null | undefined> {
  const { articleRead } = ports;
  if (!articleRead) return undefined;
  const found = await until(
    async (isLast) => {
      const reading = articleRead.lag.read().then(lagOf, () => null);
      const lag = await orAborted(reading, signal);
      return lag === 0 || isLast || articleRead.consumers.exits.length > 0 ? { lag } : undefined;
    },
    pollingOf(ports, plan),
  );
  assert(found, 'the last attempt says how far the service is');
  return found.lag;
}

/** On a fast clock days are soon old enough to be forgotten; once the last one is, nothing can be judged. */
export function drainSeconds({ time, clock }: Pick<DrainPorts, 'time' | 'clock'>, plan: Plan): number {
  const { drainTimeoutSeconds, rules } = plan.scenario;
  const last = plan.days.at(-1);
  if (!clock || !last) return drainTimeoutSeconds;
  const forgottenAtMs = wallTimeAt(clock, new Calendar(rules).forgottenAtMs(last.day));
  return Math.min(drainTimeoutSeconds, Math.max(1, (forgottenAtMs - time.nowMs()) / 1000 - MARGIN_SECONDS));
}

// simulator/run/collect.ts — Gathers what the judge needs once the load is over: lists, counts, lag, and how the sends ended.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt, type MappedClock, wallMs } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';
import type { RedisClient } from '../../contract/redis-client.js';
import type { FaultResult } from '../history/fault-result.js';
import type { History, ListExpiry, ObservedArticleRead, ObservedDay } from '../history/history.js';
import { readReadModels } from '../observe/read-models.js';
import type { Load } from '../produce/load.js';
import type { WorkerResult } from '../produce/worker-messages.js';
import { readArticles } from '../sut/consumer-channel.js';
import type { Consumers } from '../sut/consumers.js';
import { readList, readListExpiry } from '../sut/lists.js';
import type { RunNames } from '../sut/run-names.js';
import type { Plan } from '../workload/plan.js';
import type { Drained } from './play.js';

/** Longer than a group takes to hand partitions on when a member says that it leaves. */
const STALL_MS = 15_000;

export interface EvidenceOptions {
  readonly plan: Plan;
  readonly load: Load;
  readonly results: readonly WorkerResult[];
  readonly drained: Drained;
  readonly behind: NonNullable<History['behind']>;
  readonly consumers: Consumers;
  /** Undefined where the scenario has none. */
  readonly articleRead: { readonly instances: Consumers; readonly finalLag: number | null } | undefined;
  readonly redis: RedisClient;
  readonly names: Pick<RunNames, 'listKeyOf'>;
  /** The consumer tells nothing of itself: only its lists can be seen. */
  readonly isOpaque: boolean;
  /** How long the consumer is to keep a list after its last write, if it says so. */
  readonly listTtlDays: number | undefined;
  /** When load started, by the wall's clock. */
  readonly startedAtMs: number;
  /** Undefined without pacing: then nothing is forgotten. */
  readonly clock: MappedClock | undefined;
  readonly faults: readonly FaultResult[];
  /** What was seen while load ran. */
  readonly watched: Pick<History, 'cuts' | 'snapshots' | 'answers' | 'commits'>;
  readonly signal: AbortSignal;
}

export async function collectHistory(options: EvidenceOptions): Promise<History> {
  const { plan, load, results, consumers, faults, isOpaque } = options;
  const observations = await consumers.observe();
  const poison = results.reduce((sum, result) => sum + result.poison, 0);
  // What a process put aside before it was killed is in no count.
  const countsDeadLetters = observations && (poison === 0 || !consumers.hasLostSome);
  const { ok, fail, info } = load.totals;
  return {
    isOpaque,
    plannedEvents: plan.events,
    sends: { ok, fail, info },
    sendErrors: results.flatMap((result) => result.sendErrors),
    finalLag: options.drained.finalLag,
    drainSeconds: options.drained.waitedSeconds,
    isSettled: options.drained.isSettled,
    behind: options.behind,
    consumerExits: consumers.exits,
    ...{ poison, faults, ...options.watched },
    stallMsAllowed: STALL_MS + 2 * plan.scenario.consumer.commitIntervalMs,
    deadLetters: countsDeadLetters ? observations.reduce((sum, one) => sum + one.deadLetters, 0) : null,
    days: await collectDays(options),
    ...(options.articleRead ? { articleRead: await collectReadModels(options.articleRead, options.signal) } : {}),
  };
}

async function collectReadModels(
  { instances, finalLag }: { readonly instances: Consumers; readonly finalLag: number | null },
  signal: AbortSignal,
): Promise<ObservedArticleRead> {
  return { finalLag, exits: instances.exits, models: await readReadModels(instances.channels, signal) };
}

async function collectDays(options: EvidenceOptions): Promise<ObservedDay[]> {
  const { plan, redis, names, consumers, clock, signal } = options;
  const calendar = new Calendar(plan.scenario.rules);
  const isForgotten = (day: Day) => clock !== undefined && eventTimeAt(clock, wallMs()) >= calendar.forgottenAtMs(day);
  const days: ObservedDay[] = [];
  const url = consumers.channels[0];
  for (const span of plan.days) {
    const wasForgotten = isForgotten(span.day);
    const key = names.listKeyOf(span.day);
    const expiryMs = await readListExpiry(redis, key);
    const expiry = sinceWrite(expiryMs, options) ?? expiryOf(expiryMs, options.isOpaque ? undefined : clock);
    const list = await readList(redis, key);
    if (wasForgotten) {
      days.push({ span, list, expiry, articles: undefined, isForgotten: true });
      continue;
    }
    // Any instance can answer: the state is in Redis.
    const articles = url === undefined ? undefined : await readArticles(url, span.day, signal);
    // A day that is forgotten while one reads it shows nothing.
    if (!isForgotten(span.day)) days.push({ span, list, expiry, articles, isForgotten: false });
  }
  return days;
}

/** Articles are probed before there is load, and those are writes, too. */
const PROBING_MS = 120_000;
const DAY_MS = 86_400_000;

function sinceWrite(
  expiryMs: number | null | undefined,
  { listTtlDays, startedAtMs }: Pick<EvidenceOptions, 'listTtlDays' | 'startedAtMs'>,
): ListExpiry | undefined {
  if (typeof expiryMs !== 'number' || listTtlDays === undefined) return undefined;
  const nowMs = wallMs();
  const sinceMs = nowMs - startedAtMs + PROBING_MS;
  return { kind: 'in', leftMs: expiryMs - nowMs, expectedMs: listTtlDays * DAY_MS, sinceMs };
}

/** A time to live is often given in whole seconds. */
const EXPIRY_ERROR_MS = 1000;

/** @param clock by which the consumer counts; undefined when that is not known */
export function expiryOf(wallMs: number | null | undefined, clock: MappedClock | undefined): ListExpiry | undefined {
  if (wallMs === undefined) return undefined;
  if (wallMs === null) return { kind: 'never' };
  // Other consumers, which know no clock but the wall's, count a time to live from their last write.
  if (clock?.kind !== 'scaled') return { kind: 'some time' };
  return { kind: 'at', eventMs: eventTimeAt(clock, wallMs), errorMs: EXPIRY_ERROR_MS * clock.speed };
}

// simulator/run/collect.ts — Phase 6: collects what the judge needs: how the sends ended, what was watched, and what lists and consumers show now.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt, type MappedClock } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';
import type { Observation } from '../../contract/observation.js';
import type { History, ListExpiry, ObservedArticleRead, ObservedDay } from '../history/history.js';
import type { ProducerThreadResult } from '../produce/producer-thread-messages.js';
import type { Plan } from '../workload/plan.js';
import type { Breakage } from './breakage.js';
import type { Drained } from './drain.js';
import type { ArticleReadPort, RunConsumers, RunPorts } from './ports.js';
import type { Watching } from './watching.js';

/** Longer than a group takes to reassign partitions when a member says that it leaves. */
const STALL_MS = 15_000;

export interface CollectPorts extends Pick<RunPorts, 'time' | 'clock' | 'startedAtMs' | 'lists'> {
  readonly load: { readonly totals: Pick<RunPorts['load']['totals'], 'ok' | 'fail' | 'info'> };
  readonly ranking: Pick<RunPorts['ranking'], 'readArticles'> & {
    readonly consumers: Pick<RunConsumers, 'exits' | 'hasLostSome'> & {
      observe(): Promise<readonly Pick<Observation, 'deadLetters'>[] | undefined>;
    };
  };
  readonly articleRead: Pick<ArticleReadPort, 'consumers' | 'readModels'> | undefined;
}

export interface CollectOptions {
  readonly plan: Plan;
  readonly results: readonly Pick<ProducerThreadResult, 'poison' | 'sendErrors'>[];
  readonly drained: Omit<Drained, 'drainedAtMs'>;
  readonly watching: {
    readonly sampler: Pick<Watching['sampler'], 'behind'>;
    readonly watch: Pick<Watching['watch'], 'finish'>;
  };
  readonly breakage: { readonly nemesis: Pick<Breakage['nemesis'], 'results'> };
  readonly sut: SutFacts;
  readonly signal: AbortSignal;
}

/** What is known of the consumer under test. */
export interface SutFacts {
  /** It shows nothing of itself, so only its lists can be read. */
  readonly isOpaque: boolean;
  /** How many days after its last write Redis is to keep a list; undefined when it does not say. */
  readonly listTtlDays: number | undefined;
}

export async function collectHistory(ports: CollectPorts, options: CollectOptions): Promise<History> {
  const { plan, results, drained, watching, breakage, sut } = options;
  const watched = await watching.watch.finish();
  const faults = await breakage.nemesis.results();
  const poison = results.reduce((sum, result) => sum + result.poison, 0);
  const { ok, fail, info } = ports.load.totals;
  return {
    isOpaque: sut.isOpaque,
    plannedEvents: plan.events,
    sends: { ok, fail, info },
    sendErrors: results.flatMap((result) => result.sendErrors),
    finalLag: drained.finalLag,
    drainSeconds: drained.waitedSeconds,
    isSettled: drained.isSettled,
    behind: watching.sampler.behind,
    consumerExits: ports.ranking.consumers.exits,
    poison,
    faults,
    ...watched,
    stallMsAllowed: ports.time.isVirtual
      ? Number.POSITIVE_INFINITY
      : STALL_MS + 2 * plan.scenario.consumer.commitIntervalMs,
    clockSteps: ports.time.steps(),
    deadLetters: await deadLettersOf(ports, poison),
    days: await collectDays(ports, options),
    ...(await collectArticleRead(ports, options)),
  };
}

/** Null when the consumer does not say, or a process was ended that may have put some aside after it last said so. */
async function deadLettersOf({ ranking }: CollectPorts, poison: number): Promise<number | null> {
  const observations = await ranking.consumers.observe();
  if (!observations || (poison > 0 && ranking.consumers.hasLostSome)) return null;
  return observations.reduce((sum, one) => sum + one.deadLetters, 0);
}

async function collectArticleRead(
  { articleRead }: CollectPorts,
  { drained, signal }: CollectOptions,
): Promise<{ readonly articleRead?: ObservedArticleRead }> {
  if (!articleRead) return {};
  const finalLag = drained.articleReadLag ?? null;
  const models = await articleRead.readModels(signal);
  return { articleRead: { finalLag, exits: articleRead.consumers.exits, models } };
}

async function collectDays(ports: CollectPorts, { plan, sut, signal }: CollectOptions): Promise<ObservedDay[]> {
  const { time, clock, lists, ranking } = ports;
  const calendar = new Calendar(plan.scenario.rules);
  const isForgotten = (day: Day) =>
    clock !== undefined && eventTimeAt(clock, time.nowMs()) >= calendar.forgottenAtMs(day);
  const days: ObservedDay[] = [];
  for (const span of plan.days) {
    const wasForgotten = isForgotten(span.day);
    const expiryMs = await lists.readExpiry(span.day);
    const expiry = sinceWrite(expiryMs, ports, sut) ?? expiryOf(expiryMs, sut.isOpaque ? undefined : clock);
    const list = await lists.read(span.day);
    if (wasForgotten) {
      days.push({ span, list, expiry, articles: undefined, isForgotten: true });
      continue;
    }
    const articles = await ranking.readArticles(span.day, signal);
    // A day that is forgotten while it is read shows nothing.
    if (!isForgotten(span.day)) days.push({ span, list, expiry, articles, isForgotten: false });
  }
  return days;
}

/** Probe articles are made before there is load, and their lists are writes, too. */
const PROBING_MS = 120_000;
const DAY_MS = 86_400_000;

function sinceWrite(
  expiryMs: number | null | undefined,
  { time, startedAtMs }: CollectPorts,
  { listTtlDays }: SutFacts,
): ListExpiry | undefined {
  if (typeof expiryMs !== 'number' || listTtlDays === undefined) return undefined;
  const nowMs = time.nowMs();
  const sinceMs = nowMs - startedAtMs + PROBING_MS;
  return { kind: 'in', leftMs: expiryMs - nowMs, expectedMs: listTtlDays * DAY_MS, sinceMs };
}

/** A time to live is often given in whole seconds. */
const EXPIRY_ERROR_MS = 1000;

/** @param clock by which the consumer counts; undefined when that is not known */
export function expiryOf(wallMs: number | null | undefined, clock: MappedClock | undefined): ListExpiry | undefined {
  if (wallMs === undefined) return undefined;
  if (wallMs === null) return { kind: 'never' };
  // A consumer that knows the wall's clock only counts a time to live from its last write.
  if (clock?.kind !== 'scaled') return { kind: 'some time' };
  return { kind: 'at', eventMs: eventTimeAt(clock, wallMs), errorMs: EXPIRY_ERROR_MS * clock.speed };
}

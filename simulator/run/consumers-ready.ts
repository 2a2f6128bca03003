// simulator/run/consumers-ready.ts — Consumers that own every partition and, when paced, a clock that starts only after that.
import type { Admin } from 'kafkajs';
import { type MappedClock, wallMs } from '../../contract/clock.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import type { RedisClient } from '../../contract/redis-client.js';
import type { Scenario } from '../scenario/schema.js';
import type { ServiceUnderTest } from '../sut/consumer-process.js';
import { type ConsumerOptions, Consumers, partitionsOf } from '../sut/consumers.js';
import type { Sut } from '../sut/load.js';
import { probe } from '../sut/probe.js';
import type { RunNames, Suts } from '../sut/run-names.js';
import { type Plan, phaseBoundaries } from '../workload/plan.js';
import { deleteKeys } from './keys.js';

/** A consumer learns the clock when it starts, so the clock's first instant must lie far enough ahead. */
const FIRST_LEAD_MS = 2500;
const MAX_LEAD_MS = 60_000;
/** Where no consumer is told the clock. */
const UNTOLD_LEAD_MS = 500;

export interface ReadyConsumers {
  /** Consumers of the ranking. */
  readonly consumers: Consumers;
  /** Undefined where the scenario has none. */
  readonly articleRead: Consumers | undefined;
  /** Undefined without pacing; otherwise its first instant is still to come. */
  readonly clock: MappedClock | undefined;
}

export interface ReadyContext {
  readonly plan: Plan;
  readonly names: RunNames;
  readonly suts: Suts;
  readonly admin: Admin;
  readonly redis: RedisClient;
  readonly signal: AbortSignal;
}

type StartOptions = Omit<ConsumerOptions, 'service' | 'clock' | 'latencyBoundariesMs'>;

/** Starts consumers again, with a later clock, until they are ready before their clock begins. @throws InfraError */
export async function readyConsumers(options: StartOptions, context: ReadyContext): Promise<ReadyConsumers> {
  const { plan, redis } = context;
  const services = servicesOf(options.scenario, context);
  const areTold = services.some(({ sut }) => isToldTheClock(sut));
  for (let leadMs = FIRST_LEAD_MS; ; leadMs *= 2) {
    const told = clockOf(plan, leadMs);
    const common = { ...options, latencyBoundariesMs: phaseBoundaries(plan) };
    const clockSettings = told ?? { kind: 'event-time' as const };
    const started = await Promise.all(
      services.map((service) => Consumers.start({ ...common, service, clock: clockSettings })),
    );
    try {
      await untilReady(started, options, context);
    } catch (error) {
      await stop(started);
      throw error;
    }
    // A consumer that is not told the clock cannot be late for it.
    const clock = areTold ? told : clockOf(plan, UNTOLD_LEAD_MS);
    const [consumers, articleRead] = started;
    if (consumers && (!clock || wallMs() < clock.wallStartMs || leadMs > MAX_LEAD_MS)) {
      return { consumers, articleRead, clock };
    }
    await stop(started);
    // By the clock that is given up, days may have been published already, although they are empty.
    await deleteKeys(redis, options.keyPrefix);
  }
}

async function untilReady(started: readonly Consumers[], options: StartOptions, context: ReadyContext): Promise<void> {
  const { admin, signal, suts } = context;
  const partitions = partitionsOf(options.scenario);
  await Promise.all(started.map((one) => one.ready({ admin, partitions, signal })));
  const { ready } = suts.sut;
  if (!ready.probe) return;
  const kafka = createKafka(options.kafka, { clientId: 'sim-probe' });
  await probe({ ...context, kafka, timeoutSeconds: ready.timeoutSeconds });
}

async function stop(started: readonly Consumers[]): Promise<void> {
  await Promise.all(started.map((one) => one[Symbol.asyncDispose]()));
}

type ScaledClock = Extract<MappedClock, { kind: 'scaled' }>;

/** Undefined without pacing. */
function clockOf({ scenario, startMs }: Plan, leadMs: number): ScaledClock | undefined {
  if (scenario.pace === 'max') return undefined;
  const wallStartMs = Math.round(wallMs() + leadMs);
  return { kind: 'scaled', eventStartMs: startMs, wallStartMs, speed: scenario.clock.speed };
}

function isToldTheClock({ command = [], env }: Sut): boolean {
  return [...command, ...Object.values(env)].some((text) => text.includes('{clock}'));
}

function servicesOf(scenario: Scenario, { names, suts }: ReadyContext): ServiceUnderTest[] {
  const { groupId, articleReadGroupId } = names;
  const ranking = { name: 'consumer', sut: suts.sut, groupId, instances: scenario.consumers };
  const { instances } = scenario.articleRead;
  const articleRead = { name: 'article-read', sut: suts.articleRead, groupId: articleReadGroupId, instances };
  return instances > 0 ? [ranking, articleRead] : [ranking];
}

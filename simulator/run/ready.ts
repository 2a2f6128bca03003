// simulator/run/ready.ts — Consumers that own every partition, and, when paced, a clock that starts once they do.
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
import { deleteKeys } from './own.js';

/** Consumers are told the clock when they start, so its first instant must lie far enough ahead. */
const FIRST_LEAD_MS = 2500;
const MAX_LEAD_MS = 60_000;
const UNTOLD_LEAD_MS = 500;

export interface Ready {
  /** Of the ranking. */
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

export async function readyConsumers(
  options: Omit<ConsumerOptions, 'service' | 'clock' | 'latencyBoundariesMs'>,
  context: ReadyContext,
): Promise<Ready> {
  const { plan, admin, redis, signal } = context;
  const latencyBoundariesMs = phaseBoundaries(plan);
  const services = servicesOf(options.scenario, context);
  const areTold = services.some(({ sut }) => isToldTheClock(sut));
  for (let leadMs = FIRST_LEAD_MS; ; leadMs *= 2) {
    const given = clockOf(plan, leadMs);
    const common = { ...options, latencyBoundariesMs, clock: given ?? ({ kind: 'event-time' } as const) };
    const started = await Promise.all(services.map((service) => Consumers.start({ ...common, service })));
    const stop = () => Promise.all(started.map((one) => one[Symbol.asyncDispose]()));
    try {
      await Promise.all(started.map((one) => one.ready({ admin, partitions: partitionsOf(options.scenario), signal })));
      const { ready } = context.suts.sut;
      if (ready.probe)
        await probe({ ...context, kafka: createKafka(options.kafka, { clientId: 'sim-probe' }), ...ready });
    } catch (error) {
      await stop();
      throw error;
    }
    // Who is not told the clock cannot be late for it.
    const clock = areTold ? given : clockOf(plan, UNTOLD_LEAD_MS);
    const [consumers, articleRead] = started;
    if (consumers && (!clock || wallMs() < clock.wallStartMs || leadMs > MAX_LEAD_MS)) {
      return { consumers, articleRead, clock };
    }
    await stop();
    // By a clock that is given up days may have been published already, empty as they are.
    await deleteKeys(redis, options.keyPrefix);
  }
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

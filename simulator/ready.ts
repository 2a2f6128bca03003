// simulator/ready.ts — Consumers that own every partition, and, when paced, a clock that starts once they do.
import type { Admin } from 'kafkajs';
import type { MappedClock } from '../contract/clock.js';
import type { RedisClient } from '../contract/redis-client.js';
import type { ServiceUnderTest } from './consumer-process.js';
import { wallMs } from './latency.js';
import { deleteKeys, type RunNames } from './own.js';
import type { Scenario } from './scenario/schema.js';
import { type ConsumerOptions, Consumers, partitionsOf } from './system-under-test.js';
import { type Plan, phaseBoundaries } from './workload/plan.js';

/** Consumers are told the clock when they start, so its first instant must lie far enough ahead. */
const FIRST_LEAD_MS = 2500;
const MOST_LEAD_MS = 60_000;

export interface Ready {
  /** Of the ranking. */
  readonly consumers: Consumers;
  /** Undefined where the scenario has none. */
  readonly articleRead: Consumers | undefined;
  /** Undefined without pacing; otherwise its first instant is still to come. */
  readonly clock: MappedClock | undefined;
}

export async function readyConsumers(
  options: Omit<ConsumerOptions, 'service' | 'clock' | 'latencyBoundariesMs'> & RunNames,
  context: {
    readonly plan: Plan;
    readonly admin: Admin;
    readonly redis: RedisClient;
    readonly signal: AbortSignal;
  },
): Promise<Ready> {
  const { scenario } = options;
  const latencyBoundariesMs = phaseBoundaries(context.plan);
  const services = servicesOf(scenario, options);
  for (let leadMs = FIRST_LEAD_MS; ; leadMs *= 2) {
    const clock: MappedClock | undefined =
      scenario.pace === 'max'
        ? undefined
        : {
            kind: 'scaled',
            eventStartMs: context.plan.startMs,
            wallStartMs: Math.round(wallMs() + leadMs),
            speed: scenario.clock.speed,
          };
    const common = { ...options, latencyBoundariesMs, clock: clock ?? ({ kind: 'event-time' } as const) };
    const started = await Promise.all(services.map((service) => Consumers.start({ ...common, service })));
    const stop = () => Promise.all(started.map((one) => one[Symbol.asyncDispose]()));
    try {
      const { admin, signal } = context;
      await Promise.all(started.map((one) => one.ready({ admin, partitions: partitionsOf(scenario), signal })));
    } catch (error) {
      await stop();
      throw error;
    }
    const [consumers, articleRead] = started;
    if (consumers && (!clock || wallMs() < clock.wallStartMs || leadMs > MOST_LEAD_MS)) {
      return { consumers, articleRead, clock };
    }
    await stop();
    // By a clock that is given up days may have been published already, empty as they are.
    await deleteKeys(context.redis, options.keyPrefix);
  }
}

function servicesOf(scenario: Scenario, { groupId, articleReadGroupId }: RunNames): ServiceUnderTest[] {
  const ranking = { name: 'consumer', main: '../consumer/main.js', groupId, instances: scenario.consumers };
  const { instances } = scenario.articleRead;
  const main = '../consumer/article-read/main.js';
  const articleRead = { name: 'article-read', main, groupId: articleReadGroupId, instances };
  return instances > 0 ? [ranking, articleRead] : [ranking];
}

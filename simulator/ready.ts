// simulator/ready.ts — Consumers that own every partition, and, when paced, a clock that starts once they do.
import type { Admin } from 'kafkajs';
import type { MappedClock } from '../contract/clock.js';
import { wallMs } from './latency.js';
import { type ConsumerOptions, Consumers, partitionsOf } from './system-under-test.js';
import { type Plan, phaseBoundaries } from './workload/plan.js';

/** Consumers are told the clock when they start, so its first instant must lie far enough ahead. */
const FIRST_LEAD_MS = 2500;
const MOST_LEAD_MS = 60_000;

export interface Ready {
  readonly consumers: Consumers;
  /** Undefined without pacing; otherwise its first instant is still to come. */
  readonly clock: MappedClock | undefined;
}

export async function readyConsumers(
  options: Omit<ConsumerOptions, 'clock' | 'latencyBoundariesMs'>,
  context: { readonly plan: Plan; readonly admin: Admin; readonly signal: AbortSignal },
): Promise<Ready> {
  const { scenario, groupId } = options;
  const latencyBoundariesMs = phaseBoundaries(context.plan);
  const group = { id: groupId, partitions: partitionsOf(scenario) };
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
    const consumers = await Consumers.start({
      ...options,
      latencyBoundariesMs,
      clock: clock ?? { kind: 'event-time' },
    });
    try {
      await consumers.ready(context.admin, group, context.signal);
    } catch (error) {
      await consumers[Symbol.asyncDispose]();
      throw error;
    }
    if (!clock || (clock.kind === 'scaled' && wallMs() < clock.wallStartMs) || leadMs > MOST_LEAD_MS) {
      return { consumers, clock };
    }
    await consumers[Symbol.asyncDispose]();
  }
}

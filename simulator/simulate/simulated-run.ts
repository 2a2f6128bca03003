// simulator/simulate/simulated-run.ts — A whole run without Kafka and without waiting: the workload, the consumer and the run are the real ones; time and log are simulated.
import type { Redis } from 'ioredis';
import type { FaultPort, RunPorts } from '../run/ports.js';
import type { RunResult } from '../run/result.js';
import { runOn } from '../run/run.js';
import type { Scenario } from '../scenario/schema.js';
import { NOTHING_DECLARED } from '../vocabulary/declared-deviations.js';
import { planOf } from '../workload/plan.js';
import { simulatedFault } from './simulated-faults.js';
import { type ReadContext, simulatedArticleRead, simulatedLists, simulatedRanking } from './simulated-reads.js';
import { KEY_PREFIX } from './simulated-service.js';
import { SteppedTime } from './stepped-time.js';
import { World } from './world.js';

export interface SimulatedRunOptions {
  readonly scenario: Scenario;
  /** It is emptied. */
  readonly redis: Redis;
  /** Parts of the ranking. */
  readonly shards: number;
  /** Text of lua/apply.lua, unless a test plants a bug into it. */
  readonly applyScript?: string;
}

/** Every fourth seed has the ranking in three parts, whose lists are merged. */
export function shardsOf(seed: number): number {
  return seed % 4 === 0 ? 3 : 1;
}

export async function simulatedRun(options: SimulatedRunOptions): Promise<Omit<RunResult, 'servers'>> {
  const plan = planOf(options.scenario);
  const world = new World({ ...options, plan });
  await world.redis.clear();
  const { consumers, articleRead } = options.scenario;
  for (let i = 0; i < consumers; i += 1) await world.ranking.add();
  for (let i = 0; i < articleRead.instances; i += 1) await world.articleRead.add();
  const time = new SteppedTime(plan, world);
  return runOn(portsOf({ plan, world, shards: options.shards }, time), {
    plan,
    sut: { isOpaque: false, listTtlDays: undefined, declared: NOTHING_DECLARED },
    dir: undefined,
    signal: new AbortController().signal,
    say: () => undefined,
    sample: () => undefined,
    stage: (stage) => {
      time.isPatient = stage === 'drain';
    },
    beforeCheck: () => world.redis.expire(time.nowMs()),
  });
}

function portsOf(context: ReadContext, time: SteppedTime): RunPorts {
  const { world } = context;
  return {
    time,
    clock: world.clock,
    startedAtMs: time.nowMs(),
    topics: world.log.topics,
    load: world.producers,
    ranking: simulatedRanking(context),
    articleRead: simulatedArticleRead(context),
    lists: simulatedLists(world),
    faults: faultPort(context),
    openLog: async () => world.log.open(),
  };
}

function faultPort({ plan, world }: ReadContext): FaultPort {
  const { ranking, producers, sends, redis, log } = world;
  const { scenario } = plan;
  const surroundings = {
    redis,
    sends,
    persistence: scenario.redis.persistence,
    rebalance: () => ranking.group.rebalance(),
  };
  return {
    faultOf: (spec) => simulatedFault(spec, surroundings),
    context: {
      consumers: ranking,
      producers,
      admin: ranking.admin,
      groupId: 'ranking',
      topics: log.topics,
      keyPrefix: KEY_PREFIX,
      sessionTimeoutMs: scenario.consumer.sessionTimeoutMs,
      breakable: undefined,
      copies: scenario.topics,
    },
  };
}

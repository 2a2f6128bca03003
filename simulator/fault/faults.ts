// simulator/fault/faults.ts — Every kind of fault by its name in a scenario, and which of them a run cannot have.
import type { FaultSpec, Scenario } from '../scenario/schema.js';
import type { FaultNeed } from '../vocabulary/fault-definition.js';
import { FAULTS, type FaultKind } from '../vocabulary/faults.js';
import { RandomStream } from '../workload/random.js';
import { brokerDown } from './broker-down.js';
import { consumerExit } from './consumer-exit.js';
import { consumerPause } from './consumer-pause.js';
import { consumerSlow } from './consumer-slow.js';
import { consumerStart } from './consumer-start.js';
import type { Fault, PlanContext } from './fault.js';
import { leaderMove } from './leader-move.js';
import { linkToxic } from './link-toxic.js';
import { loneLeaderKill } from './lone-leader-kill.js';
import { producerKill } from './producer-kill.js';
import { redisDown } from './redis-down.js';
import { redisFailover } from './redis-failover.js';
import { redisFlush } from './redis-flush.js';
import { redisFull } from './redis-full.js';
import { rollingRestart } from './rolling-restart.js';

const IMPLEMENTATIONS: { readonly [Kind in FaultKind]: Fault<Extract<FaultSpec, { kind: Kind }>> } = {
  'consumer-kill': consumerExit,
  'consumer-stop': consumerExit,
  'consumer-pause': consumerPause,
  'consumer-start': consumerStart,
  'consumer-slow': consumerSlow,
  'producer-kill': producerKill,
  'broker-kill': brokerDown,
  'broker-stop': brokerDown,
  'broker-pause': brokerDown,
  'lone-leader-kill': loneLeaderKill,
  'leader-move': leaderMove,
  'rolling-restart': rollingRestart,
  'redis-kill': redisDown,
  'redis-erase': redisDown,
  'redis-pause': redisDown,
  'redis-full': redisFull,
  'redis-flush': redisFlush,
  'redis-failover': redisFailover,
  'link-latency': linkToxic,
  'link-bandwidth': linkToxic,
  'link-drop': linkToxic,
  'link-reset': linkToxic,
  'lost-replies': linkToxic,
};

/** The fault for a specification. */
export function faultOf(spec: FaultSpec): Fault<FaultSpec> {
  // Each kind maps to the fault that takes its specification. The compiler cannot follow that through a variable.
  return IMPLEMENTATIONS[spec.kind] as Fault<FaultSpec>;
}

/** What faults need of the servers that are started. */
export function neededFor(faults: readonly FaultSpec[]): ReadonlySet<FaultNeed> {
  return new Set(faults.flatMap(({ kind }) => needsOf(kind)));
}

function needsOf(kind: FaultKind): readonly FaultNeed[] {
  return FAULTS[kind].needs;
}

/** The faults of a run: all of them, or in a swarm those that its seed enables. */
export function enabledFaults({ faults, swarm, seed }: Scenario): readonly FaultSpec[] {
  if (!swarm || faults.length === 0) return faults;
  const random = new RandomStream(seed, 'swarm');
  const enabled = faults.filter(() => random.below(2) === 0);
  return enabled.length > 0 ? enabled : faults.slice(random.below(faults.length)).slice(0, 1);
}

/** Why these servers cannot have the fault. */
function serverRefusal({ kind }: FaultSpec, { servers, consumers, scenario }: PlanContext): string | undefined {
  const { breaks } = FAULTS[kind];
  const needs = needsOf(kind);
  if (consumers === 'others' && breaks === 'consumer')
    return 'the consumer runs elsewhere already, and is not this run’s to break; give its command in the SUT file';
  if (needs.length === 0 || servers === 'own') return undefined;
  if (servers === 'others')
    return 'the servers at the addresses given are not this run’s to break; leave out --brokers, --redis, SIM_BROKERS and SIM_REDIS';
  if (needs.includes('links'))
    return 'nothing can stand between clients and containers, which are reached at their own ports; leave out --break-containers';
  if (needs.includes('replica')) return 'docker-compose.yml has no replica of Redis; leave out --break-containers';
  return breaks === 'redis' && scenario.redis.persistence !== 'none'
    ? `the Redis of docker-compose.yml saves nothing, and redis.persistence is ${scenario.redis.persistence}; leave out --break-containers`
    : undefined;
}

/** Why a run cannot have its faults, one line each. Ask before anything is started. */
export function refusals(planContext: PlanContext): string[] {
  const { faults, topics } = planContext.scenario;
  const nodes = topics.replicationFactor > 1 ? 3 : 1;
  return faults.flatMap((spec, index) => {
    const node = Number(/broker:(\d)$/.exec('target' in spec ? spec.target : '')?.[1] ?? 1);
    const why =
      serverRefusal(spec, planContext) ??
      (node > nodes
        ? `names Kafka node ${node} of ${nodes}; with topics.replicationFactor above 1 there are 3`
        : faultOf(spec).refusal?.(spec, planContext));
    return why === undefined ? [] : [`faults[${index}]: ${spec.kind}: ${why}`];
  });
}

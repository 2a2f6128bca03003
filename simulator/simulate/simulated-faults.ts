// simulator/simulate/simulated-faults.ts — The faults of a scenario as a simulated run has them. Those of consumers and producers that need no real process are the real ones.
import { type ActiveFault, type Fault, type FaultContext, NoTargetError } from '../fault/fault.js';
import { faultOf } from '../fault/faults.js';
import { describeGroup, groupText, leftSince } from '../fault/group.js';
import { chosenConsumers, nameOf } from '../fault/targets.js';
import type { FaultReceipt } from '../history/fault-result.js';
import type { FaultSpec, Scenario } from '../scenario/schema.js';
import type { ControlledConsumer } from '../sut/consumer-control.js';
import type { FaultKind } from '../vocabulary/faults.js';
import type { RedisStage } from './redis-stage.js';

/** What is simulated of a run's surroundings. */
export interface Surroundings {
  readonly redis: RedisStage;
  readonly sends: SendTroubles;
  readonly persistence: Scenario['redis']['persistence'];
  /** The coordinator is another, or could not be reached. */
  readonly rebalance: () => void;
}

export interface SendTroubles {
  /** Above 0, sends are repeated, or end unknown. */
  troubles: number;
  /** How many were. */
  struck: number;
}

/** What a fault becomes here, where it is another than on real servers; the others are as they are. */
const STANDS_FOR: Readonly<Partial<Record<FaultKind, string>>> = {
  'broker-kill': 'sends repeated or of unknown end, and a rebalance',
  'broker-stop': 'sends repeated or of unknown end, and a rebalance',
  'broker-pause': 'sends repeated or of unknown end, and a rebalance',
  'lone-leader-kill': 'sends repeated or of unknown end, and a rebalance; nothing acknowledged is lost',
  'leader-move': 'sends repeated or of unknown end, and a rebalance',
  'rolling-restart': 'sends repeated or of unknown end, and a rebalance',
  'link-latency': 'Redis does not answer for a while',
  'link-bandwidth': 'Redis does not answer for a while',
  'link-drop': 'Redis does not answer for a while; of Kafka: sends repeated or of unknown end',
  'link-reset': 'scripts carried out twice; of Kafka: sends repeated or of unknown end',
  'redis-failover': 'Redis does not answer, and then is as it was when the fault began',
};

/** The faults of a scenario that are different here, with what they become. */
export function standsFor(faults: readonly FaultSpec[]): string[] {
  const kinds = new Set(faults.map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => (STANDS_FOR[kind] === undefined ? [] : `${kind}: ${STANDS_FOR[kind]}`));
}

const REAL: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'consumer-kill',
  'consumer-stop',
  'consumer-start',
  'producer-kill',
]);

/** Scripts whose answers a connection's reset loses. */
const RESET_REPLIES = 2;

export function simulatedFault(spec: FaultSpec, around: Surroundings): Fault<FaultSpec> {
  if (REAL.has(spec.kind)) return faultOf(spec);
  return { inject: async (_, context) => inject(spec, around, context) };
}

async function inject(spec: FaultSpec, around: Surroundings, context: FaultContext): Promise<ActiveFault> {
  switch (spec.kind) {
    case 'consumer-pause':
      return pauseConsumers(spec, context);
    case 'consumer-slow':
      return slowConsumers(spec, context);
    case 'redis-flush':
      return emptyRedis(around, context, false);
    case 'redis-erase':
      return emptyRedis(around, context, true);
    case 'redis-kill':
      if (around.persistence === 'none') return emptyRedis(around, context, true);
      return awayRedis(around, context, around.persistence === 'rdb');
    case 'redis-failover':
      return awayRedis(around, context, true);
    case 'redis-pause':
      return awayRedis(around, context, false);
    case 'redis-full':
      return fillRedis(around, context);
    case 'link-latency':
    case 'link-bandwidth':
    case 'link-drop':
      return isOfRedis(spec.target) ? awayRedis(around, context, false) : troubleSends(around);
    case 'link-reset':
      return isOfRedis(spec.target) ? loseReplies(around, RESET_REPLIES) : troubleSends(around);
    case 'lost-replies':
      return isOfRedis(spec.target) ? loseReplies(around, spec.replies) : troubleSends(around);
    default:
      around.rebalance();
      return troubleSends(around);
  }
}

function isOfRedis(target: string): boolean {
  return ['link:redis', 'link:all', 'link:random'].includes(target);
}

async function pauseConsumers(
  { target, forSeconds }: Extract<FaultSpec, { kind: 'consumer-pause' }>,
  context: FaultContext,
): Promise<ActiveFault> {
  const consumers = chosenConsumers(target, context);
  const before = await describeGroup(context);
  for (const consumer of consumers) consumer.pause();
  const becomesZombie = forSeconds * 1000 > context.sessionTimeoutMs;
  let without = before;
  const inspect = async () => {
    without = await describeGroup(context);
    return leftSince(before, without) >= consumers.length;
  };
  return {
    targets: consumers.map(nameOf),
    heal: async () => {
      await inspect();
      for (const consumer of consumers) consumer.resume();
    },
    ...(becomesZombie ? { noticed: inspect, hasShown: inspect } : {}),
    receipt: async () =>
      receipt(!becomesZombie || leftSince(before, without) > 0, 'group', groupText(before), groupText(without)),
  };
}

async function slowConsumers(
  { target, runShare }: Extract<FaultSpec, { kind: 'consumer-slow' }>,
  context: FaultContext,
): Promise<ActiveFault> {
  const consumers = chosenConsumers(target, context);
  const setShare = (share: number) => {
    for (const consumer of consumers as readonly (ControlledConsumer & { runShare: number })[])
      consumer.runShare = share;
  };
  setShare(runShare);
  return {
    targets: consumers.map(nameOf),
    heal: async () => setShare(1),
    receipt: async () => receipt(true, 'share of its turns', '1', String(runShare)),
  };
}

function expectWhole({ broken }: FaultContext): void {
  if (broken.has('Redis')) throw new NoTargetError('Redis is broken already');
}

async function emptyRedis({ redis }: Surroundings, context: FaultContext, isAway: boolean): Promise<ActiveFault> {
  expectWhole(context);
  const keys = await redis.empty();
  if (isAway) redis.away += 1;
  return {
    targets: ['Redis'],
    heal: async () => {
      if (isAway) redis.away -= 1;
    },
    receipt: async () => receipt(keys > 0, 'keys', String(keys), '0'),
  };
}

async function awayRedis({ redis }: Surroundings, context: FaultContext, isSetBack: boolean): Promise<ActiveFault> {
  expectWhole(context);
  if (isSetBack) await redis.keep();
  const waited = redis.waits;
  // A server that will be set back goes on for a while: that is what is lost.
  if (!isSetBack) redis.away += 1;
  return {
    targets: ['Redis'],
    heal: async () => {
      if (isSetBack) await redis.setBack();
      else redis.away -= 1;
    },
    ...(isSetBack ? {} : { hasShown: async () => redis.waits > waited }),
    receipt: async () => receipt(isSetBack || redis.waits > waited, 'turns without an answer', '0', `${redis.waits}`),
  };
}

async function fillRedis({ redis }: Surroundings, context: FaultContext): Promise<ActiveFault> {
  expectWhole(context);
  const before = await redis.refusals();
  const refused = async () => (await redis.refusals()) > before;
  await redis.setFull(true);
  let isProven = false;
  return {
    targets: ['Redis'],
    heal: async () => {
      isProven = await refused();
      await redis.setFull(false);
    },
    hasShown: refused,
    receipt: async () => receipt(isProven, 'writes refused', String(before), isProven ? 'more' : 'no more'),
  };
}

async function loseReplies({ redis }: Surroundings, replies: number): Promise<ActiveFault> {
  const loss = { left: replies };
  redis.losses.add(loss);
  return {
    targets: ['link to Redis'],
    heal: async () => void redis.losses.delete(loss),
    hasShown: async () => loss.left < replies,
    receipt: async () => receipt(loss.left < replies, 'answers to be lost', String(replies), String(loss.left)),
  };
}

async function troubleSends({ sends }: Surroundings): Promise<ActiveFault> {
  const before = sends.struck;
  sends.troubles += 1;
  return {
    targets: [],
    heal: async () => {
      sends.troubles -= 1;
    },
    hasShown: async () => sends.struck > before,
    receipt: async () =>
      receipt(sends.struck > before, 'sends repeated or of unknown end', `${before}`, `${sends.struck}`),
  };
}

function receipt(proven: boolean, what: string, before: string, after: string): FaultReceipt {
  return { proven, facts: [{ what, before, after }] };
}

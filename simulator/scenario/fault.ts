// simulator/scenario/fault.ts — What breaks on purpose during the load: kinds of faults, their targets, and when they come.
import { z } from 'zod';
import { checkTimes, faultTimes, type TimeSurroundings } from './fault-time.js';
import type { Issue } from './issue.js';

const forSeconds = (byDefault: number) =>
  z
    .number()
    .positive()
    .max(600)
    .default(byDefault)
    .describe('Wall time until it is healed. A fault without effect by then stays up to 30 s longer.');

const consumerTarget = z
  .string()
  .regex(/^consumer:(?:random|all|[1-9]\d{0,2})$/, { error: 'expected consumer:random, consumer:all or consumer:1' })
  .default('consumer:random')
  .describe('What breaks; random is drawn by the seed.');

const producerTarget = z
  .string()
  .regex(/^producer:(?:random|all|[1-9]\d?)$/, { error: 'expected producer:random, producer:all or producer:1' })
  .default('producer:random')
  .describe('What breaks; random is drawn by the seed.');

const brokerTarget = z
  .string()
  .regex(/^broker:(?:random|controller|[1-3]|leaderOf\((?:article|comment|like|view),\d{1,3}\))$/, {
    error: 'expected broker:random, broker:controller, broker:1 or broker:leaderOf(view,0)',
  })
  .default('broker:random')
  .describe(
    'What breaks; random is drawn by the seed. The fault waits while the topics would refuse acks "all" without it.',
  );

const linkTarget = z
  .string()
  .regex(/^link:(?:redis|random|all|broker:[1-3]|brokers:(?:random|all))$/, {
    error: 'expected link:redis, link:broker:1, link:brokers:random, link:brokers:all, link:random or link:all',
  })
  .default('link:redis')
  .describe('What breaks; random is drawn by the seed.');

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('consumer-kill').describe('SIGKILL. Another process takes its place when it is healed.'),
    target: consumerTarget,
    ...faultTimes,
    forSeconds: forSeconds(1),
  }),
  z.strictObject({
    kind: z.literal('consumer-stop').describe('SIGTERM. Another process takes its place when it is healed.'),
    target: consumerTarget,
    ...faultTimes,
    forSeconds: forSeconds(1),
  }),
  z.strictObject({
    kind: z
      .literal('consumer-pause')
      .describe('SIGSTOP, then SIGCONT. A pause longer than the session timeout makes it a zombie.'),
    target: consumerTarget,
    ...faultTimes,
    forSeconds: forSeconds(9),
  }),
  z.strictObject({
    kind: z.literal('consumer-start').describe('More consumers join the group, and leave it when it is healed.'),
    instances: z.int().min(1).max(16).default(1).describe('How many consumers join.'),
    ...faultTimes,
    forSeconds: forSeconds(3),
  }),
  z.strictObject({
    kind: z.literal('consumer-slow').describe('The process gets the processor for only a part of the time.'),
    target: consumerTarget,
    runShare: z.number().min(0.01).max(0.9).default(0.1).describe('Share of the time in which it runs.'),
    ...faultTimes,
    forSeconds: forSeconds(5),
  }),
  z.strictObject({
    kind: z
      .literal('producer-kill')
      .describe('A producer thread ends with batches on their way. Another goes on with its lanes when it is healed.'),
    target: producerTarget,
    ...faultTimes,
    forSeconds: forSeconds(1),
  }),
  z.strictObject({
    kind: z.literal('broker-kill').describe('SIGKILL of a Kafka node. It starts again when it is healed.'),
    target: brokerTarget,
    ...faultTimes,
    forSeconds: forSeconds(5),
  }),
  z.strictObject({
    kind: z.literal('broker-stop').describe('SIGTERM of a Kafka node, which hands over its partitions first.'),
    target: brokerTarget,
    ...faultTimes,
    forSeconds: forSeconds(3),
  }),
  z.strictObject({
    kind: z.literal('broker-pause').describe('SIGSTOP of a Kafka node, then SIGCONT.'),
    target: brokerTarget,
    ...faultTimes,
    forSeconds: forSeconds(6),
  }),
  z.strictObject({
    kind: z
      .literal('lone-leader-kill')
      .describe('SIGKILL of a Kafka node after its followers were frozen. What it alone acknowledged is gone.'),
    target: brokerTarget,
    aloneSeconds: z
      .number()
      .positive()
      .max(2)
      .default(1.5)
      .describe('For how long the followers are frozen; after 3 s of silence a node is taken for dead.'),
    ...faultTimes,
    forSeconds: forSeconds(5),
  }),
  z.strictObject({
    kind: z.literal('leader-move').describe('All partitions that a Kafka node leads get another leader for a while.'),
    target: brokerTarget,
    ...faultTimes,
    forSeconds: forSeconds(3),
  }),
  z.strictObject({
    kind: z.literal('rolling-restart').describe('Kafka nodes end and start again, one after the other.'),
    ...faultTimes,
    forSeconds: forSeconds(1).describe('Wall time that each of them is away.'),
  }),
  z.strictObject({
    kind: z.literal('redis-kill').describe('SIGKILL. After its restart Redis has what `redis.persistence` keeps.'),
    ...faultTimes,
    forSeconds: forSeconds(2),
  }),
  z.strictObject({
    kind: z.literal('redis-erase').describe('SIGKILL. After its restart Redis is empty.'),
    ...faultTimes,
    forSeconds: forSeconds(2),
  }),
  z.strictObject({
    kind: z.literal('redis-pause').describe('SIGSTOP, then SIGCONT.'),
    ...faultTimes,
    forSeconds: forSeconds(4),
  }),
  z.strictObject({
    kind: z.literal('redis-full').describe('Redis refuses every write that needs memory.'),
    ...faultTimes,
    forSeconds: forSeconds(4),
  }),
  z.strictObject({
    kind: z.literal('redis-flush').describe('Every key of the run is deleted at once, and no other.'),
    ...faultTimes,
    forSeconds: forSeconds(1),
  }),
  z.strictObject({
    kind: z.literal('redis-failover').describe('The primary is killed, and a replica that lags takes over.'),
    lagSeconds: z.number().positive().max(60).default(2).describe('How far the replica is behind.'),
    ...faultTimes,
    forSeconds: forSeconds(2).describe('Wall time until the former primary is back, as a replica.'),
  }),
  z.strictObject({
    kind: z.literal('link-latency').describe('Everything that goes through takes longer.'),
    target: linkTarget,
    latencyMs: z.number().min(0).max(60_000).default(50).describe('Added in each direction.'),
    jitterMs: z.number().min(0).max(60_000).default(0).describe('Random addition, up to this much more or less.'),
    ...faultTimes,
    forSeconds: forSeconds(5),
  }),
  z.strictObject({
    kind: z.literal('link-bandwidth').describe('Only a limited number of bytes goes through.'),
    target: linkTarget,
    bytesPerSecond: z.int().min(100).default(50_000).describe('In each direction, for all connections together.'),
    ...faultTimes,
    forSeconds: forSeconds(5),
  }),
  z.strictObject({
    kind: z.literal('link-drop').describe('Nothing goes through, and neither end notices.'),
    target: linkTarget,
    direction: z
      .enum(['to-server', 'to-client', 'both'])
      .default('both')
      .describe('The direction in which nothing goes through.'),
    ...faultTimes,
    forSeconds: forSeconds(4),
  }),
  z.strictObject({
    kind: z.literal('link-reset').describe('Every connection is reset.'),
    target: linkTarget,
    ...faultTimes,
    forSeconds: forSeconds(0.1),
  }),
  z.strictObject({
    kind: z.literal('lost-replies').describe('Writes are carried out, and their connection is reset before the reply.'),
    target: linkTarget,
    replies: z.int().min(1).max(10_000).default(10).describe('How many replies are lost.'),
    ...faultTimes,
    forSeconds: forSeconds(5),
  }),
]);

export type FaultSpec = z.infer<typeof faultSchema>;
export type FaultKind = FaultSpec['kind'];

interface Surroundings extends TimeSurroundings {
  readonly consumers: number;
  readonly producers: number;
  readonly partitions: number;
}

export function checkFault(fault: FaultSpec, around: Surroundings, issue: Issue): void {
  checkTimes(fault, around, issue);
  const target = 'target' in fault ? fault.target : '';
  const partition = Number(/,(\d+)\)$/.exec(target)?.[1] ?? 0);
  if (partition >= around.partitions) {
    issue(['target'], `names partition ${partition}; they go from 0 to ${around.partitions - 1}`);
  }
  const [, role, number = 0] = /^(consumer|producer):(\d+)$/.exec(target) ?? [];
  const there = role === 'producer' ? around.producers : around.consumers;
  if (Number(number) > there) issue(['target'], `names ${role} ${number} of ${there}`);
}

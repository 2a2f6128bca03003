// simulator/scenario/fault.ts — What breaks on purpose during the load: kinds of faults, their targets, and when they come.
import { z } from 'zod';
import type { FaultDefinition } from '../vocabulary/fault-definition.js';
import { FAULTS, type FaultField, type FaultKind } from '../vocabulary/faults.js';
import { checkTimes, faultTimes, type TimeSurroundings } from './fault-time.js';
import type { Issue } from './issue.js';

const LASTS = 'Wall time until it is healed. A fault without effect by then stays up to 30 s longer.';

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
  fault('consumer-kill', { target: consumerTarget }),
  fault('consumer-stop', { target: consumerTarget }),
  fault('consumer-pause', { target: consumerTarget }),
  fault('consumer-start', { instances: z.int().min(1).max(16).default(1) }),
  fault('consumer-slow', { target: consumerTarget, runShare: z.number().min(0.01).max(0.9).default(0.1) }),
  fault('producer-kill', { target: producerTarget }),
  fault('broker-kill', { target: brokerTarget }),
  fault('broker-stop', { target: brokerTarget }),
  fault('broker-pause', { target: brokerTarget }),
  fault('lone-leader-kill', { target: brokerTarget, aloneSeconds: z.number().positive().max(2).default(1.5) }),
  fault('leader-move', { target: brokerTarget }),
  fault('rolling-restart', {}),
  fault('redis-kill', {}),
  fault('redis-erase', {}),
  fault('redis-pause', {}),
  fault('redis-full', {}),
  fault('redis-flush', {}),
  fault('redis-failover', { lagSeconds: z.number().positive().max(60).default(2) }),
  fault('link-latency', {
    target: linkTarget,
    latencyMs: z.number().min(0).max(60_000).default(50),
    jitterMs: z.number().min(0).max(60_000).default(0),
  }),
  fault('link-bandwidth', { target: linkTarget, bytesPerSecond: z.int().min(100).default(50_000) }),
  fault('link-drop', { target: linkTarget, direction: z.enum(['to-server', 'to-client', 'both']).default('both') }),
  fault('link-reset', { target: linkTarget }),
  fault('lost-replies', { target: linkTarget, replies: z.int().min(1).max(10_000).default(10) }),
]);

type Fields<Kind extends FaultKind> = Readonly<Record<FaultField<Kind>, z.ZodType>> & { readonly target?: z.ZodType };

/** @param fields those that the registry names, and the target */
function fault<Kind extends FaultKind, Own extends Fields<Kind>>(kind: Kind, fields: Own) {
  const { does, forSeconds, lasts = LASTS, fields: texts }: FaultDefinition = FAULTS[kind];
  return z.strictObject({
    kind: z.literal(kind).describe(does),
    ...described(fields, texts),
    ...faultTimes,
    forSeconds: z.number().positive().max(600).default(forSeconds).describe(lasts),
  });
}

function described<Own extends Readonly<Record<string, z.ZodType | undefined>>>(
  fields: Own,
  texts: Readonly<Record<string, string>>,
): Own {
  const all = Object.entries(fields).map(([name, field]) => {
    const text = texts[name];
    return [name, text === undefined ? field : field?.describe(text)] as const;
  });
  return Object.fromEntries(all) as Own;
}

export type FaultSpec = z.infer<typeof faultSchema>;

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

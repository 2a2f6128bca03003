// simulator/scenario/fault.ts — What breaks on purpose during the load: kinds of faults, their targets, and when they come.
import { z } from 'zod';
import { parseLocal } from '../../contract/calendar.js';
import type { Issue } from './issue.js';

const at = z
  .union([
    z.strictObject({ progress: z.number().min(0).max(1).describe('Share of the planned events that have been sent.') }),
    z.strictObject({ phase: z.string().describe('Name of the phase at whose beginning it comes.') }),
    z.strictObject({
      time: z.string().describe('Local date-time in the rules’ zone, of event time; paced runs only.'),
    }),
  ])
  .describe('When it breaks.');

const when = {
  at,
  every: z
    .strictObject({
      seconds: z.number().positive().max(3600).describe('Wall time from one to the next.'),
      times: z.int().min(2).max(1000).describe('How often in all.'),
    })
    .optional()
    .describe('Breaks again and again, each time after the one before was mended.'),
};

const forSeconds = (byDefault: number) =>
  z.number().positive().max(600).default(byDefault).describe('Wall time until it is mended.');

const consumerTarget = z
  .string()
  .regex(/^consumer:(?:random|all|[1-9]\d{0,2})$/, { error: 'expected consumer:random, consumer:all or consumer:1' })
  .default('consumer:random');

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('consumer-kill').describe('SIGKILL; another process takes its place when it is mended.'),
    target: consumerTarget,
    ...{ ...when, forSeconds: forSeconds(1) },
  }),
  z.strictObject({
    kind: z.literal('consumer-stop').describe('SIGTERM; another process takes its place when it is mended.'),
    target: consumerTarget,
    ...{ ...when, forSeconds: forSeconds(1) },
  }),
  z.strictObject({
    kind: z
      .literal('consumer-pause')
      .describe('SIGSTOP, then SIGCONT. Longer than the session timeout, it comes back as a zombie.'),
    target: consumerTarget,
    ...{ ...when, forSeconds: forSeconds(9) },
  }),
  z.strictObject({
    kind: z.literal('consumer-start').describe('Further consumers join the group, and leave it when it is mended.'),
    instances: z.int().min(1).max(16).default(1),
    ...{ ...when, forSeconds: forSeconds(3) },
  }),
  z.strictObject({
    kind: z.literal('consumer-slow').describe('Gets the processor for a part of the time only.'),
    target: consumerTarget,
    runShare: z.number().min(0.01).max(0.9).default(0.1).describe('Share of the time in which it runs.'),
    ...{ ...when, forSeconds: forSeconds(5) },
  }),
]);

export type FaultSpec = z.infer<typeof faultSchema>;
export type FaultKind = FaultSpec['kind'];
export type FaultTime = FaultSpec['at'];

interface Surroundings {
  readonly phases: readonly string[];
  readonly zone: string;
  readonly pace: 'paced' | 'max';
  readonly consumers: number;
}

export function checkFault(fault: FaultSpec, around: Surroundings, issue: Issue): void {
  checkTime(fault.at, around, issue);
  if (fault.every && fault.every.seconds <= fault.forSeconds) {
    issue(['every', 'seconds'], `expected more than forSeconds, ${fault.forSeconds}: it must be mended in between`);
  }
  const target = 'target' in fault ? fault.target : '';
  const number = Number(/^consumer:(\d+)$/.exec(target)?.[1] ?? 0);
  if (number > around.consumers) issue(['target'], `names consumer ${number} of ${around.consumers}`);
}

function checkTime(time: FaultTime, { phases, zone, pace }: Surroundings, issue: Issue): void {
  if ('phase' in time && !phases.includes(time.phase)) {
    issue(['at', 'phase'], `no phase is named "${time.phase}"; there is ${phases.join(', ')}`);
  }
  if (!('time' in time)) return;
  if (pace !== 'paced') issue(['at', 'time'], 'needs pace "paced": without it event time has no wall time');
  if (parseLocal(time.time, zone) === undefined) {
    issue(['at', 'time'], `expected a local date-time such as 2024-10-01T20:00:00, found "${time.time}"`);
  }
}

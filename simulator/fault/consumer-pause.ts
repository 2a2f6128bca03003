// simulator/fault/consumer-pause.ts — Consumers are frozen; longer than the session timeout, they come back as zombies.
import { readFileSync } from 'node:fs';
import type { FaultSpec } from '../scenario/schema.js';
import type { Fault } from './fault.js';
import { describeGroup, groupText, leftSince } from './group.js';
import { chosenConsumers, nameOf } from './targets.js';

type Spec = Extract<FaultSpec, { kind: 'consumer-pause' }>;

const FROZEN_WITHIN_MS = 2000;
const POLL_MS = 5;

export const consumerPause: Fault<Spec> = {
  breaks: 'consumers',
  async inject({ target, forSeconds }, stand) {
    const consumers = chosenConsumers(target, stand);
    const before = await describeGroup(stand);
    for (const consumer of consumers) consumer.pause();
    const states = await Promise.all(consumers.map(({ pid }) => frozenState(pid)));
    const becomesZombie = forSeconds * 1000 > stand.sessionTimeoutMs;
    let atEnd = before;
    const hasLeft = () => leftSince(before, atEnd) >= consumers.length;
    return {
      targets: consumers.map(nameOf),
      heal: async () => {
        atEnd = await describeGroup(stand).catch(() => before);
        for (const consumer of consumers) consumer.resume();
      },
      ...(becomesZombie
        ? { noticed: async () => leftSince(before, await describeGroup(stand)) >= consumers.length }
        : {}),
      receipt: async () => {
        const after = await Promise.all(consumers.map(({ pid }) => Promise.resolve(stateOf(pid))));
        return {
          proven: states.every((state) => state === 'T') && (!becomesZombie || hasLeft()),
          facts: [
            { what: 'state in /proc', before: states.join(', '), after: after.join(', ') },
            {
              what: 'group without its frozen members',
              before: groupText(before),
              after: `${groupText(atEnd)}; ${leftSince(before, atEnd)} left`,
            },
          ],
        };
      },
    };
  },
};

/** The kernel stops a process soon, not at once. */
export async function frozenState(pid: number | undefined): Promise<string> {
  const giveUpAt = performance.now() + FROZEN_WITHIN_MS;
  for (;;) {
    const state = stateOf(pid);
    if (state === 'T' || performance.now() > giveUpAt) return state;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** As the kernel writes it: `T` is stopped, `S` and `R` are alive. */
export function stateOf(pid: number | undefined): string {
  try {
    return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'gone';
  }
}

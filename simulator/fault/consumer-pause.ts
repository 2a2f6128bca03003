// simulator/fault/consumer-pause.ts — Consumers are frozen. After more than the session timeout they come back as zombies.

import { frozenState, stateOf } from '../infra/processes/process-state.js';
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, type FaultContext, NoTargetError, seenBefore } from './fault.js';
import { describeGroup, type Group, groupText, leftSince, skippedRecords } from './group.js';
import { chosenConsumers, nameOf } from './targets.js';

type Spec = Extract<FaultSpec, { kind: 'consumer-pause' }>;

export const consumerPause: Fault<Spec> = {
  async inject({ target, forSeconds }, context) {
    const consumers = chosenConsumers(target, context);
    const becomesZombie = forSeconds * 1000 > context.sessionTimeoutMs;
    const before = await seenBefore(describeGroup(context));
    // Only members can be seen to leave, and no other member may be about to leave.
    if (becomesZombie && !isWhole(before, context)) throw new NoTargetError('the group is not whole');
    const skippedBefore = await skippedRecords(context);
    for (const consumer of consumers) consumer.pause();
    const states = await Promise.all(consumers.map(({ pid }) => frozenState(pid)));
    let without = before;
    const inspect = async () => {
      const now = await describeGroup(context);
      if (leftSince(before, now) >= leftSince(before, without)) without = now;
      return leftSince(before, without) >= consumers.length;
    };
    return {
      targets: consumers.map(nameOf),
      heal: async () => {
        await inspect().catch(() => undefined);
        for (const consumer of consumers) consumer.resume();
      },
      ...(becomesZombie ? { noticed: inspect, hasShown: inspect } : {}),
      receipt: async () => {
        const after = consumers.map(({ pid }) => stateOf(pid));
        const skipped = await skippedRecords(context);
        return {
          proven:
            states.every((state) => state === 'T') &&
            (!becomesZombie || leftSince(before, without) >= consumers.length),
          facts: [
            { what: 'state in /proc, frozen and at the end', before: states.join(', '), after: after.join(', ') },
            {
              what: 'group without its frozen members',
              before: groupText(before),
              after: `${groupText(without)}; ${leftSince(before, without)} left`,
            },
            { what: 'records that were applied already, and refused', before: skippedBefore, after: skipped },
          ],
        };
      },
    };
  },
};

/** Each consumer is the same number of members. With more some are leaving, with fewer some are joining. */
function isWhole({ state, members }: Group, { consumers }: FaultContext): boolean {
  const alive = consumers.all().filter((one) => one.state !== 'ended').length;
  return state === 'Stable' && members.length >= alive && members.length % alive === 0;
}

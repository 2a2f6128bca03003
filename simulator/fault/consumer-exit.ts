// simulator/fault/consumer-exit.ts — Consumers are killed or told to end; new processes take their places at the healing.
import type { FaultSpec } from '../scenario/schema.js';
import type { ControlledConsumer } from '../sut/consumer-control.js';
import { type Fault, type FaultContext, seenBefore } from './fault.js';
import { describeGroup, groupText, leftSince, skippedRecords } from './group.js';
import { chosenConsumers, nameOf } from './targets.js';

type Spec = Extract<FaultSpec, { kind: 'consumer-kill' | 'consumer-stop' }>;

export const consumerExit: Fault<Spec> = {
  async inject({ kind, target }, context) {
    const consumers = chosenConsumers(target, context);
    const before = await seenBefore(lookAt(consumers, context));
    const signal = kind === 'consumer-kill' ? 'SIGKILL' : 'SIGTERM';
    // A consumer that is told to end does so. An exit code other than 0 means that it did not wait for another broken thing.
    const expected = kind === 'consumer-kill' ? 'SIGKILL' : 'code ';
    const exits = await Promise.all(consumers.map((consumer) => consumer.end(signal)));
    return {
      targets: consumers.map(nameOf),
      heal: async () => {
        await Promise.all(consumers.map((consumer) => consumer.startAgain()));
      },
      noticed: async () => leftSince(before.group, await describeGroup(context)) >= consumers.length,
      receipt: async () => {
        const after = await lookAt(consumers, context);
        const isNew = after.pids.every((pid, i) => pid !== undefined && pid !== before.pids[i]);
        return {
          proven: exits.every((exit) => exit.startsWith(expected)) && isNew,
          facts: [
            { what: 'exit', before: 'running', after: exits.join(', ') },
            { what: 'process', before: before.pids.join(', '), after: after.pids.join(', ') },
            { what: 'group', before: groupText(before.group), after: groupText(after.group) },
            { what: 'records read twice and skipped', before: before.skipped, after: after.skipped },
          ],
        };
      },
    };
  },
};

async function lookAt(consumers: readonly ControlledConsumer[], context: FaultContext) {
  const skipped = await skippedRecords(context);
  return { group: await describeGroup(context), pids: consumers.map(({ pid }) => pid), skipped };
}

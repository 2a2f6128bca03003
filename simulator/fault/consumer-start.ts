// simulator/fault/consumer-start.ts — Further consumers come and go. Each time the group assigns its partitions anew.
import type { FaultSpec } from '../scenario/schema.js';
import type { ControlledConsumer } from '../sut/consumer-control.js';
import { type Fault, seenBefore } from './fault.js';
import { describeGroup, type Group, groupText } from './group.js';
import { nameOf } from './targets.js';

type Spec = Extract<FaultSpec, { kind: 'consumer-start' }>;

export const consumerStart: Fault<Spec> = {
  async inject({ instances }, context) {
    const before = await seenBefore(describeGroup(context));
    // A free place is taken before a new one is made.
    const free = context.consumers.all().filter((one) => one.state === 'ended' && !context.broken.has(nameOf(one)));
    const consumers: ControlledConsumer[] = [];
    let grown: Group | undefined;
    for (let i = 0; i < instances; i += 1) {
      const again = free[i];
      if (again) await again.startAgain();
      consumers.push(again ?? (await context.consumers.add()));
    }
    const inspect = async () => {
      const now = await describeGroup(context);
      const joined = now.members.filter((member) => !before.members.includes(member)).length;
      if (joined >= instances) grown = now;
      return grown !== undefined;
    };
    let exits: readonly string[] = [];
    return {
      targets: consumers.map(nameOf),
      heal: async () => {
        await inspect();
        exits = await Promise.all(consumers.map((consumer) => consumer.end('SIGTERM')));
      },
      noticed: inspect,
      receipt: async () => ({
        // Another exit code means that it found Kafka or Redis broken and did not wait for them.
        proven: grown !== undefined && exits.every((exit) => exit.startsWith('code ')),
        facts: [
          { what: 'group', before: groupText(before), after: grown ? groupText(grown) : 'none has joined' },
          { what: 'further processes', before: 'running', after: exits.join(', ') },
        ],
      }),
    };
  },
};

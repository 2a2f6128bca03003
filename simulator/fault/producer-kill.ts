// simulator/fault/producer-kill.ts — Producer threads end at any point, and others go on with their lanes. The ends of sends on their way stay unknown.
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, NoTargetError } from './fault.js';
import { chosen } from './targets.js';

type Spec = Extract<FaultSpec, { kind: 'producer-kill' }>;

export const producerKill: Fault<Spec> = {
  async inject({ target }, context) {
    const { producers, broken, below } = context;
    const nameOf = ({ number }: { readonly number: number }) => `producer ${number}`;
    const usable = producers.all().filter((one) => one.state === 'running' && !broken.has(nameOf(one)));
    const isNamed = ({ number }: { readonly number: number }, name: string) => name === `producer:${number}`;
    const struck = await Promise.all(
      chosen({ target, usable, below, isNamed }).map(async (one) => {
        const { threadId } = one;
        return { one, threadId, ...(await one.end()) };
      }),
    );
    // Its last message, that everything was sent, may have been on its way.
    const ends = struck.filter(({ one }) => one.state !== 'done');
    const killed = ends.map(({ one }) => one);
    const threads = ends.map(({ threadId }) => threadId);
    if (killed.length === 0) throw new NoTargetError('every producer was done before it could be killed');
    return {
      targets: killed.map(nameOf),
      heal: async () => {
        await Promise.all(killed.map((one) => one.startAgain()));
      },
      receipt: async () => {
        const unknown = ends.reduce((sum, end) => sum + end.unknown, 0);
        const now = killed.map(({ threadId }) => threadId);
        return {
          proven: ends.every(({ exit }) => exit === 'code 1') && now.every((id, i) => id > 0 && id !== threads[i]),
          facts: [
            { what: 'exit', before: 'running', after: ends.map(({ exit }) => exit).join(', ') },
            { what: 'thread', before: threads.join(', '), after: now.join(', ') },
            { what: 'records on their way, whose end is unknown', before: '0', after: String(unknown) },
          ],
        };
      },
    };
  },
};

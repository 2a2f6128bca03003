// simulator/fault/redis-full.ts — Redis has no memory left: it refuses writes, and evicts nothing.
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, seenBefore } from './fault.js';
import { inspectRedis, onRedis, type RedisState, wholeRedis } from './redis-state.js';

type Spec = Extract<FaultSpec, { kind: 'redis-full' }>;

/** Less memory than an empty Redis takes. */
const TOO_LITTLE = '100kb';

export const redisFull: Fault<Spec> = {
  async inject(_, context) {
    const server = wholeRedis(context);
    const before = await seenBefore(inspectRedis(server, context.keyPrefix));
    const [maxmemory, policy] = await onRedis(server, async (redis) => {
      const setting = async (name: string) => String(((await redis.config('GET', name)) as string[])[1] ?? '');
      const former = [await setting('maxmemory'), await setting('maxmemory-policy')] as const;
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      await redis.config('SET', 'maxmemory', TOO_LITTLE);
      // The clients that write may be broken too, so we provoke a refusal.
      await redis.set(`${context.keyPrefix}probe`, '', 'PX', 1).catch(() => undefined);
      return former;
    });
    let full: RedisState | undefined;
    return {
      targets: [server.name],
      heal: async () => {
        full = await inspectRedis(server, context.keyPrefix);
        await onRedis(server, async (redis) => {
          await redis.config('SET', 'maxmemory', maxmemory);
          await redis.config('SET', 'maxmemory-policy', policy);
        });
      },
      receipt: async () => {
        // The state at the healing counts; a later fault may have started it anew.
        const after = full ?? (await inspectRedis(server, context.keyPrefix));
        return {
          proven: after.refusals > before.refusals,
          facts: [
            {
              what: 'memory used and allowed',
              before: `${before.usedBytes} of ${maxmemory}`,
              after: `of ${TOO_LITTLE}`,
            },
            { what: 'writes refused for want of memory', before: `${before.refusals}`, after: `${after.refusals}` },
          ],
        };
      },
    };
  },
};

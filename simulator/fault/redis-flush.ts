// simulator/fault/redis-flush.ts — Every key of the run is deleted from Redis, and no other.
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, NoTargetError, seenBefore } from './fault.js';
import { forKeys, lookAtRedis, onRedis, wholeRedis } from './redis-state.js';

type Spec = Extract<FaultSpec, { kind: 'redis-flush' }>;

export const redisFlush: Fault<Spec> = {
  needs: ['servers'],
  async inject(_, stand) {
    const server = wholeRedis(stand);
    const before = await seenBefore(lookAtRedis(server, stand.keyPrefix));
    if (before.keys === 0) throw new NoTargetError('Redis holds nothing of the run');
    let deleted = 0;
    await onRedis(server, (redis) =>
      forKeys(redis, stand.keyPrefix, async (keys) => {
        deleted += await redis.unlink(...keys);
      }),
    );
    return {
      targets: [server.name],
      // What is gone comes back from the log alone.
      heal: async () => undefined,
      receipt: async () => {
        const after = await lookAtRedis(server, stand.keyPrefix);
        return {
          proven: deleted > 0,
          facts: [
            { what: 'keys of the run', before: String(before.keys), after: `${deleted} deleted` },
            { what: 'keys of the run at the end', before: String(before.keys), after: String(after.keys) },
          ],
        };
      },
    };
  },
};

// simulator/fault/redis-down.ts — Redis is killed and comes back with what it saved, or empty; or it is frozen.
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, seenBefore } from './fault.js';
import { inspectRedis, isPromoted, onRedis, type RedisState, wholeRedis } from './redis-state.js';

type Spec = Extract<FaultSpec, { kind: 'redis-kill' | 'redis-erase' | 'redis-pause' }>;

export const redisDown: Fault<Spec> = {
  async inject({ kind }, context) {
    const server = wholeRedis(context);
    const before = await seenBefore(inspectRedis(server, context.keyPrefix));
    const pid = server.pid();
    if (kind === 'redis-pause') await server.pause();
    else await server.kill();
    const isFrozen = kind === 'redis-pause' && (await server.isFrozen());
    if (kind === 'redis-erase') await server.eraseData();
    let back: RedisState | undefined;
    let backPid: number | undefined;
    return {
      targets: [server.name],
      heal: async () => {
        if (kind === 'redis-pause') await server.resume();
        else await server.start();
        // A promoted replica starts as a replica again.
        if (kind !== 'redis-pause' && isPromoted(server, context.breakable)) {
          await onRedis(server, (redis) => redis.replicaof('NO', 'ONE'));
        }
        back = await inspectRedis(server, context.keyPrefix);
        backPid = server.pid();
      },
      receipt: async () => {
        const after = await inspectRedis(server, context.keyPrefix);
        // The state right after the healing counts; a later fault may have ended that process too.
        const healed = back ?? after;
        const isAnother = healed.runId !== before.runId;
        return {
          proven: kind === 'redis-pause' ? isFrozen && !isAnother : isAnother,
          facts: [
            { what: 'process', before: String(pid), after: `${backPid}${isFrozen ? ', was frozen' : ''}` },
            { what: 'run_id', before: before.runId, after: healed.runId },
            { what: 'uptime, s', before: before.uptimeSeconds, after: healed.uptimeSeconds },
            { what: 'keys of the run when it was back', before: String(before.keys), after: String(back?.keys ?? '–') },
            { what: 'keys of the run at the end', before: String(before.keys), after: String(after.keys) },
          ],
        };
      },
    };
  },
};

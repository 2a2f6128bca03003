// simulator/fault/redis-down.ts — Redis is killed and comes back with what was kept of it, or empty; or it is frozen.
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, seenBefore } from './fault.js';
import { isPromoted, lookAtRedis, onRedis, type RedisState, wholeRedis } from './redis-state.js';

type Spec = Extract<FaultSpec, { kind: 'redis-kill' | 'redis-erase' | 'redis-pause' }>;

export const redisDown: Fault<Spec> = {
  needs: ['servers'],
  async inject({ kind }, stand) {
    const server = wholeRedis(stand);
    const before = await seenBefore(lookAtRedis(server, stand.keyPrefix));
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
        // Whoever was promoted starts as the replica that it was first.
        if (kind !== 'redis-pause' && isPromoted(server, stand.breakable)) {
          await onRedis(server, (redis) => redis.replicaof('NO', 'ONE'));
        }
        back = await lookAtRedis(server, stand.keyPrefix);
        backPid = server.pid();
      },
      receipt: async () => {
        const after = await lookAtRedis(server, stand.keyPrefix);
        // By the state right after it was mended: a later fault may have ended that process, too.
        const mended = back ?? after;
        const isAnother = mended.runId !== before.runId;
        return {
          proven: kind === 'redis-pause' ? isFrozen && !isAnother : isAnother,
          facts: [
            { what: 'process', before: String(pid), after: `${backPid}${isFrozen ? ', was frozen' : ''}` },
            { what: 'run_id', before: before.runId, after: mended.runId },
            { what: 'uptime, s', before: before.uptimeSeconds, after: mended.uptimeSeconds },
            { what: 'keys of the run when it was back', before: String(before.keys), after: String(back?.keys ?? '–') },
            { what: 'keys of the run at the end', before: String(before.keys), after: String(after.keys) },
          ],
        };
      },
    };
  },
};

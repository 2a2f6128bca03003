// simulator/fault/redis-flush.ts — Every key of the run is deleted from Redis at one stroke, and no other.
import type { BreakableServer } from '../infra/breakable.js';
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, NoTargetError, seenBefore } from './fault.js';
import { inspectRedis, onRedis, wholeRedis } from './redis-state.js';

type Spec = Extract<FaultSpec, { kind: 'redis-flush' }>;

/**
 * Nothing comes between, as with FLUSHALL. Keys written during a deletion in steps would leave a state that no Redis
 * can lose its data into. KEYS: none, as they are not known before. ARGV: prefix, pattern. Returns the number of deleted keys.
 */
const FLUSH_SCRIPT = `
local cursor, deleted = '0', 0
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[2], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    if string.sub(key, 1, #ARGV[1]) == ARGV[1] then deleted = deleted + redis.call('UNLINK', key) end
  end
until cursor == '0'
return deleted`;

/** @returns how many keys have the prefix */
export async function deleteKeys(server: BreakableServer, prefix: string): Promise<number> {
  return Number(await onRedis(server, (redis) => redis.eval(FLUSH_SCRIPT, 0, prefix, `${prefix}*`)));
}

export const redisFlush: Fault<Spec> = {
  async inject(_, context) {
    const server = wholeRedis(context);
    const { keyPrefix } = context;
    const before = await seenBefore(inspectRedis(server, keyPrefix));
    if (before.keys === 0) throw new NoTargetError('Redis holds nothing of the run');
    const deleted = await deleteKeys(server, keyPrefix);
    return {
      targets: [server.name],
      // Deleted data can only come back from the log.
      heal: async () => undefined,
      receipt: async () => {
        const after = await inspectRedis(server, keyPrefix);
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

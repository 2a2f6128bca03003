// simulator/fault/redis-state.ts — What a Redis of this run says about itself, over a connection of its own.
import { Redis } from 'ioredis';
import type { Breakable, BreakableRedis, BreakableServer } from '../infra/breakable.js';
import { type FaultContext, NoTargetError } from './fault.js';

export interface RedisState {
  /** Differs after every start. */
  readonly runId: string;
  readonly uptimeSeconds: string;
  readonly role: string;
  readonly replicationOffset: string;
  /** Writes that were refused for lack of memory. */
  readonly refusals: number;
  readonly usedBytes: number;
  /** Keys of the run. */
  readonly keys: number;
}

const TIMEOUT_MS = 5000;
const SCAN_COUNT = 1000;

/** Rejects when it does not answer. */
export async function onRedis<T>({ address }: BreakableServer, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(`redis://${address}/0`, {
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
    lazyConnect: true,
  });
  // Each command reports its own failure.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

export function inspectRedis(server: BreakableServer, keyPrefix: string): Promise<RedisState> {
  return onRedis(server, async (redis) => {
    const info = `${await redis.info('default')}\n${await redis.info('errorstats')}`;
    const field = (name: string) => new RegExp(`^${name}:([^\\r\\n]*)`, 'm').exec(info)?.[1] ?? '';
    return {
      runId: field('run_id'),
      uptimeSeconds: field('uptime_in_seconds'),
      role: field('role'),
      replicationOffset: field('master_repl_offset'),
      refusals: Number(/count=(\d+)/.exec(field('errorstat_OOM'))?.[1] ?? 0),
      usedBytes: Number(field('used_memory')),
      keys: await countKeys(redis, keyPrefix),
    };
  });
}

async function countKeys(redis: Redis, keyPrefix: string): Promise<number> {
  let found = 0;
  for await (const keys of redis.scanStream({ match: `${keyPrefix}*`, count: SCAN_COUNT })) {
    found += (keys as string[]).filter((key) => key.startsWith(keyPrefix)).length;
  }
  return found;
}

/** The Redis that clients are led to; after a failover, the former replica. @throws NoTargetError while it is broken */
export function wholeRedis({ breakable, broken }: Pick<FaultContext, 'breakable' | 'broken'>): BreakableRedis {
  const redis = isPromoted(breakable?.redisReplica, breakable) ? breakable?.redisReplica : breakable?.redis;
  if (!redis || redis.pid() === undefined || broken.has(redis.name)) throw new NoTargetError('Redis is broken already');
  return redis;
}

/** Whether clients are led to this replica. */
export function isPromoted(replica: BreakableRedis | undefined, breakable: Breakable | undefined): boolean {
  return (
    replica !== undefined && replica === breakable?.redisReplica && breakable.links.redis?.target === replica.address
  );
}

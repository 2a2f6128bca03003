// consumer/runtime/redis-connection.ts — A connection to Redis that waits out its absence: no command is ever given up, none is lost.
import { createRedisClient, type RedisClient } from '../../contract/redis-client.js';
import { sleep } from '../../contract/waiting.js';

/** Redis is there and will not do: waiting does not help. */
export class RedisRefusedError extends Error {
  override readonly name = 'RedisRefusedError';
}

const MAX_BACKOFF_MS = 2000;
/** Without any answer for this long the connection is made anew: the network may have lost it without telling. */
const SILENCE_MS = 30_000;
/** Also a Cluster's command follows its key as often as it moves, and waits for a master as long as there is none. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const CLUSTER_RETRY_MS = 100;

export interface RedisAddress {
  readonly redisUrl: string;
  /** PEM. */
  readonly redisTlsCa: string | undefined;
}

export function createRedis({ redisUrl, redisTlsCa }: RedisAddress, warn: (message: string) => void): RedisClient {
  const retryStrategy = (attempt: number) => Math.min(MAX_BACKOFF_MS, 25 * 2 ** Math.min(attempt, 8));
  const redis = createRedisClient(redisUrl, {
    redis: {
      maxRetriesPerRequest: null,
      // A replica that took over from us, or for us: connect again and send the command again.
      reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
      socketTimeout: SILENCE_MS,
      ...(redisTlsCa === undefined ? {} : { tls: { ca: redisTlsCa } }),
    },
    single: { lazyConnect: true, retryStrategy },
    cluster: { lazyConnect: true, clusterRetryStrategy: retryStrategy, maxRedirections: NO_LIMIT },
  });
  let lastWarning = '';
  onError(redis, (error) => {
    const message = error.message || String(error);
    if (message !== lastWarning) warn(message);
    lastWarning = message;
  });
  redis.on('ready', () => {
    lastWarning = '';
  });
  return redis;
}

/**
 * Calls Redis, and again where a Cluster's client gave the command up because it had lost every node: it may have been
 * carried out, so it must be one that can be repeated.
 */
export async function persist<Reply>(redis: RedisClient, call: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const isLost = error instanceof Error && error.message === 'Connection is closed.';
      if (!isLost || !redis.isCluster) throw error;
      await sleep(CLUSTER_RETRY_MS);
      if (redis.status === 'end') throw error;
    }
  }
}

/**
 * Asks Redis for a write that changes nothing. Waits for Redis when it is not there.
 * @param hash key of a hash
 * @throws RedisRefusedError when we may not write there
 */
export async function expectWritable(redis: RedisClient, hash: string): Promise<void> {
  // By itself the client would go on trying with the wrong password, or on the replica, for ever.
  const refused = new Promise<never>((_, reject) => {
    onError(redis, (error) => {
      if (isRefusal(error)) reject(new RedisRefusedError(error.message, { cause: error }));
    });
  });
  refused.catch(() => undefined);
  try {
    await Promise.race([refused, persist(redis, () => redis.hdel(hash, ''))]);
  } catch (error) {
    if (error instanceof Error && isRefusal(error)) throw new RedisRefusedError(error.message, { cause: error });
    throw error;
  }
}

/**
 * The policy by which Redis would delete keys when it is full. It would lose part of a ranking without any sign.
 * @returns undefined where it refuses writes instead, has no limit, or does not say
 */
export async function evictionPolicy(redis: RedisClient): Promise<string | undefined> {
  const info = await redis.info('memory').catch(() => '');
  const [limit, policy] = ['maxmemory', 'maxmemory_policy'].map(
    (name) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1],
  );
  return limit === '0' || policy === 'noeviction' ? undefined : policy;
}

/** A Cluster's client tells of its nodes under another name. */
function onError(redis: RedisClient, listen: (error: Error) => void): void {
  redis.on('error', listen);
  redis.on('node error', listen);
}

function isRefusal({ message }: Error): boolean {
  return /^(?:WRONGPASS|NOAUTH|NOPERM|READONLY|ERR invalid DB index|ERR DB index|ERR AUTH|ERR unknown command 'info')/.test(
    message,
  );
}

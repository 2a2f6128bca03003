// consumer/redis-connection.ts — A connection to Redis that waits out its absence: no command is ever given up, none is lost.
import { Redis } from 'ioredis';
import { offsetsKey } from './store-keys.js';

/** Redis is there and will not do: waiting does not help. */
export class RedisRefusedError extends Error {
  override readonly name = 'RedisRefusedError';
}

const MAX_BACKOFF_MS = 2000;
/** Without any answer for this long the connection is made anew: the network may have lost it without telling. */
const SILENCE_MS = 30_000;

export function createRedis(url: string, warn: (message: string) => void): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(MAX_BACKOFF_MS, 25 * 2 ** Math.min(attempt, 8)),
    // A replica that took over from us, or for us: connect again and send the command again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    socketTimeout: SILENCE_MS,
  });
  let lastWarning = '';
  redis.on('error', (error: Error) => {
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
 * Asks Redis for a write that changes nothing. Waits for Redis when it is not there.
 * @throws RedisRefusedError when we may not write there
 */
export async function expectWritable(redis: Redis, keyPrefix: string): Promise<void> {
  // By itself the client would go on trying with the wrong password, or on the replica, for ever.
  const refused = new Promise<never>((_, reject) => {
    redis.on('error', (error: Error) => {
      if (isRefusal(error)) reject(new RedisRefusedError(error.message, { cause: error }));
    });
  });
  refused.catch(() => undefined);
  try {
    await Promise.race([refused, redis.hdel(offsetsKey(keyPrefix), '')]);
  } catch (error) {
    if (error instanceof Error && isRefusal(error)) throw new RedisRefusedError(error.message, { cause: error });
    throw error;
  }
}

function isRefusal({ message }: Error): boolean {
  return /^(?:WRONGPASS|NOAUTH|NOPERM|READONLY|ERR invalid DB index|ERR DB index|ERR AUTH)/.test(message);
}

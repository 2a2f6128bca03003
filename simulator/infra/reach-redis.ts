// simulator/infra/reach-redis.ts — Asks a Redis that was named by the user whether a run can use it.
import { Redis } from 'ioredis';
import type { RedisConnection } from '../../contract/connection.js';
import { InfraError } from './infra.js';

const LIMIT_MS = 3000;

export interface RedisFacts {
  readonly version: string | undefined;
}

/** @throws InfraError when it does not answer, refuses us, or cannot be written to */
export async function reachRedis(connection: RedisConnection): Promise<RedisFacts> {
  const redis = new Redis(connection.url, {
    ...{ lazyConnect: true, connectTimeout: LIMIT_MS, commandTimeout: LIMIT_MS },
    ...{ retryStrategy: () => null, maxRetriesPerRequest: 0, enableReadyCheck: false },
  });
  // The reason of a failed connection comes by this event; the promise only says that it is closed.
  let reason: Error | undefined;
  redis.on('error', (error: Error) => {
    reason ??= error;
  });
  try {
    await redis.connect();
    await redis.ping();
    // A server may forbid INFO; then what it would have told stays unknown.
    const info = await redis.info().catch(() => '');
    refuseUnusable(info, connection);
    return { version: field(info, 'valkey_version') ?? field(info, 'redis_version') };
  } catch (error) {
    throw error instanceof InfraError ? error : refusal(reason ?? (error as Error), connection);
  } finally {
    redis.disconnect();
  }
}

/** The address as it may be printed. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z]+:\/\/[^:@/]*):[^@]*@/i, '$1:***@');
}

function refuseUnusable(info: string, connection: RedisConnection): void {
  const where = withoutPassword(connection.url);
  const role = field(info, 'role');
  if ((role === 'slave' || role === 'replica') && field(info, 'slave_read_only') !== '0') {
    const master = `${field(info, 'master_host') ?? '?'}:${field(info, 'master_port') ?? '?'}`;
    throw new InfraError(`Redis at ${where} is a read-only replica`, { hint: `name its master, ${master}` });
  }
  if (field(info, 'redis_mode') === 'cluster') {
    throw new InfraError(`Redis at ${where} is a node of a Redis Cluster; a single server was expected`, {
      hint: 'name a Redis that runs with cluster-enabled no',
    });
  }
}

function field(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
}

function refusal(cause: Error, connection: RedisConnection): InfraError {
  const where = withoutPassword(connection.url);
  if (/NOAUTH|WRONGPASS|NOPERM|AUTH/.test(cause.message)) {
    return new InfraError(`Redis at ${where} refused the user or password: ${cause.message}`, {
      hint: 'name them in the address: redis://user:password@host:port/database',
      cause,
    });
  }
  return new InfraError(`Redis at ${where} does not answer: ${cause.message}`, {
    hint: 'check the address (--redis or SIM_REDIS), or leave it out to use what "sim doctor" names',
    cause,
  });
}

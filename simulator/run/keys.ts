// simulator/run/keys.ts — The keys of a run in Redis: none may be there before it, and it removes no others.
import type { Day } from '../../contract/events.js';
import { mastersOf, type RedisClient } from '../../contract/redis-client.js';
import { InfraError } from '../errors.js';
import type { StartedInfra } from '../infra/infra.js';
import type { Sut } from '../sut/load.js';
import type { RunNames } from '../sut/run-names.js';
import { rootMessage } from './root-message.js';

/** The prefix of keys that a fault may delete: empty in a Redis of this run alone, if the consumer names its keys as it likes. */
export function ownKeys({ keyPrefix }: RunNames, sut: Sut, { redis }: Pick<StartedInfra, 'redis'>): string {
  const isPrefixed = sut.listKey.includes('{keyPrefix}');
  return isPrefixed || redis.mode !== 'local' ? keyPrefix : '';
}

/** @throws InfraError when a list that the run is to make is there before it */
export async function expectNoLists(redis: RedisClient, { listKeyOf }: RunNames, days: readonly Day[]): Promise<void> {
  for (const key of days.map(listKeyOf)) {
    if ((await redis.exists(key)) === 0) continue;
    throw new InfraError(`Redis holds ${key} already, so it would be unclear what this run has made`, {
      hint: `delete it (redis-cli del ${key}), or name another database, such as --redis redis://host:6379/3`,
    });
  }
}

/** Refuses, before any load, a login that may only read and a Redis that has no room. @throws InfraError */
export async function expectWrites(redis: RedisClient, { keyPrefix }: RunNames): Promise<void> {
  const key = `${keyPrefix}probe`;
  try {
    await redis.set(key, '');
    await redis.unlink(key);
  } catch (cause) {
    throw new InfraError(`expected Redis to take writes of keys ${keyPrefix}*, but: ${rootMessage(cause)}`, {
      hint: 'its user must be allowed to write (ACL), and it needs memory (maxmemory) and a disk that takes its snapshots',
      cause,
    });
  }
}

export async function deleteKeys(redis: RedisClient, keyPrefix: string): Promise<void> {
  const unlink = (keys: readonly string[]) =>
    // A Cluster takes keys of one slot at a time.
    redis.isCluster ? Promise.all(keys.map((key) => redis.unlink(key))) : redis.unlink(...keys);
  for (const master of await mastersOf(redis)) {
    for await (const keys of master.scanStream({ match: `${keyPrefix}*`, count: 1000 })) {
      const ours = (keys as string[]).filter((key) => key.startsWith(keyPrefix));
      if (ours.length > 0) await unlink(ours);
    }
  }
}

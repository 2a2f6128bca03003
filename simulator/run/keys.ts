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

/**
 * Before any load, and as the run and its consumer will use it.
 * @throws InfraError when Redis refuses what a run needs, or a list that the run is to make is there before it
 */
export async function expectUsable(redis: RedisClient, names: RunNames, days: readonly Day[]): Promise<void> {
  const { keyPrefix, listKeyOf } = names;
  const ask = <T>(what: string, command: () => Promise<T>) =>
    command().catch((cause: unknown) => {
      throw new InfraError(`expected Redis to ${what}, but: ${rootMessage(cause)}`, { hint: NEEDS, cause });
    });
  for (const key of days.map(listKeyOf)) {
    if ((await ask(`tell of the list ${key}`, () => redis.exists(key))) === 0) continue;
    throw new InfraError(`Redis holds ${key} already, so it would be unclear what this run has made`, {
      hint: `delete it (redis-cli del ${key}), or name another database, such as --redis redis://host:6379/3`,
    });
  }
  const key = `${keyPrefix}probe`;
  await ask(`take writes of keys ${keyPrefix}*`, () => redis.set(key, ''));
  await ask(`run scripts that write keys ${keyPrefix}*`, () => redis.eval(WRITE_SCRIPT, 1, key));
  await ask(`delete keys ${keyPrefix}*`, () => redis.unlink(key));
  for (const master of await mastersOf(redis)) {
    await ask('list its keys (SCAN)', () => master.scan('0', 'MATCH', `${keyPrefix}*`));
  }
}

const WRITE_SCRIPT = "return redis.call('SET', KEYS[1], '')";
const NEEDS =
  'its user must be allowed these keys and commands (for all of them: ACL SETUSER name ~* +@all), and it needs memory (maxmemory) and a disk that takes its snapshots';

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

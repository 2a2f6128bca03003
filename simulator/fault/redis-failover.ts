// simulator/fault/redis-failover.ts — A replica that lags takes over: the last seconds of what Redis acknowledged are gone.
import { sleep } from '../../contract/waiting.js';
import type { FaultSpec } from '../scenario/schema.js';
import { type Fault, NoTargetError, seenBefore } from './fault.js';
import { inspectRedis, onRedis, wholeRedis } from './redis-state.js';

type Spec = Extract<FaultSpec, { kind: 'redis-failover' }>;

export const redisFailover: Fault<Spec> = {
  refusal: ({ every }, { scenario }) => {
    const failovers = scenario.faults.filter(({ kind }) => kind === 'redis-failover').length;
    return every || failovers > 1 ? 'there is one replica, so it can take over once' : undefined;
  },
  async inject({ lagSeconds }, context) {
    const primary = wholeRedis(context);
    const { redisReplica: replica, links } = context.breakable ?? {};
    const link = links?.redis;
    if (!replica || !link || context.broken.has(link.name)) throw new NoTargetError('no replica can take over now');
    const inSync = await seenBefore(inspectRedis(replica, context.keyPrefix));
    // From now on the replica stays as it was, while the primary goes on.
    await onRedis(replica, (redis) => redis.replicaof('NO', 'ONE'));
    const promoted = await inspectRedis(replica, context.keyPrefix);
    // The clients that write may be broken too, so we write something that will be lost.
    await onRedis(primary, (redis) => redis.set(`${context.keyPrefix}probe`, '', 'PX', 1));
    await sleep(lagSeconds * 1000);
    const last = await inspectRedis(primary, context.keyPrefix);
    await primary.kill();
    link.retarget(replica.address);
    return {
      targets: [primary.name, link.name],
      heal: async () => {
        await primary.eraseData();
        await primary.start();
        const [host = '', port = ''] = replica.address.split(':');
        await onRedis(primary, (redis) => redis.replicaof(host, port));
      },
      receipt: async () => {
        const after = await inspectRedis(replica, context.keyPrefix);
        const behind = Number(last.replicationOffset) - Number(promoted.replicationOffset);
        return {
          proven: inSync.role === 'slave' && after.role === 'master' && link.target === replica.address && behind > 0,
          facts: [
            { what: 'role of the replica', before: inSync.role, after: after.role },
            { what: 'bytes of replication that it never had', before: '0', after: String(behind) },
            { what: 'where clients are led', before: primary.address, after: link.target },
            { what: 'keys of the run', before: String(last.keys), after: String(after.keys) },
          ],
        };
      },
    };
  },
};

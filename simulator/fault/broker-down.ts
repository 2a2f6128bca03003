// simulator/fault/broker-down.ts — A Kafka node is killed, stopped or frozen, and comes back.
import type { BreakableServer } from '../infra/breakable.js';
import type { FaultSpec } from '../scenario/schema.js';
import { type Cluster, chosenBroker, clusterText, inspectCluster, isOut, settledCluster } from './cluster.js';
import type { Fault } from './fault.js';

type Spec = Extract<FaultSpec, { kind: 'broker-kill' | 'broker-stop' | 'broker-pause' }>;

const BREAK: Readonly<Record<Spec['kind'], (node: BreakableServer) => Promise<void>>> = {
  'broker-kill': (node) => node.kill(),
  'broker-stop': (node) => node.terminate(),
  'broker-pause': (node) => node.pause(),
};

export const brokerDown: Fault<Spec> = {
  async inject({ kind, target }, context) {
    const { node, before } = await chosenBroker(target, context);
    const { nodeId } = node;
    const isOnly = context.breakable?.kafka.length === 1;
    const pid = node.pid();
    await BREAK[kind](node);
    const isFrozen = kind === 'broker-pause' && (await node.isFrozen());
    const isDown = node.pid() === undefined;
    let backPid: number | undefined;
    let meanwhile: Cluster | undefined;
    const inspect = async () => {
      const now = await inspectCluster(context, node);
      meanwhile = now;
      return isOut(now, nodeId);
    };
    return {
      targets: [node.name],
      heal: async () => {
        if (!isOnly) await inspect().catch(() => false);
        if (kind === 'broker-pause') await node.resume();
        else await node.start();
        backPid = node.pid();
      },
      // A single node leaves no other node to notice.
      ...(isOnly ? {} : { noticed: inspect }),
      receipt: async () => {
        const after = await settledCluster(context);
        // The state right after the healing counts; a later fault may have ended that process too.
        const isNew = backPid !== undefined && backPid !== pid;
        return {
          proven: kind === 'broker-pause' ? isFrozen && backPid === pid : isDown && isNew,
          facts: [
            { what: 'process', before: String(pid), after: `${backPid}${isFrozen ? ', was frozen' : ''}` },
            ...(meanwhile
              ? [
                  {
                    what: 'while it was away',
                    before: clusterText(before, nodeId),
                    after: clusterText(meanwhile, nodeId),
                  },
                ]
              : []),
            { what: 'at the end', before: clusterText(before, nodeId), after: clusterText(after, nodeId) },
          ],
        };
      },
    };
  },
};

// simulator/fault/lone-leader-kill.ts — A Kafka node goes on while its followers are frozen. It is killed before they have what it acknowledged alone.
import { sleep } from '../../contract/waiting.js';
import type { BreakableServer } from '../infra/breakable.js';
import type { FaultSpec } from '../scenario/schema.js';
import { type Cluster, chosenBroker, clusterText, inspectCluster, isOut, settledCluster } from './cluster.js';
import { type Fault, type FaultContext, NoTargetError } from './fault.js';

type Spec = Extract<FaultSpec, { kind: 'lone-leader-kill' }>;

export const loneLeaderKill: Fault<Spec> = {
  refusal: (_, { scenario }) =>
    scenario.topics.replicationFactor < 2
      ? 'needs topics.replicationFactor 2 or 3: no other node copies from it'
      : undefined,
  async inject({ target, aloneSeconds }, context) {
    const { node, before } = await chosenBroker(target, context);
    const others = othersThan(node, context);
    const pid = node.pid();
    const frozen = await killAlone({ node, others, aloneSeconds });
    const isDown = node.pid() === undefined;
    let backPid: number | undefined;
    let meanwhile: Cluster | undefined;
    const inspect = async () => {
      const now = await inspectCluster(context, node);
      meanwhile = now;
      return isOut(now, node.nodeId);
    };
    return {
      targets: [node.name],
      heal: async () => {
        await inspect().catch(() => false);
        await node.start();
        backPid = node.pid();
      },
      noticed: inspect,
      receipt: async () => {
        const after = await settledCluster(context);
        const wasAlone = frozen.every((isFrozen) => isFrozen);
        const away = meanwhile ? clusterText(meanwhile, node.nodeId) : 'unknown';
        return {
          proven: wasAlone && isDown && backPid !== undefined && backPid !== pid && meanwhile !== undefined,
          facts: [
            {
              what: 'those that copy from it',
              before: 'running',
              after: frozen.map((isFrozen) => (isFrozen ? 'frozen' : 'running')).join(', '),
            },
            { what: 'process', before: String(pid), after: String(backPid) },
            { what: 'while it was away', before: clusterText(before, node.nodeId), after: away },
            { what: 'at the end', before: clusterText(before, node.nodeId), after: clusterText(after, node.nodeId) },
          ],
        };
      },
    };
  },
};

function othersThan(node: BreakableServer, { breakable, broken }: FaultContext): readonly BreakableServer[] {
  const others = breakable?.kafka.filter((one) => one !== node) ?? [];
  const isBroken = others.some((one) => broken.has(one.name) || one.pid() === undefined);
  if (isBroken) throw new NoTargetError('another Kafka node is broken already');
  return others;
}

/** @returns whether each of the others was frozen while it was alone */
async function killAlone({
  node,
  others,
  aloneSeconds,
}: {
  readonly node: BreakableServer;
  readonly others: readonly BreakableServer[];
  readonly aloneSeconds: number;
}): Promise<boolean[]> {
  await Promise.all(others.map((other) => other.pause()));
  try {
    const frozen = await Promise.all(others.map((other) => other.isFrozen()));
    await sleep(aloneSeconds * 1000);
    await node.kill();
    return frozen;
  } finally {
    await Promise.all(others.map((other) => other.resume()));
  }
}

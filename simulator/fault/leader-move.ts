// simulator/fault/leader-move.ts — For a while other nodes lead the partitions that a Kafka node leads. It keeps no copy of them meanwhile.
import type { FaultSpec } from '../scenario/schema.js';
import { type Cluster, chosenBroker, clusterText, clusterWhen, inspectCluster, inTime, withAdmin } from './cluster.js';
import { type Fault, type FaultContext, NoTargetError } from './fault.js';

type Spec = Extract<FaultSpec, { kind: 'leader-move' }>;
type Placed = Pick<Cluster['partitions'][number], 'topic' | 'partition' | 'replicas'>;

const MOVED_WITHIN_MS = 30_000;
const PLACED_WITHIN_MS = 20_000;

export const leaderMove: Fault<Spec> = {
  refusal: (_, { scenario }) =>
    scenario.topics.replicationFactor < 2
      ? 'needs topics.replicationFactor 2 or 3: no other node has a copy'
      : undefined,
  async inject({ target }, context) {
    const { node, before } = await chosenBroker(target, context);
    const { nodeId } = node;
    const led = before.partitions.filter(({ leader }) => leader === nodeId);
    if (led.length === 0) throw new NoTargetError(`${node.name} leads nothing`);
    const others = led.map((one) => ({ ...one, replicas: one.replicas.filter((id) => id !== nodeId) }));
    await place(context, others);
    const isMoved = (now: Cluster) => now.partitions.every(({ leader }) => leader !== nodeId && leader >= 0);
    const moved = await clusterWhen(isMoved, context, MOVED_WITHIN_MS);
    return {
      targets: [node.name],
      heal: () => place(context, led),
      receipt: async () => ({
        proven: moved !== undefined,
        facts: [
          {
            what: 'leadership',
            before: clusterText(before, nodeId),
            after: moved ? clusterText(moved, nodeId) : 'did not move',
          },
          { what: 'at the end', before: '', after: clusterText(await inspectCluster(context), nodeId) },
        ],
      }),
    };
  },
};

/** Asks again while the controller is away or moves. */
async function place(context: FaultContext, partitions: readonly Placed[]): Promise<void> {
  const topics = [...new Set(partitions.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitionAssignment: partitions
      .filter((one) => one.topic === topic)
      .map(({ partition, replicas }) => ({ partition, replicas: [...replicas] })),
  }));
  const attempt = async () => {
    await withAdmin(context, (admin) => admin.alterPartitionReassignments({ topics }));
    return true;
  };
  await inTime(attempt, PLACED_WITHIN_MS);
}

// simulator/fault/leader-move.ts — The partitions that a Kafka node leads are led by others for a while: it keeps no copy of them.
import type { Admin } from 'kafkajs';
import type { FaultSpec } from '../scenario/schema.js';
import { type Cluster, chosenBroker, clusterText, lookAtCluster } from './cluster.js';
import { type Fault, type FaultStand, NoTargetError } from './fault.js';

type Spec = Extract<FaultSpec, { kind: 'leader-move' }>;
type Placed = Pick<Cluster['partitions'][number], 'topic' | 'partition' | 'replicas'>;

const MOVED_WITHIN_MS = 30_000;
const POLL_MS = 100;

export const leaderMove: Fault<Spec> = {
  needs: ['servers'],
  refusal: (_, { scenario }) =>
    scenario.topics.replicationFactor < 2 ? 'needs topics.replicationFactor 2 or 3: nobody else has a copy' : undefined,
  async inject({ target }, stand) {
    const node = await chosenBroker(target, stand);
    const { nodeId } = node;
    const before = await lookAtCluster(stand);
    const led = before.partitions.filter(({ leader }) => leader === nodeId);
    if (led.length === 0) throw new NoTargetError(`${node.name} leads nothing`);
    const others = led.map((one) => ({ ...one, replicas: one.replicas.filter((id) => id !== nodeId) }));
    await place(stand.admin, others);
    const isMoved = (now: Cluster) => now.partitions.every(({ leader }) => leader !== nodeId && leader >= 0);
    const moved = await clusterWhen(isMoved, stand);
    return {
      targets: [node.name],
      heal: () => place(stand.admin, led),
      receipt: async () => ({
        proven: moved !== undefined,
        facts: [
          {
            what: 'leadership',
            before: clusterText(before, nodeId),
            after: moved ? clusterText(moved, nodeId) : 'did not move',
          },
          { what: 'at the end', before: '', after: clusterText(await lookAtCluster(stand), nodeId) },
        ],
      }),
    };
  },
};

async function place(admin: Admin, partitions: readonly Placed[]): Promise<void> {
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  await admin.alterPartitionReassignments({
    topics: topics.map((topic) => ({
      topic,
      partitionAssignment: partitions
        .filter((one) => one.topic === topic)
        .map(({ partition, replicas }) => ({ partition, replicas: [...replicas] })),
    })),
  });
}

/** Undefined when it does not come to that in time. */
async function clusterWhen(isTrue: (now: Cluster) => boolean, stand: FaultStand): Promise<Cluster | undefined> {
  const giveUpAt = performance.now() + MOVED_WITHIN_MS;
  for (;;) {
    const now = await lookAtCluster(stand);
    if (isTrue(now)) return now;
    if (performance.now() > giveUpAt) return undefined;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

// simulator/simulate/memory-admin.ts — As much of a broker's administration as services, faults and the lag probe ask for.
import type { Admin } from 'kafkajs';
import { partitionName } from '../../contract/topic-partition.js';
import type { MemoryGroup } from './memory-group.js';
import type { MemoryLog } from './memory-log.js';

export function memoryAdmin(log: MemoryLog, group: MemoryGroup): Admin {
  const admin = {
    fetchTopicOffsets: async (topic: string) =>
      log.places
        .filter((place) => place.topic === topic)
        .map((place) => ({ partition: place.partition, low: '0', high: String(log.end(place)) })),
    fetchOffsets: async ({ topics }: { readonly topics: readonly string[] }) =>
      topics.map((topic) => ({
        topic,
        partitions: log.places
          .filter((place) => place.topic === topic)
          .map((place) => ({ partition: place.partition, offset: group.committed.get(partitionName(place)) ?? '-1' })),
      })),
    describeGroups: async () => ({
      groups: [
        {
          state: group.isBalanced ? 'Stable' : 'Rebalancing',
          members: group.memberIds.map((memberId) => ({ memberId })),
        },
      ],
    }),
  };
  return admin as unknown as Admin;
}

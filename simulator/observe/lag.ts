// simulator/observe/lag.ts — How far a consumer group is behind: latest minus committed offset, in records.
import { type Admin, AssignerProtocol } from 'kafkajs';

export interface LagProbe {
  /** Records over all partitions; null when the group has not committed on every partition that holds records. */
  read(): Promise<number | null>;
}

export function createLagProbe(admin: Admin, groupId: string, topics: readonly string[]): LagProbe {
  return {
    async read() {
      const [committed, ...latest] = await Promise.all([
        admin.fetchOffsets({ groupId, topics: [...topics] }),
        ...topics.map((topic) => admin.fetchTopicOffsets(topic)),
      ]);
      let lag = 0;
      for (const [index, topic] of topics.entries()) {
        const ofGroup = committed.find((one) => one.topic === topic)?.partitions ?? [];
        for (const { partition, high } of latest[index] ?? []) {
          const next = Number(ofGroup.find((one) => one.partition === partition)?.offset ?? -1);
          // Nothing committed means that the group has yet to read from the start.
          lag += Number(high) - Math.max(0, next);
        }
      }
      return lag;
    },
  };
}

/** True when the group is stable and its members own every partition of the topics. */
export async function isAssigned(
  admin: Admin,
  group: { readonly id: string; readonly partitions: number },
): Promise<boolean> {
  const description = (await admin.describeGroups([group.id])).groups[0];
  if (description?.state !== 'Stable') return false;
  const owned = description.members.reduce((sum, member) => {
    const assignment = AssignerProtocol.MemberAssignment.decode(member.memberAssignment)?.assignment ?? {};
    return sum + Object.values(assignment).reduce((count, partitions) => count + partitions.length, 0);
  }, 0);
  return owned === group.partitions;
}

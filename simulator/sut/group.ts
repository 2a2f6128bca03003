// simulator/sut/group.ts — Whether the consumer group has its partitions.
import { type Admin, AssignerProtocol } from 'kafkajs';

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

// simulator/fault/group.ts — The members of the consumer group, as its coordinator says.
import type { FaultContext } from './fault.js';

export interface Group {
  readonly state: string;
  /** Member ids. */
  readonly members: readonly string[];
}

export async function describeGroup({ admin, groupId }: Pick<FaultContext, 'admin' | 'groupId'>): Promise<Group> {
  const found = (await admin.describeGroups([groupId])).groups[0];
  return { state: found?.state ?? 'unknown', members: found?.members.map(({ memberId }) => memberId) ?? [] };
}

/** Records that all consumers skipped so far because they were applied already: read twice, or written late by zombies. */
export async function skippedRecords({ consumers }: Pick<FaultContext, 'consumers'>): Promise<string> {
  const observations = await Promise.all(consumers.all().map((consumer) => consumer.observe()));
  if (observations.includes(undefined)) return 'unknown';
  return String(observations.flatMap((one) => one ?? []).reduce((sum, { skipped }) => sum + skipped, 0));
}

/** How many members have left the group. */
export function leftSince(before: Group, now: Group): number {
  return before.members.filter((member) => !now.members.includes(member)).length;
}

export function groupText({ state, members }: Group): string {
  return `${members.length} member${members.length === 1 ? '' : 's'}, ${state}`;
}

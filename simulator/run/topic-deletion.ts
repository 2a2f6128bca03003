// simulator/run/topic-deletion.ts — The topics and groups of a run are removed after it, or named with what keeps them.
import type { Admin } from 'kafkajs';
import { calledAs } from '../errors.js';
import type { RunNames } from '../sut/run-names.js';
import { rootMessage } from './root-message.js';

/** Deletes only groups that bear the name of the run. */
export async function deleteGroups(
  admin: Pick<Admin, 'listGroups' | 'deleteGroups'>,
  { run, groupId, articleReadGroupId }: Pick<RunNames, 'run' | 'groupId' | 'articleReadGroupId'>,
): Promise<void> {
  const { groups } = await admin.listGroups();
  const ours = groups
    .map((group) => group.groupId)
    .filter((id) => id.includes(run) && (id === groupId || id === articleReadGroupId));
  if (ours.length > 0) await admin.deleteGroups(ours);
}

export interface Deleted {
  /** Topics that are still there. */
  readonly left: readonly string[];
  /** Why, and what to do; undefined when none is left. */
  readonly reason: string | undefined;
}

export async function deleteTopics(
  admin: Pick<Admin, 'listTopics' | 'deleteTopics'>,
  own: readonly string[],
): Promise<Deleted> {
  const remaining = async () => (await admin.listTopics()).filter((topic) => own.includes(topic));
  const topics = await remaining();
  if (topics.length === 0) return { left: [], reason: undefined };
  try {
    await admin.deleteTopics({ topics });
    return { left: [], reason: undefined };
  } catch (error) {
    const left = await remaining();
    return { left, reason: left.length === 0 ? undefined : whyKept(error) };
  }
}

/** Versions of the request that kafkajs speaks have no answer of their own for it. */
const DISABLED: ReadonlySet<unknown> = new Set(['INVALID_REQUEST', 'TOPIC_DELETION_DISABLED']);
const FORBIDDEN: ReadonlySet<unknown> = new Set(['TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED']);

/** What a broker answered to a deletion -> why the topics are kept, and what to do. */
export function whyKept(error: unknown): string {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  const then = `then \`${calledAs()} clean\` removes them`;
  if (DISABLED.has(type)) return `the brokers delete no topics: set delete.topic.enable=true on them, ${then}`;
  if (FORBIDDEN.has(type)) return `the user may not delete them: allow it Delete on topics sim-*, ${then}`;
  return `${rootMessage(error)}; ${then}`;
}

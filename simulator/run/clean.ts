// simulator/run/clean.ts — Removes what killed runs have left behind, and nothing else.
import type { Admin } from 'kafkajs';
import { mastersOf, type RedisClient } from '../../contract/redis-client.js';
import { deleteKeys } from './keys.js';
import { type Leftover, leftoversIn } from './leftovers.js';
import { type Deleted, deleteTopics } from './topic-deletion.js';

type CleanAdmin = Pick<Admin, 'listTopics' | 'deleteTopics' | 'listGroups' | 'describeGroups' | 'deleteGroups'>;

/** Undefined for a server that was not found. */
export interface CleanServers {
  readonly admin: CleanAdmin | undefined;
  readonly redis: RedisClient | undefined;
}

export async function findLeftovers({ admin, redis }: CleanServers, nowMs: number): Promise<readonly Leftover[]> {
  const topics = admin ? await admin.listTopics() : [];
  const groups = admin ? await groupsOf(admin) : [];
  const keys = redis ? await keysOf(redis) : [];
  return leftoversIn({ topics, groups, keys, nowMs });
}

/** @returns topics that could not be deleted, with the reason */
export async function removeLeftover(
  { admin, redis }: CleanServers,
  { runId, topics, groups }: Leftover,
): Promise<Deleted> {
  if (redis) await deleteKeys(redis, `sim:${runId}:`);
  if (!admin) return { left: [], reason: undefined };
  const deleted = await deleteTopics(admin, topics);
  if (groups.length > 0) await admin.deleteGroups([...groups]);
  return deleted;
}

async function groupsOf(admin: CleanAdmin): Promise<{ readonly id: string; readonly members: number }[]> {
  const { groups } = await admin.listGroups();
  const ids = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith('sim-'));
  if (ids.length === 0) return [];
  const described = await admin.describeGroups(ids);
  return described.groups.map(({ groupId, members }) => ({ id: groupId, members: members.length }));
}

async function keysOf(redis: RedisClient): Promise<string[]> {
  const found: string[] = [];
  for (const master of await mastersOf(redis)) {
    for await (const keys of master.scanStream({ match: 'sim:*', count: 1000 })) found.push(...(keys as string[]));
  }
  return found;
}

// simulator/fault/cluster.ts — What the running Kafka nodes say about leaders and copies.
import type { Admin } from 'kafkajs';
import { createKafka } from '../../contract/kafkajs/client.js';
import { until } from '../../contract/waiting.js';
import type { BreakableServer } from '../infra/breakable.js';
import { type FaultContext, NoTargetError, seenBefore } from './fault.js';
import { chosen } from './targets.js';

export interface Cluster {
  readonly controller: number | undefined;
  readonly partitions: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly leader: number;
    readonly replicas: readonly number[];
    readonly inSync: readonly number[];
  }[];
}

const TIMEOUT_MS = 3000;
const SETTLED_WITHIN_MS = 20_000;
const POLL_MS = 100;

type Context = Pick<FaultContext, 'breakable' | 'topics' | 'broken'>;

/** @param without a broken node, which must not be asked. Rejects with the errors of kafkajs. */
export function inspectCluster(context: Context, without?: BreakableServer): Promise<Cluster> {
  return withAdmin(
    context,
    async (admin) => {
      const { controller } = await admin.describeCluster();
      const found = await admin.fetchTopicMetadata({ topics: [...context.topics] });
      return {
        controller: controller ?? undefined,
        partitions: found.topics.flatMap(({ name: topic, partitions }) =>
          partitions.map(({ partitionId, leader, replicas, isr }) => ({
            topic,
            partition: partitionId,
            leader,
            replicas,
            inSync: isr,
          })),
        ),
      };
    },
    without,
  );
}

/** Asks until the condition holds, as asking fails while a leader is elected or a controller moves. Undefined when time is up. */
export async function clusterWhen(
  isTrue: (now: Cluster) => boolean,
  context: Context,
  withinMs = SETTLED_WITHIN_MS,
): Promise<Cluster | undefined> {
  return inTime(async () => {
    const now = await inspectCluster(context);
    return isTrue(now) ? now : undefined;
  }, withinMs);
}

/** Tries until there is an answer. Undefined when there is none in time. @throws what the last attempt threw */
export function inTime<T>(attempt: () => Promise<T | undefined>, withinMs: number): Promise<T | undefined> {
  return until(
    (isLast) =>
      attempt().catch((error: unknown) => {
        if (isLast || error instanceof NoTargetError) throw error;
        return undefined;
      }),
    { withinMs, pollMs: POLL_MS },
  );
}

/** Uses a client of its own, as earlier connections may be gone. */
export async function withAdmin<T>(
  { breakable, broken }: Context,
  work: (admin: Admin) => Promise<T>,
  without?: BreakableServer,
): Promise<T> {
  const nodes = breakable?.kafka.filter((node) => node !== without && node.pid() !== undefined) ?? [];
  const usable = nodes.filter(({ name }) => !broken.has(name));
  if (usable.length === 0) throw new NoTargetError('no Kafka node is up that could be asked');
  const brokers = usable.map(({ address }) => address);
  const admin = createKafka({ brokers }, { clientId: 'sim-fault', retries: 1, requestTimeoutMs: TIMEOUT_MS }).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

interface ChosenBroker {
  readonly node: BreakableServer;
  readonly before: Cluster;
}

/**
 * A node that the topics can spare. Faults that meet, for example on a slow machine, must not make topics refuse writes.
 * @param target `broker:random`, `broker:2`, `broker:controller` or `broker:leaderOf(view,1)`. @throws NoTargetError
 */
export async function chosenBroker(target: string, context: FaultContext): Promise<ChosenBroker> {
  const nodes = context.breakable?.kafka ?? [];
  const isAway = (node: BreakableServer) => node.pid() === undefined || context.broken.has(node.name);
  const before = await seenBefore(settledCluster(context));
  const away = nodes.filter(isAway);
  const usable = nodes.filter((node) => !isAway(node) && canMiss(before, [node, ...away], context.copies));
  if (usable.length === 0) throw new NoTargetError('without another Kafka node too few copies would be in sync');
  const [, stream, partition] = /^broker:leaderOf\((\w+),(\d+)\)$/.exec(target) ?? [];
  let wanted = Number(/^broker:(\d)$/.exec(target)?.[1]);
  if (target === 'broker:controller') wanted = before.controller ?? 0;
  if (stream !== undefined) {
    const isMeant = (one: Cluster['partitions'][number]) =>
      one.topic.endsWith(`-${stream}`) && one.partition === Number(partition);
    wanted = before.partitions.find(isMeant)?.leader ?? 0;
  }
  const isNamed = ({ nodeId }: BreakableServer) => nodeId === wanted;
  const [node] = chosen({ target, usable, below: context.below, isNamed });
  if (!node) throw new NoTargetError(`no Kafka node is ${target}`);
  return { node, before };
}

/** Whether every partition keeps as many copies in sync as acks "all" wants, or all but one where it wants them all. */
export function canMiss(
  { partitions }: Pick<Cluster, 'partitions'>,
  away: readonly Pick<BreakableServer, 'nodeId'>[],
  { replicationFactor, minInSyncReplicas }: FaultContext['copies'],
): boolean {
  const least = Math.min(minInSyncReplicas, replicationFactor - 1);
  const isAway = (id: number) => away.some(({ nodeId }) => nodeId === id);
  return partitions.every(({ inSync }) => inSync.filter((id) => !isAway(id)).length >= least);
}

export function isWhole({ partitions }: Cluster): boolean {
  return partitions.every(({ replicas, inSync, leader }) => inSync.length === replicas.length && leader > 0);
}

/** Settles when every partition has a leader. @throws Error when time is up */
export async function settledCluster(context: Context): Promise<Cluster> {
  const found = await clusterWhen(({ partitions }) => partitions.every(({ leader }) => leader > 0), context);
  if (!found) throw new Error(`a partition had no leader for ${SETTLED_WITHIN_MS / 1000} s`);
  return found;
}

/** `leads 4 of 12, 2 to 3 in sync` */
export function clusterText({ partitions }: Cluster, nodeId: number | undefined): string {
  const led = partitions.filter(({ leader }) => leader === nodeId).length;
  const copies = partitions.map(({ inSync }) => inSync.length);
  const [least, most] = [Math.min(...copies), Math.max(...copies)];
  return `leads ${led} of ${partitions.length}, ${least === most ? least : `${least} to ${most}`} in sync`;
}

/** Whether no partition is led by, or in sync on, a node. */
export function isOut({ partitions }: Cluster, nodeId: number | undefined): boolean {
  return partitions.every(({ leader, inSync }) => leader !== nodeId && !inSync.some((id) => id === nodeId));
}

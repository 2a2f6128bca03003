// simulator/observe/lag.ts — How far a consumer group is behind: latest minus committed offset, in records.
import type { Admin } from 'kafkajs';
import { askedAgain } from '../../contract/kafkajs/lost-connection.js';

/** Next offsets of a partition: how far the group has read, and how far the log goes. */
export interface PartitionOffsets {
  /** `topic/partition` */
  readonly partition: string;
  /** Where the run starts when nothing was committed. */
  readonly committed: number;
  readonly latest: number;
}

/** Knows behind which committed offsets there is no record, and gives those as committed to the end. */
export interface KnownEnds {
  passed(offsets: readonly PartitionOffsets[]): Promise<readonly PartitionOffsets[]>;
}

export interface LagProbe {
  /** Offsets of every partition. @throws the errors of kafkajs */
  read(): Promise<readonly PartitionOffsets[]>;
}

/** The first offset of a partition that is still there, and the one after its last. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** By `topic/partition`. */
export async function boundsOf(admin: Admin, topics: readonly string[]): Promise<ReadonlyMap<string, Bounds>> {
  const found = await Promise.all(topics.map((topic) => askedAgain(() => admin.fetchTopicOffsets(topic))));
  return new Map(
    topics.flatMap((topic, index) =>
      (found[index] ?? []).map(({ partition, low, high }) => {
        return [`${topic}/${partition}`, { low: Number(low), high: Number(high) }];
      }),
    ),
  );
}

/** By `topic/partition`: the offset after its last record. */
export async function endsOf(admin: Admin, topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return new Map([...(await boundsOf(admin, topics))].map(([place, { high }]) => [place, high]));
}

/** @param of what a group is to read: topics, each partition from where it starts; and who knows which ends hold no record */
export function createLagProbe(
  admin: Admin,
  groupId: string,
  {
    topics,
    starts,
    ends,
  }: {
    readonly topics: readonly string[];
    readonly starts: ReadonlyMap<string, number>;
    readonly ends?: KnownEnds;
  },
): LagProbe {
  return {
    async read() {
      const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
      // Read after the commits, so that it covers every record that was there when one of them was made.
      const latest = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
      const offsets = topics.flatMap((topic, index) => {
        const ofGroup = committed.find((one) => one.topic === topic)?.partitions ?? [];
        return (latest[index] ?? []).map(({ partition, low, high }) => {
          const next = Number(ofGroup.find((one) => one.partition === partition)?.offset ?? -1);
          const place = `${topic}/${partition}`;
          // Records before the lowest offset are gone: nobody can be behind with them.
          const committed = Math.max(starts.get(place) ?? 0, next, Number(low));
          return { partition: place, committed, latest: Number(high) };
        });
      });
      return ends ? ends.passed(offsets) : offsets;
    },
  };
}

/** Records over all partitions; never below 0, even when a log lost its end. */
export function lagOf(offsets: readonly PartitionOffsets[]): number {
  return offsets.reduce((sum, { committed, latest }) => sum + Math.max(0, latest - committed), 0);
}

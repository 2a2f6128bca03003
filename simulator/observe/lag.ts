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

export interface LagProbe {
  /** Offsets of every partition. @throws the errors of kafkajs */
  read(): Promise<readonly PartitionOffsets[]>;
}

/** By `topic/partition`: the offset after its last record. */
export async function endsOf(admin: Admin, topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const ends = await Promise.all(topics.map((topic) => askedAgain(() => admin.fetchTopicOffsets(topic))));
  return new Map(
    topics.flatMap((topic, index) =>
      (ends[index] ?? []).map(({ partition, high }) => [`${topic}/${partition}`, Number(high)]),
    ),
  );
}

/** @param of what a group is to read: topics, each partition from where it starts */
export function createLagProbe(
  admin: Admin,
  groupId: string,
  { topics, starts }: { readonly topics: readonly string[]; readonly starts: ReadonlyMap<string, number> },
): LagProbe {
  return {
    async read() {
      const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
      // Read after the commits, so that it covers every record that was there when one of them was made.
      const latest = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
      return topics.flatMap((topic, index) => {
        const ofGroup = committed.find((one) => one.topic === topic)?.partitions ?? [];
        return (latest[index] ?? []).map(({ partition, high }) => {
          const next = Number(ofGroup.find((one) => one.partition === partition)?.offset ?? -1);
          const place = `${topic}/${partition}`;
          return { partition: place, committed: Math.max(starts.get(place) ?? 0, next), latest: Number(high) };
        });
      });
    },
  };
}

/** Records over all partitions; never below 0, even when a log lost its end. */
export function lagOf(offsets: readonly PartitionOffsets[]): number {
  return offsets.reduce((sum, { committed, latest }) => sum + Math.max(0, latest - committed), 0);
}

// contract/topic-partition.ts — One partition of one topic, and the name by which it is a field or a key.

export interface TopicPartition {
  readonly topic: string;
  /** From 0. */
  readonly partition: number;
}

/** `topic/partition` */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}

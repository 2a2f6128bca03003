// simulator/history/observed-commits.ts — What the group had committed, reading by reading.
import type { LogEvent } from './log-event.js';

/** By stream, by partition. */
export type Offsets = readonly (readonly number[])[];

export interface ObservedCommits {
  /** Since the load began. */
  readonly atMs: number;
  /** Next offsets; 0 where nothing was committed. */
  readonly committed: Offsets;
  readonly latest: Offsets;
}

/** The place of a record in the log. */
export type Place = Pick<LogEvent, 'stream' | 'partition' | 'offset'>;

/** Whether it comes before the next offset of its partition. */
export function isBefore(next: Offsets, { stream, partition, offset }: Place): boolean {
  return offset < (next[stream]?.[partition] ?? 0);
}

/** False for a group that commits nothing, as what it had read is unknown. */
export function hasCommitted(commits: readonly ObservedCommits[]): boolean {
  return commits.some(({ committed }) => committed.some((partitions) => partitions.some(Boolean)));
}

/** The first reading at which a record had been committed. @param commits in order of time */
export function firstCommitOf(record: Place, commits: readonly ObservedCommits[]): ObservedCommits | undefined {
  return commits.find(({ committed }) => isBefore(committed, record));
}

// consumer/applying/positions.ts — Up to which offset each partition is applied, as far as this process knows.

import { compareIds } from '../../contract/ids.js';
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';
import type { StoredOffset } from './range-store.js';

interface Known extends TopicPartition {
  readonly position: string;
}

export class Positions {
  readonly #known = new Map<string, Known>();

  get(place: TopicPartition): string | undefined {
    return this.#known.get(partitionName(place))?.position;
  }

  set({ topic, partition }: TopicPartition, position: string): void {
    this.#known.set(partitionName({ topic, partition }), { topic, partition, position });
  }

  all(): Known[] {
    return [...this.#known.values()];
  }

  /** Partitions may have been elsewhere meanwhile. */
  forget(): void {
    this.#known.clear();
  }
}

/** True when a store with this offset has not seen everything before `position`. */
export function lacks(stored: StoredOffset, position: string): boolean {
  return stored === 'none' ? position !== '0' : compareIds(stored, position) < 0;
}

// consumer/applying/positions.ts — Up to where this process knows each of its partitions to be applied.
import { compareIds } from '../../contract/ids.js';
import type { StoredOffset } from './ranking-store.js';

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

interface Known extends Place {
  readonly position: string;
}

export class Positions {
  readonly #known = new Map<string, Known>();

  get(place: Place): string | undefined {
    return this.#known.get(placeName(place))?.position;
  }

  set({ topic, partition }: Place, position: string): void {
    this.#known.set(placeName({ topic, partition }), { topic, partition, position });
  }

  all(): Known[] {
    return [...this.#known.values()];
  }

  /** Partitions may have been elsewhere meanwhile. */
  forget(): void {
    this.#known.clear();
  }
}

/** `topic/partition` */
export function placeName({ topic, partition }: Place): string {
  return `${topic}/${partition}`;
}

/** True when a store with this offset has not seen all before `position`. */
export function lacks(stored: StoredOffset, position: string): boolean {
  return stored === 'none' ? position !== '0' : compareIds(stored, position) < 0;
}

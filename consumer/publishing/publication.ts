// consumer/publishing/publication.ts — What is published, and what a publication waits for, as kept in Redis for all instances.
import type { Day } from '../../contract/events.js';
import type { RedisClient } from '../../contract/redis-client.js';
import type { RankingKeys } from '../applying/ranking-keys.js';
import { persist } from '../runtime/redis-connection.js';

/** Offsets by `topic/partition` that must be applied before a day may be published. */
export type Fence = Readonly<Record<string, string>>;

export interface PublicationState {
  readonly published: ReadonlySet<Day>;
  readonly fences: ReadonlyMap<Day, Fence>;
}

const PUBLISHED = 'published:';
const FENCE = 'fence:';

/** One hash: `published:<day>` -> event time of the publication, ms; `fence:<day>` -> its fence, while it waits. */
export class Publication {
  readonly #redis: RedisClient;
  readonly #key: string;

  constructor(redis: RedisClient, keys: RankingKeys) {
    this.#redis = redis;
    this.#key = keys.publication;
  }

  async read(): Promise<PublicationState> {
    const published = new Set<Day>();
    const fences = new Map<Day, Fence>();
    for (const [field, value] of Object.entries(await persist(this.#redis, () => this.#redis.hgetall(this.#key)))) {
      if (field.startsWith(PUBLISHED)) published.add(field.slice(PUBLISHED.length));
      else if (field.startsWith(FENCE)) fences.set(field.slice(FENCE.length), JSON.parse(value) as Fence);
    }
    return { published, fences };
  }

  /** The first of several instances decides what to wait for. */
  async propose(day: Day, fence: Fence): Promise<void> {
    await persist(this.#redis, () => this.#redis.hsetnx(this.#key, FENCE + day, JSON.stringify(fence)));
  }

  async publish(day: Day, eventTimeMs: number): Promise<void> {
    await persist(this.#redis, () => this.#redis.hsetnx(this.#key, PUBLISHED + day, String(Math.round(eventTimeMs))));
    await persist(this.#redis, () => this.#redis.hdel(this.#key, FENCE + day));
  }

  async forget(days: readonly Day[]): Promise<void> {
    if (days.length === 0) return;
    const fields = days.flatMap((day) => [PUBLISHED + day, FENCE + day]);
    await persist(this.#redis, () => this.#redis.hdel(this.#key, ...fields));
  }
}

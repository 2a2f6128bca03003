// consumer/reading/offset-commits.ts — Commits next offsets to Kafka now and then: Redis holds the offsets that matter, these say
// where to start reading and how large the lag is.
import type { Offsets } from 'kafkajs';

/** Commits to the group's coordinator, once, as the group's present generation. */
export type Commit = (offsets: Offsets) => Promise<void>;

export class OffsetCommits {
  readonly #onFailure: (error: unknown) => void;
  /** topic -> partition -> next offset that is applied and not yet committed */
  readonly #pending = new Map<string, Map<number, string>>();
  #commit: Commit | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  applied(where: { readonly topic: string; readonly partition: number }, next: string, commit: Commit): void {
    this.#commit = commit;
    const partitions = this.#pending.get(where.topic);
    if (partitions) partitions.set(where.partition, next);
    else this.#pending.set(where.topic, new Map([[where.partition, next]]));
  }

  /** After a rebalance the partitions may be another's, whose commits must not be set back. */
  forget(): void {
    this.#pending.clear();
  }

  /** Settles when what was applied before the call is committed, or has failed to be: the next call tries again. */
  flush(): Promise<void> {
    this.#running = this.#running.then(() => this.#flush());
    return this.#running;
  }

  async #flush(): Promise<void> {
    const topics = [...this.#pending].map(([topic, partitions]) => ({
      topic,
      partitions: [...partitions].map(([partition, offset]) => ({ partition, offset })),
    }));
    if (topics.length === 0 || !this.#commit) return;
    try {
      await this.#commit({ topics });
      for (const { topic, partitions } of topics) this.#committed(topic, partitions);
    } catch (error) {
      this.#onFailure(error);
    }
  }

  #committed(topic: string, committed: readonly { readonly partition: number; readonly offset: string }[]): void {
    const pending = this.#pending.get(topic);
    for (const { partition, offset } of committed) {
      if (pending?.get(partition) === offset) pending.delete(partition);
    }
    if (pending?.size === 0) this.#pending.delete(topic);
  }
}

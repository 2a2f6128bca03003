// test/consumer/offsets-only-store.ts — A store that keeps nothing but one partition's offset a shard, by the rules of the real one.
import type { ApplyReply, RankingStore, ShardRange, StoredOffset } from '../../consumer/applying/range-store.js';

/** The partition is t/0. */
export class OffsetsOnlyStore implements RankingStore {
  eventTimes = async () => new Map();
  freeze = async () => undefined;
  readonly stored: StoredOffset[];
  /** `shard: from-next articles` */
  readonly calls: string[] = [];

  constructor(...stored: StoredOffset[]) {
    this.stored = stored;
  }

  async offsets(shard: number): Promise<ReadonlyMap<string, string>> {
    const stored = this.stored[shard] ?? 'none';
    return new Map(stored === 'none' ? [] : [['t/0', stored]]);
  }

  async apply({ shard, from, next, days }: ShardRange, inSpiteOf = ''): Promise<ApplyReply> {
    const articles = [...days.values()].flatMap((of) => [...of.keys()]);
    this.calls.push(`${shard}: ${from}-${next}${articles.length > 0 ? ` ${articles.join(' ')}` : ''}`);
    const stored = this.stored[shard] ?? 'none';
    if (inSpiteOf !== stored) {
      if (stored === 'none' || Number(stored) < Number(from)) return { outcome: 'refused', stored };
      if (Number(stored) >= Number(next)) return { outcome: 'skipped', stored };
    }
    this.stored[shard] = next;
    return { outcome: 'applied', late: 0 };
  }

  async reconcile(): Promise<void> {}
}

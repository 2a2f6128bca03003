// simulator/observe/commit-watch.ts — Keeps what the group had committed in each partition, and when.
import { STREAMS } from '../../contract/events.js';
import type { ObservedCommits } from '../history/observed-commits.js';
import type { PartitionOffsets } from './lag.js';

/** A longer run is watched in its first hours only. */
const MAX_SAMPLES = 10_000;
const INTERVAL_MS = 400;

export class CommitWatch {
  readonly commits: ObservedCommits[] = [];
  readonly #topics: readonly string[];

  /** @param topics by position in contract's STREAMS */
  constructor(topics: readonly string[]) {
    this.#topics = topics;
  }

  add(atMs: number, offsets: readonly PartitionOffsets[]): void {
    const lastMs = this.commits.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
    // The drain reads the lag far more often than this.
    if (this.commits.length >= MAX_SAMPLES || atMs < lastMs + INTERVAL_MS) return;
    const committed: number[][] = STREAMS.map(() => []);
    const latest: number[][] = STREAMS.map(() => []);
    for (const one of offsets) {
      const at = one.partition.lastIndexOf('/');
      const stream = this.#topics.indexOf(one.partition.slice(0, at));
      const partition = Number(one.partition.slice(at + 1));
      const groupOffsets = committed[stream];
      const logEnds = latest[stream];
      if (!groupOffsets || !logEnds) continue;
      groupOffsets[partition] = one.committed;
      logEnds[partition] = one.latest;
    }
    this.commits.push({ atMs, committed, latest });
  }
}

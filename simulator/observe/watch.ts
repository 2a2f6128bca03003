// simulator/observe/watch.ts — What the consumer shows while load runs: lists at their offsets, visible lists, answers to clients, and commits.
import type { MappedClock } from '../../contract/clock.js';
import type { History } from '../history/history.js';
import type { Plan } from '../workload/plan.js';
import { CommitWatch } from './commit-watch.js';
import { type CutReads, CutWatch } from './cut-watch.js';
import type { PartitionOffsets } from './lag.js';
import { type ListReads, ListWatch } from './list-watch.js';

export interface WatchOptions {
  readonly plan: Plan;
  /** By position in contract's STREAMS. */
  readonly topics: readonly string[];
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  /** Wall time, ms. */
  readonly now: () => number;
  /** False where delays mean nothing: then only lists at their offsets are read. */
  readonly watchesLists: boolean;
  readonly reads: CutReads & ListReads;
}

export class Watch {
  readonly #cuts: CutWatch;
  readonly #lists: ListWatch;
  readonly #commits: CommitWatch;

  constructor(options: WatchOptions) {
    this.#cuts = new CutWatch(options);
    this.#commits = new CommitWatch(options.topics);
    this.#lists = new ListWatch({ ...options, clock: options.watchesLists ? options.clock : undefined });
  }

  /** May be called often, and returns at once: most calls read nothing. */
  takeSnapshots(): void {
    this.#cuts.takeSnapshots();
    this.#lists.takeSnapshots();
  }

  /** Settles when nothing is being read. @throws the first bug of what was read */
  async ended(): Promise<void> {
    await Promise.all([this.#cuts.ended(), this.#lists.ended()]);
  }

  offsets(atMs: number, offsets: readonly PartitionOffsets[]): void {
    this.#commits.add(atMs, offsets);
  }

  /** Takes a last snapshot of the lists, so it is called when all is quiet. */
  async finish(): Promise<Pick<History, 'cuts' | 'snapshots' | 'answers' | 'commits'>> {
    await this.ended();
    await this.#lists.lastSnapshot();
    const { snapshots, answers } = this.#lists;
    return { cuts: this.#cuts.cuts, snapshots, answers, commits: this.#commits.commits };
  }
}

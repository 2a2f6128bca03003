// simulator/observe/watch.ts — What is observed of the consumer under load: lists at their offsets, visible lists, answers to clients, commits.
import type { MappedClock } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';
import type { Ranked } from '../../contract/rules.js';
import type { History } from '../history/history.js';
import { readNewest } from '../sut/consumer-channel.js';
import type { Plan } from '../workload/plan.js';
import { CommitWatch } from './commit-watch.js';
import { CutWatch } from './cut-watch.js';
import type { PartitionOffsets } from './lag.js';
import { ListWatch } from './list-watch.js';

export interface WatchOptions {
  readonly plan: Plan;
  /** By position in contract's STREAMS. */
  readonly topics: readonly string[];
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  /** Channels of consumers that run and tell about themselves. */
  readonly channels: () => readonly string[];
  /** The visible list of a day. @throws when it cannot be read */
  readonly readList: (day: Day) => Promise<readonly Ranked[]>;
}

export class Watch {
  readonly #cuts: CutWatch;
  readonly #lists: ListWatch;
  readonly #commits: CommitWatch;

  constructor(options: WatchOptions) {
    const { topics, channels } = options;
    this.#cuts = new CutWatch({ ...options, urls: channels });
    this.#commits = new CommitWatch(topics);
    this.#lists = new ListWatch({
      ...options,
      readNewest: async () => {
        const [url] = channels();
        return url === undefined ? undefined : readNewest(url);
      },
    });
  }

  /** Call it often; it returns at once. */
  look(): void {
    this.#cuts.look();
    this.#lists.look();
  }

  offsets(atMs: number, offsets: readonly PartitionOffsets[]): void {
    this.#commits.add(atMs, offsets);
  }

  /** Call it when all is quiet. */
  async finish(): Promise<Pick<History, 'cuts' | 'snapshots' | 'answers' | 'commits'>> {
    await this.#cuts.finish();
    await this.#lists.lastSnapshot();
    const { snapshots, answers } = this.#lists;
    return { cuts: this.#cuts.cuts, snapshots, answers, commits: this.#commits.commits };
  }
}

// simulator/observe/recordless-ends.ts — Partitions whose last offsets hold no record: markers of transactions, aborted records, what was compacted away.
// Many consumers commit the offset after their last record, and never read further: they are behind by nothing.
import type { OpenLog } from '../history/log-records.js';
import type { KnownEnds, PartitionOffsets } from './lag.js';

/** The log is read from a committed offset on only when it has not moved for so long. */
const STILL_MS = 3000;

export interface RecordlessEndsOptions {
  readonly topics: readonly string[];
  /** Opens the log at these offsets, by `topic/partition`. */
  readonly openLog: (starts: ReadonlyMap<string, number>) => Promise<OpenLog>;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
}

interface Standing {
  readonly offsets: PartitionOffsets;
  readonly sinceMs: number;
  /** Undefined until it was looked at. */
  readonly isEmpty: boolean | undefined;
}

export class RecordlessEnds implements KnownEnds {
  readonly #options: RecordlessEndsOptions;
  readonly #now: () => number;
  #standing: ReadonlyMap<string, Standing> = new Map();

  constructor(options: RecordlessEndsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The same offsets, with those as committed behind which there is no record. */
  async passed(offsets: readonly PartitionOffsets[]): Promise<readonly PartitionOffsets[]> {
    const nowMs = this.#now();
    const standing = offsets.filter(isBehind).map((one): Standing => {
      const before = this.#standing.get(one.partition);
      return before && isSame(before.offsets, one) ? before : { offsets: one, sinceMs: nowMs, isEmpty: undefined };
    });
    const due = standing.filter(({ isEmpty, sinceMs }) => isEmpty === undefined && nowMs - sinceMs >= STILL_MS);
    const looked = due.length === 0 ? new Map<Standing, boolean>() : await this.#look(due);
    const known = standing.map((one) => ({ ...one, isEmpty: looked.get(one) ?? one.isEmpty }));
    this.#standing = new Map(known.map((one) => [one.offsets.partition, one]));
    return offsets.map((one) => (this.#standing.get(one.partition)?.isEmpty ? { ...one, committed: one.latest } : one));
  }

  /** What cannot be read now is looked at the next time. */
  async #look(due: readonly Standing[]): Promise<ReadonlyMap<Standing, boolean>> {
    const starts = new Map(due.map(({ offsets }) => [offsets.partition, offsets.committed]));
    const found = new Map<Standing, boolean>();
    try {
      await using log = await this.#options.openLog(starts);
      for (const one of due) found.set(one, !(await this.#cursorOf(log, one.offsets.partition).fill()));
    } catch {
      return found;
    }
    return found;
  }

  #cursorOf(log: OpenLog, place: string) {
    const at = place.lastIndexOf('/');
    return log.cursorOf(this.#options.topics.indexOf(place.slice(0, at)), Number(place.slice(at + 1)));
  }
}

function isBehind({ committed, latest }: PartitionOffsets): boolean {
  return committed < latest;
}

function isSame(one: PartitionOffsets, other: PartitionOffsets): boolean {
  return one.committed === other.committed && one.latest === other.latest;
}

// simulator/judge/log/log-alignment.ts — Brings the records of the topics together with those of the plan: what is there, in which order it was to be sent, what is missing, and what is too much.
import { STREAMS } from '../../../contract/events.js';
import { AlignedPartition, type AlignmentOptions, MAX_EXAMPLES, type PlannedRecord } from './aligned-partition.js';

export class LogAlignment {
  readonly #options: AlignmentOptions;
  readonly #partitions = new Map<number, AlignedPartition>();

  /** @param partitions of each topic: also those are read that nothing was planned for */
  constructor(partitions: number, options: AlignmentOptions) {
    this.#options = options;
    for (let stream = 0; stream < STREAMS.length; stream += 1)
      for (let partition = 0; partition < partitions; partition += 1) this.#at(stream, partition);
  }

  /** The plan's next record. @returns a promise when the topics must be read first; then offer it again */
  offer(planned: PlannedRecord): Promise<boolean> | undefined {
    const partition = this.#at(planned.stream, planned.partition);
    return partition.offer(planned) ? undefined : partition.fill();
  }

  /** After the plan's last record. Where the result has foreign records, `recognize` is to be called. */
  async finish(): Promise<LogComparison> {
    for (const partition of this.#partitions.values()) await partition.finish();
    return this.#comparison();
  }

  /** @param plan every planned record, once more */
  recognize(plan: Iterable<Pick<PlannedRecord, 'stream' | 'partition' | 'value'>>): LogComparison {
    for (const planned of plan) this.#at(planned.stream, planned.partition).recognize(planned);
    return this.#comparison();
  }

  #comparison(): LogComparison {
    const all = [...this.#partitions.values()];
    const sum = (of: (one: AlignedPartition) => number) => all.reduce((total, one) => total + of(one), 0);
    return {
      records: sum((one) => one.records),
      matched: sum((one) => one.matched),
      missing: sum((one) => one.missing),
      lost: sum((one) => one.lost),
      examples: all.flatMap((one) => one.lostExamples()).slice(0, MAX_EXAMPLES),
      repeats: sum((one) => one.repeats),
      foreign: sum((one) => one.foreign),
      foreignExamples: all.flatMap((one) => one.foreignExamples).slice(0, MAX_EXAMPLES),
    };
  }

  #at(stream: number, partition: number): AlignedPartition {
    const key = partition * STREAMS.length + stream;
    let one = this.#partitions.get(key);
    if (!one) {
      one = new AlignedPartition({ stream, partition }, this.#options);
      this.#partitions.set(key, one);
    }
    return one;
  }
}

/** How the records of the topics and those of the plan were brought together. */
export interface LogComparison {
  /** Records read, repeats by the producer's own retries included. */
  readonly records: number;
  /** Planned records that are in the log. */
  readonly matched: number;
  /** Planned records that are not. */
  readonly missing: number;
  /** Those among the missing whose sends were acknowledged; `examples` says where the first of them should be. */
  readonly lost: number;
  readonly examples: readonly { readonly place: string; readonly eventId: string }[];
  /** Records beyond the planned ones that repeat one of them. */
  readonly repeats: number;
  /** Records that were never planned. */
  readonly foreign: number;
  readonly foreignExamples: readonly string[];
}

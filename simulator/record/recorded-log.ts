// simulator/record/recorded-log.ts — What was read of the topics, kept so that it can be read again when the servers are gone.
import { elementAt } from '../../contract/assert.js';
import type { LogCursor, OpenLog, ReadRecord } from '../history/log-records.js';

/** Records of one partition, in the order of the log. */
interface RecordedPartition {
  readonly offsets: Float64Array;
  /** Timestamps, ms. */
  readonly timesMs: Float64Array;
  /** Where each value ends in `values`. */
  readonly ends: Uint32Array;
  readonly values: Uint8Array;
}

/** By stream, by partition. */
export type RecordedLog = readonly (readonly RecordedPartition[])[];

/** Bytes of values; a longer log is not kept. */
const MAX_BYTES = 64 * 1024 * 1024;

interface Place {
  readonly stream: number;
  readonly partition: number;
}

interface Builder {
  readonly offsets: number[];
  readonly timesMs: number[];
  readonly ends: number[];
  readonly values: Buffer[];
}

export class LogRecorder {
  readonly #places: Builder[][] = [];
  #bytes = 0;
  #taken: RecordedLog | undefined;

  /** Record by record of a partition; what is read a second time is not added again. */
  add({ offset, timeMs, value }: ReadRecord, { stream, partition }: Place): void {
    this.#places[stream] ??= [];
    const partitions = this.#places[stream];
    partitions[partition] ??= { offsets: [], timesMs: [], ends: [], values: [] };
    const { offsets, timesMs, ends, values } = partitions[partition];
    if (offset <= (offsets.at(-1) ?? -1)) return;
    this.#bytes += value.length;
    if (this.#bytes > MAX_BYTES) return;
    offsets.push(offset);
    timesMs.push(timeMs);
    ends.push((ends.at(-1) ?? 0) + value.length);
    // A copy: what was fetched together would be kept as a whole.
    values.push(Buffer.from(value));
  }

  /** Undefined when it is too long to be kept. Nothing is added after it. */
  take(): RecordedLog | undefined {
    if (this.#bytes > MAX_BYTES) return undefined;
    this.#taken ??= Array.from(this.#places, (partitions = []) => Array.from(partitions, packed));
    return this.#taken;
  }
}

/** A partition without records has no builder. */
function packed(builder: Builder | undefined): RecordedPartition {
  const { offsets = [], timesMs = [], ends = [], values = [] } = builder ?? {};
  return {
    offsets: Float64Array.from(offsets),
    timesMs: Float64Array.from(timesMs),
    ends: Uint32Array.from(ends),
    values: Buffer.concat(values),
  };
}

export function openRecordedLog(log: RecordedLog): OpenLog {
  return {
    cursorOf: (stream, partition) => new RecordedCursor(log[stream]?.[partition]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

class RecordedCursor implements LogCursor {
  readonly #partition: RecordedPartition | undefined;
  #at = 0;

  constructor(partition: RecordedPartition | undefined) {
    this.#partition = partition;
  }

  peek(): ReadRecord | undefined {
    const [at, partition] = [this.#at, this.#partition];
    const end = partition?.ends[at];
    if (!partition || end === undefined) return undefined;
    const start = at === 0 ? 0 : elementAt(partition.ends, at - 1);
    const { buffer, byteOffset } = partition.values;
    return {
      offset: elementAt(partition.offsets, at),
      timeMs: elementAt(partition.timesMs, at),
      value: Buffer.from(buffer, byteOffset + start, end - start),
    };
  }

  take(): void {
    this.#at += 1;
  }

  fill(): Promise<boolean> {
    return Promise.resolve(this.peek() !== undefined);
  }
}

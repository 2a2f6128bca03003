// simulator/judge/log/log-alignment.ts — Brings the records of the topics together with those of the plan: what is there, in which order it was to be sent, what is missing, and what is too much.
import { STREAMS } from '../../../contract/events.js';
import type { LogCursor, ReadRecord } from '../../history/log-records.js';

export interface PlannedRecord {
  readonly stream: number;
  readonly partition: number;
  readonly dueMs: number;
  readonly value: Buffer;
  /** Whether its send was: then it must be there. */
  readonly acknowledged: boolean;
}

/** @param dueMs event time at which it was to be sent */
export type Reader = (record: ReadRecord, place: { stream: number; partition: number; dueMs: number }) => void;

export interface AlignmentOptions {
  readonly cursorOf: (stream: number, partition: number) => LogCursor;
  readonly read: Reader;
}

type Expected = Pick<PlannedRecord, 'dueMs' | 'acknowledged'>;

/** The start of a value holds the event's id, which no other event has. */
const KEY_BYTES = 40;
/** A retry repeats what was sent just before. */
const RECENT = 8192;
/** With more planned records outstanding, the record at hand is taken for one that nobody planned. */
const MAX_WAITING = 500_000;
const MAX_EXAMPLES = 5;

/**
 * A partition holds its lane's records in the order of the plan, less those that were not written, and with those that a
 * retry wrote twice. With several lanes in a partition the order is that of their sends, a little off the plan's.
 */
class AlignedPartition {
  records = 0;
  matched = 0;
  repeats = 0;
  foreign = 0;
  readonly foreignExamples: string[] = [];
  readonly cursor: LogCursor;
  readonly #place: { readonly stream: number; readonly partition: number };
  readonly #read: Reader;
  /** Planned records that have not been met, by key. */
  readonly #waiting = new Map<string, Expected[]>();
  #waitingCount = 0;
  /** Repeats by key: one may yet turn out to be planned, by another lane's place in the order. */
  readonly #surplus = new Map<string, number>();
  /** Keys of the last records met, in two generations. */
  #recent = new Set<string>();
  #lessRecent = new Set<string>();
  #hasEnded = false;

  constructor(place: { readonly stream: number; readonly partition: number }, { cursorOf, read }: AlignmentOptions) {
    this.#place = place;
    this.#read = read;
    this.cursor = cursorOf(place.stream, place.partition);
  }

  /** @returns false when the cursor must be filled first */
  offer(planned: PlannedRecord): boolean {
    for (;;) {
      const head = this.cursor.peek();
      if (!head && !this.#hasEnded) return false;
      if (head?.value.equals(planned.value)) {
        this.#meet(head, planned.dueMs);
        return true;
      }
      if (head && this.#settle(head, planned.dueMs, this.#waitingCount < MAX_WAITING)) continue;
      this.#wait(planned);
      return true;
    }
  }

  /** After the last planned record. */
  async finish(): Promise<void> {
    for (;;) {
      const head = this.cursor.peek();
      if (head) this.#settle(head, head.timeMs, false);
      else if (!(await this.fill())) return;
    }
  }

  async fill(): Promise<boolean> {
    this.#hasEnded ||= !(await this.cursor.fill());
    return !this.#hasEnded;
  }

  get missing(): number {
    return this.#waitingCount;
  }

  /** Those among the missing whose sends were acknowledged. */
  get lost(): number {
    const lostOf = (all: readonly Expected[]) => all.filter(({ acknowledged }) => acknowledged).length;
    return [...this.#waiting.values()].reduce((sum, all) => sum + lostOf(all), 0);
  }

  lostExamples(): { place: string; eventId: string }[] {
    const lost = [...this.#waiting].filter(([, all]) => all.some(({ acknowledged }) => acknowledged));
    return lost.map(([key]) => ({
      place: `${STREAMS[this.#place.stream]}/${this.#place.partition}`,
      eventId: /\d+/.exec(key)?.[0] ?? 'unknown',
    }));
  }

  /** Takes a record that was due before, is a repeat, or that nobody planned. @returns false when it may yet be planned */
  #settle(head: ReadRecord, dueMs: number, mayBePlanned: boolean): boolean {
    const key = keyOf(head.value);
    const expected = this.#waiting.get(key);
    if (expected) {
      const due = expected.shift()?.dueMs ?? dueMs;
      this.#waitingCount -= 1;
      if (expected.length === 0) this.#waiting.delete(key);
      this.#meet(head, due);
      return true;
    }
    const isRepeat = this.#recent.has(key) || this.#lessRecent.has(key);
    if (!isRepeat && mayBePlanned) return false;
    if (isRepeat) {
      this.repeats += 1;
      this.#surplus.set(key, (this.#surplus.get(key) ?? 0) + 1);
    } else {
      this.foreign += 1;
      const { stream, partition } = this.#place;
      if (this.foreignExamples.length < MAX_EXAMPLES)
        this.foreignExamples.push(`${STREAMS[stream]}/${partition} offset ${head.offset}`);
    }
    this.#take(head, dueMs);
    return true;
  }

  #meet(head: ReadRecord, dueMs: number): void {
    this.matched += 1;
    if (this.#recent.size >= RECENT) {
      this.#lessRecent = this.#recent;
      this.#recent = new Set();
    }
    this.#recent.add(keyOf(head.value));
    this.#take(head, dueMs);
  }

  #take(head: ReadRecord, dueMs: number): void {
    this.records += 1;
    this.cursor.take();
    this.#read(head, { ...this.#place, dueMs });
  }

  #wait({ value, dueMs, acknowledged }: PlannedRecord): void {
    const key = keyOf(value);
    const surplus = this.#surplus.get(key) ?? 0;
    if (surplus > 0) {
      this.#surplus.set(key, surplus - 1);
      this.repeats -= 1;
      this.matched += 1;
      return;
    }
    const expected = this.#waiting.get(key);
    if (expected) expected.push({ dueMs, acknowledged });
    else this.#waiting.set(key, [{ dueMs, acknowledged }]);
    this.#waitingCount += 1;
  }
}

function keyOf(value: Buffer): string {
  return value.toString('latin1', 0, KEY_BYTES);
}

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

  /** After the plan's last record. */
  async finish(): Promise<LogComparison> {
    const all = [...this.#partitions.values()];
    for (const partition of all) await partition.finish();
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

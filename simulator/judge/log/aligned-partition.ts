// simulator/judge/log/aligned-partition.ts — One partition's records beside the planned ones: what is there, what is missing, and what is too much.
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
/** Most retries repeat what was sent just before; their sends are known at once. */
const RECENT = 8192;
/** Unknown records that are kept for a second look at the plan, per partition. */
const MAX_UNKNOWN = 100_000;
/** With more planned records outstanding, the record at hand is taken for one that nobody planned. */
const MAX_WAITING = 500_000;
export const MAX_EXAMPLES = 5;

/**
 * A partition holds its lane's records in the order of the plan, less those that were not written, and with those that a
 * retry wrote twice. With several lanes in a partition the order is that of their sends, a little off the plan's.
 */
export class AlignedPartition {
  records = 0;
  matched = 0;
  repeats = 0;
  foreign = 0;
  readonly #foreignOffsets = new Map<string, number[]>();
  readonly cursor: LogCursor;
  readonly #place: { readonly stream: number; readonly partition: number };
  readonly #read: Reader;
  /** Planned records that have not been met, by key. */
  readonly #waiting = new Map<string, Expected[]>();
  #waitingCount = 0;
  /** Repeats by key: one may yet turn out to be planned, by another lane's place in the order. */
  readonly #surplus = new Map<string, number>();
  /** When the last records met were to be sent, by key, in two generations. */
  #recent = new Map<string, number>();
  #lessRecent = new Map<string, number>();
  /** The latest time at which a record met was to be sent. */
  #latestDueMs = Number.NEGATIVE_INFINITY;
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
      if (head) this.#settle(head, Math.max(head.timeMs, this.#latestDueMs), false);
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
    const sendDueMs = this.#recent.get(key) ?? this.#lessRecent.get(key);
    if (sendDueMs === undefined && mayBePlanned) return false;
    if (sendDueMs === undefined) this.#keepUnknown(key, head.offset);
    else {
      this.repeats += 1;
      this.#surplus.set(key, (this.#surplus.get(key) ?? 0) + 1);
    }
    // A repeat is as late as the send it belongs to. Where that is long ago, no time before it may be taken.
    this.#take(head, sendDueMs ?? Math.max(dueMs, this.#latestDueMs));
    return true;
  }

  #keepUnknown(key: string, offset: number): void {
    this.foreign += 1;
    if (this.foreign > MAX_UNKNOWN) return;
    const offsets = this.#foreignOffsets.get(key);
    if (offsets) offsets.push(offset);
    else this.#foreignOffsets.set(key, [offset]);
  }

  /** To be called for every planned record where some are unknown: repeats of what was met long before are no foreign records. */
  recognize({ value }: Pick<PlannedRecord, 'value'>): void {
    const key = keyOf(value);
    const copies = this.#foreignOffsets.get(key)?.length ?? 0;
    if (copies === 0) return;
    this.#foreignOffsets.delete(key);
    this.foreign -= copies;
    this.repeats += copies;
  }

  get foreignExamples(): string[] {
    const { stream, partition } = this.#place;
    const offsets = [...this.#foreignOffsets.values()].flat().sort((a, b) => a - b);
    return offsets.slice(0, MAX_EXAMPLES).map((offset) => `${STREAMS[stream]}/${partition} offset ${offset}`);
  }

  #meet(head: ReadRecord, dueMs: number): void {
    this.matched += 1;
    if (this.#recent.size >= RECENT) {
      this.#lessRecent = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(keyOf(head.value), dueMs);
    this.#latestDueMs = Math.max(this.#latestDueMs, dueMs);
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

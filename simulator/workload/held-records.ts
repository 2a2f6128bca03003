// simulator/workload/held-records.ts — Records that are sent later than their time, soonest first; equal times in the order they came.

export interface HeldRecord {
  /** When it is to be sent, event time, ms. */
  readonly dueMs: number;
  /** The record's timestamp: event time, ms. */
  readonly timeMs: number;
  /** Position in contract's STREAMS. */
  readonly stream: number;
  readonly partition: number;
  /** Position in contract's EVENT_TYPES, or POISON. */
  readonly kind: number;
  /** Index of the article, below `capacity`. */
  readonly article: number;
  /** The absolute count that the event carries; 0 for article events. */
  readonly count: number;
  /** From 1. Within a lane an event with a larger id has a larger version. */
  readonly version: number;
  /** Position of a comment or like among those of its article. */
  readonly ordinal: number;
  readonly key: Buffer;
  readonly value: Buffer;
}

/** A binary heap. */
export class HeldRecords {
  readonly #heap: { readonly record: HeldRecord; readonly order: number }[] = [];
  #added = 0;

  peek(): HeldRecord | undefined {
    return this.#heap[0]?.record;
  }

  add(record: HeldRecord): void {
    const heap = this.#heap;
    heap.push({ record, order: this.#added });
    this.#added += 1;
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  take(): HeldRecord | undefined {
    const heap = this.#heap;
    if (heap.length === 0) return undefined;
    this.#swap(0, heap.length - 1);
    const taken = heap.pop();
    for (let at = 0; ; ) {
      const left = at * 2 + 1;
      const least = left + 1 < heap.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (least >= heap.length || !this.#isBefore(least, at)) return taken?.record;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (!one || !other) return false;
    return (
      one.record.dueMs - other.record.dueMs < 0 || (one.record.dueMs === other.record.dueMs && one.order < other.order)
    );
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}

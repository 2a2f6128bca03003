// simulator/workload/held-records.ts — Records that are sent later than their time, soonest first; equal times in the order they came.
import type { LaneRecord } from './lane-record.js';

/** A binary heap. */
export class HeldRecords {
  readonly #heap: { readonly record: Readonly<LaneRecord>; readonly order: number }[] = [];
  #added = 0;

  peek(): Readonly<LaneRecord> | undefined {
    return this.#heap[0]?.record;
  }

  add(record: Readonly<LaneRecord>): void {
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

  take(): Readonly<LaneRecord> | undefined {
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

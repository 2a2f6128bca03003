// simulator/judge/naming/recently-seen.ts — Was an event id seen not long ago? Memory is bounded: only the last two generations are kept.

const GENERATION = 200_000;

export class RecentlySeen {
  #newer = new Set<string>();
  #older = new Set<string>();

  /** Remembers an id. @returns true when it was seen before */
  add(id: string): boolean {
    if (this.#newer.has(id)) return true;
    const wasSeen = this.#older.has(id);
    if (this.#newer.size >= GENERATION) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(id);
    return wasSeen;
  }
}

// simulator/judge/naming/recent.ts — Has this been seen not long ago? Bounded: what is older than a generation or two is forgotten.

const GENERATION = 200_000;

export class Recent {
  #now = new Set<string>();
  #before = new Set<string>();

  /** Remembers a text. @returns true when it was seen before */
  seen(text: string): boolean {
    if (this.#now.has(text)) return true;
    const wasSeen = this.#before.has(text);
    if (this.#now.size >= GENERATION) {
      this.#before = this.#now;
      this.#now = new Set();
    }
    this.#now.add(text);
    return wasSeen;
  }
}

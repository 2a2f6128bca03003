// contract/windows.ts — Consecutive stretches of event time, such as the phases of a load, by which latencies are kept apart.

export class Windows {
  readonly #boundariesMs: readonly number[];
  #last = 0;

  /** @param boundariesMs event times in ascending order; n of them part time into n + 1 windows */
  constructor(boundariesMs: readonly number[]) {
    this.#boundariesMs = boundariesMs;
  }

  get count(): number {
    return this.#boundariesMs.length + 1;
  }

  /** Index of the window; quick when times are asked for in about their order. */
  indexOf(timeMs: number): number {
    const boundaries = this.#boundariesMs;
    let at = this.#last;
    while (at > 0 && timeMs < (boundaries[at - 1] ?? 0)) at -= 1;
    while (at < boundaries.length && timeMs >= (boundaries[at] ?? 0)) at += 1;
    this.#last = at;
    return at;
  }
}

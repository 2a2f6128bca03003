// simulator/simulate/virtual-time.ts — Wall time that passes when it is told to, and what is to be done again and again meanwhile.

interface Timer {
  readonly everyMs: number;
  readonly call: () => void;
  /** A frozen process misses its turn. */
  readonly isHeld: () => boolean;
  nextMs: number;
}

/** So far ahead that the server's own clock makes nothing expire; what has expired by this clock is removed by hand. */
const STARTS_AT_MS = Date.UTC(2100, 0, 1);

export class VirtualTime {
  nowMs = STARTS_AT_MS;
  readonly #timers = new Set<Timer>();

  /** @returns what stops it */
  every(everyMs: number, call: () => void, isHeld: () => boolean): () => void {
    const timer = { everyMs, call, isHeld, nextMs: this.nowMs + everyMs };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  pass(milliseconds: number): void {
    this.nowMs += milliseconds;
    for (const timer of this.#timers) {
      if (timer.nextMs > this.nowMs || timer.isHeld()) continue;
      // As a process that was late: once, and not once for each turn that it missed.
      timer.nextMs = this.nowMs + timer.everyMs;
      timer.call();
    }
  }
}

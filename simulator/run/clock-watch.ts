// simulator/run/clock-watch.ts — Notices that the wall clock and the time that passed no longer agree.
import type { ClockStep } from '../history/clock-step.js';

/** A clock that is slewed stays far below this between two readings. */
const STEP_MS = 500;
const MAX_STEPS = 100;

export interface Clocks {
  /** Wall time of the system, ms since 1970. */
  readonly wallMs: () => number;
  /** Milliseconds that never go back, and stand still while the machine sleeps. */
  readonly elapsedMs: () => number;
}

export const SYSTEM_CLOCKS: Clocks = { wallMs: Date.now, elapsedMs: () => performance.now() };

export class ClockWatch {
  readonly steps: ClockStep[] = [];
  readonly #clocks: Clocks;
  #aheadMs: number;

  constructor(clocks: Clocks = SYSTEM_CLOCKS) {
    this.#clocks = clocks;
    this.#aheadMs = clocks.wallMs() - clocks.elapsedMs();
  }

  /** To be called often: a step is noticed at the next call. */
  read(): void {
    const atMs = this.#clocks.wallMs();
    const aheadMs = atMs - this.#clocks.elapsedMs();
    const byMs = aheadMs - this.#aheadMs;
    this.#aheadMs = aheadMs;
    if (Math.abs(byMs) >= STEP_MS && this.steps.length < MAX_STEPS) this.steps.push({ atMs, byMs: Math.round(byMs) });
  }
}

// test/support/manual-time.ts — The time of a run as a test sets it.
import type { RunTime } from '../../simulator/run/ports.js';

export class ManualTime implements RunTime {
  readonly isVirtual = true;
  readonly #calls = new Set<() => void>();
  #nowMs: number;

  constructor(nowMs = 0) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  elapsedMs(): number {
    return this.#nowMs;
  }

  steps(): readonly [] {
    return [];
  }

  async pass(milliseconds: number): Promise<void> {
    this.#nowMs += milliseconds;
    for (const call of this.#calls) call();
  }

  every(_milliseconds: number, call: () => void): () => void {
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }
}

// simulator/fault/recovery.ts — How long the consumers needed after a fault: until every partition moved again, and until they had caught up.
import type { FaultRecovery } from '../history/fault-result.js';

/** Next offsets of one partition. */
export interface SeenOffsets {
  readonly partition: string;
  readonly committed: number;
  readonly latest: number;
}

/** Is fed with offsets as they are seen. All times are ms of one clock. */
export class RecoveryWatch {
  readonly #injectedAtMs: number;
  #healedAtMs: number | undefined;
  #atInjection: ReadonlyMap<string, number> | undefined;
  #atHealing: ReadonlyMap<string, number> | undefined;
  #detectedMs: number | null = null;
  #firstProgressMs: number | null = null;
  #caughtUpMs: number | null = null;

  constructor(injectedAtMs: number) {
    this.#injectedAtMs = injectedAtMs;
  }

  noticed(atMs: number): void {
    this.#detectedMs ??= atMs - this.#injectedAtMs;
  }

  get isNoticed(): boolean {
    return this.#detectedMs !== null;
  }

  healed(atMs: number): void {
    this.#healedAtMs = atMs;
  }

  offsets(atMs: number, seen: readonly SeenOffsets[]): void {
    if (!this.#atInjection) {
      this.#atInjection = new Map(seen.map(({ partition, committed }) => [partition, committed]));
      return;
    }
    const committedBefore = this.#atInjection;
    const isStuck = ({ partition, committed, latest }: SeenOffsets) =>
      committed < latest && committed <= (committedBefore.get(partition) ?? 0);
    if (!seen.some(isStuck)) this.#firstProgressMs ??= atMs - this.#injectedAtMs;
    if (this.#healedAtMs === undefined) return;
    this.#atHealing ??= new Map(seen.map(({ partition, latest }) => [partition, latest]));
    const goals = this.#atHealing;
    if (seen.every(({ partition, committed }) => committed >= (goals.get(partition) ?? 0))) {
      this.#caughtUpMs ??= atMs - this.#healedAtMs;
    }
  }

  get result(): FaultRecovery {
    const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms));
    return {
      detectedMs: rounded(this.#detectedMs),
      firstProgressMs: rounded(this.#firstProgressMs),
      caughtUpMs: rounded(this.#caughtUpMs),
    };
  }
}

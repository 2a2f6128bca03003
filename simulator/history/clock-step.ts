// simulator/history/clock-step.ts — The system's clock was set while the run went on, or the machine slept.
export interface ClockStep {
  /** Wall time after it, ms since 1970. */
  readonly atMs: number;
  /** How far the wall clock went beside the time that passed, ms; below 0 when it was set back. */
  readonly byMs: number;
}

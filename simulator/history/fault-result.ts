// simulator/history/fault-result.ts — What the run record says of one fault: when, what proves it, and how long the recovery took.

/** What proves that a fault happened, read from the thing itself. */
export interface FaultReceipt {
  readonly proven: boolean;
  readonly facts: readonly { readonly what: string; readonly before: string; readonly after: string }[];
}

/** Times in ms; null: not seen before the run was judged. */
export interface FaultRecovery {
  /** From the break until the group or the cluster had noticed; null too when neither has to notice. */
  readonly detectedMs: number | null;
  /** From the break until the group had committed anew in every partition in which it was behind. */
  readonly firstProgressMs: number | null;
  /** From the healing until everything that was in the log by then had been consumed. */
  readonly caughtUpMs: number | null;
}

/** One occurrence of a fault, whether it came or not. */
export interface FaultResult {
  readonly kind: string;
  /** What was broken, such as `consumer 2`; the name in the scenario when nothing was. */
  readonly target: string;
  /** Since the load began, ms; null when it never came. */
  readonly injectedAtMs: number | null;
  readonly healedAtMs: number | null;
  readonly receipt?: FaultReceipt;
  readonly recovery?: FaultRecovery;
  /** Why it was not injected, healed or proven. */
  readonly problem?: string;
}

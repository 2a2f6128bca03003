// simulator/history/fault-result.ts — What the run record says of one fault: when, what proves it, and how long the recovery took.

/** What proves that a fault happened, read from the thing itself. */
export interface FaultReceipt {
  readonly proven: boolean;
  readonly facts: readonly { readonly what: string; readonly before: string; readonly after: string }[];
}

/** Null: not seen before the run was judged. */
export interface FaultRecovery {
  /** From the break until the group or the cluster had noticed; null also where nobody has to. */
  readonly detectedMs: number | null;
  /** From the break until the group had committed anew in every partition that it was behind in. */
  readonly firstProgressMs: number | null;
  /** From the mending until all that was in the log by then had been consumed. */
  readonly caughtUpMs: number | null;
}

/** One time that something was broken, or was to be. */
export interface FaultResult {
  readonly kind: string;
  /** What was broken: `consumer 2`; as the scenario names it when nothing was. */
  readonly target: string;
  /** Since the load began, ms; null when it never was. */
  readonly injectedAtMs: number | null;
  readonly healedAtMs: number | null;
  readonly receipt?: FaultReceipt;
  readonly recovery?: FaultRecovery;
  /** Why it was not injected, healed or proven. */
  readonly problem?: string;
}

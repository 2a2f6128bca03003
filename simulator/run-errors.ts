// simulator/run-errors.ts — Ends of a run that are nobody's bug.

/** The user asked the run to end: exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

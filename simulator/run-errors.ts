// simulator/run-errors.ts — Ends of a command that are nobody's bug.

/** The user asked the run to end: exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

const HELP = '`sim --help` shows commands and options';

/** The command line cannot be understood: exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string;

  constructor(message: string, { hint = HELP, ...options }: ErrorOptions & { readonly hint?: string } = {}) {
    super(message, options);
    this.hint = hint;
  }
}

// simulator/record/record-error.ts — A record that cannot be written or read.

/** `hint` says what to do about it. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly hint: string | undefined;
  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

// simulator/record/record-error.ts — A record that cannot be written or read.

export type RecordErrorCode =
  /** The folder or file cannot be written. */
  | 'not-writable'
  | 'disk-full'
  /** There is no record. */
  | 'missing'
  /** It is not what a run writes. */
  | 'broken'
  /** It is of another version of the format. */
  | 'version';

/** `hint` says what to do about it. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly code: RecordErrorCode;
  readonly hint: string;
  constructor(
    message: string,
    options: { readonly code: RecordErrorCode; readonly hint: string; readonly cause?: unknown },
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = options.code;
    this.hint = options.hint;
  }
}

/** What the system said about a write -> what the user reads. */
export function writeError(what: string, cause: unknown): RecordError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const isFull = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
  return new RecordError(`${what} could not be written: ${said}`, {
    code: isFull ? 'disk-full' : 'not-writable',
    hint: isFull
      ? 'make room on the disk, or name another folder by --reports DIR'
      : 'name a folder that you may write to by --reports DIR',
    cause,
  });
}

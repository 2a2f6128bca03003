// simulator/errors.ts — Every way in which a command of sim ends, and its exit code.

/** The user asked the run to end: exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

export const HELP = '`sim --help` shows commands and options';

/** The command line cannot be understood: exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string;

  constructor(message: string, { hint = HELP, ...options }: ErrorOptions & { readonly hint?: string } = {}) {
    super(message, options);
    this.hint = hint;
  }
}

/** Something that the run needs is not there, or broke: exit code 69. */
export class InfraError extends Error {
  override readonly name = 'InfraError';
  /** What the user can do about it, with the exact command where there is one. */
  readonly hint: string | undefined;
  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

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

/** The scenario cannot be used; `problems` lists everything wrong with it, one line each. Exit code 64. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`);
    this.problems = problems;
  }
}

export const EXIT = {
  pass: 0,
  fail: 1,
  unknown: 2,
  threshold: 3,
  usage: 64,
  infrastructure: 69,
  bug: 70,
  interrupted: 130,
} as const;

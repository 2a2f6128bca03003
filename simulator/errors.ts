// simulator/errors.ts — Every way in which a command of sim ends: the exit codes, and the errors that lead to them.

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

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Help, documentation and reports take their texts from here. */
export const EXIT_CODES: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  { code: EXIT.pass, meaning: 'the ranking was right (or the run ended as the scenario expects), thresholds met' },
  { code: EXIT.fail, meaning: 'wrong answer' },
  { code: EXIT.unknown, meaning: 'unknown: too little was seen to judge' },
  { code: EXIT.threshold, meaning: 'a threshold was missed' },
  { code: EXIT.usage, meaning: 'bad scenario or usage' },
  { code: EXIT.infrastructure, meaning: 'Kafka, Redis or something they need is not available' },
  { code: EXIT.bug, meaning: 'a bug in sim' },
  { code: EXIT.interrupted, meaning: 'interrupted' },
];

export function exitMeaning(exitCode: number): string {
  return EXIT_CODES.find(({ code }) => code === exitCode)?.meaning ?? 'not an exit code of sim';
}

export type RecordErrorKind = 'not-writable' | 'disk-full' | 'record-missing' | 'record-broken' | 'record-version';
export type ErrorKind = 'usage' | 'scenario' | 'infrastructure' | 'interrupted' | RecordErrorKind;

/** A record that cannot be read was named wrongly; one that cannot be written lacks room or rights. */
const EXIT_CODE_OF: Readonly<Record<ErrorKind, ExitCode>> = {
  usage: EXIT.usage,
  scenario: EXIT.usage,
  infrastructure: EXIT.infrastructure,
  interrupted: EXIT.interrupted,
  'not-writable': EXIT.infrastructure,
  'disk-full': EXIT.infrastructure,
  'record-missing': EXIT.usage,
  'record-broken': EXIT.usage,
  'record-version': EXIT.usage,
};

export interface ErrorDetails {
  /** What the user can do about it, with the exact command where there is one. */
  readonly hint?: string | undefined;
  /** One line each. */
  readonly problems?: readonly string[];
  readonly cause?: unknown;
}

/** An end that a user, a server or a machine causes. Every other error is a bug of sim. */
export class SimError extends Error {
  override readonly name = 'SimError';
  readonly kind: ErrorKind;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly problems: readonly string[];

  constructor(kind: ErrorKind, message: string, { hint, problems = [], cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.kind = kind;
    this.exitCode = EXIT_CODE_OF[kind];
    this.hint = hint;
    this.problems = problems;
  }
}

/** The user asked the command to end. */
export class InterruptedError extends SimError {
  constructor(message: string, details: ErrorDetails = {}) {
    super('interrupted', message, details);
  }
}

/** The command as the user called it, so that what is printed can be typed again. The launcher says how: `./sim`, `sim` or `npx sim`. */
export function calledAs(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const { SIM_CALLED_AS: words = '' } = environment;
  if (words === 'npx sim') return words;
  return words === '' ? 'sim' : shellWord(words);
}

/** A word as a shell takes it: between quotes where it holds blanks or signs that mean something. */
export function shellWord(word: string): string {
  return /^[\w.,=:/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command line cannot be understood. */
export class UsageError extends SimError {
  constructor(
    message: string,
    { hint = `\`${calledAs()} --help\` shows commands and options`, ...details }: ErrorDetails = {},
  ) {
    super('usage', message, { ...details, hint });
  }
}

/** Something that the run needs is not there, or broke. */
export class InfraError extends SimError {
  constructor(message: string, details: ErrorDetails = {}) {
    super('infrastructure', message, details);
  }
}

/** The folder of a run, or a file in it, cannot be written or read. */
export class RecordError extends SimError {
  override readonly hint: string;

  constructor(
    message: string,
    { kind, ...details }: ErrorDetails & { readonly kind: RecordErrorKind; readonly hint: string },
  ) {
    super(kind, message, details);
    this.hint = details.hint;
  }
}

/** Whoever has more must begin somewhere. */
const MAX_PROBLEMS = 100;

/** A file cannot be used; `problems` lists everything wrong with it. */
export class ScenarioError extends SimError {
  constructor(file: string, problems: readonly string[]) {
    const more = problems.length - MAX_PROBLEMS;
    super('scenario', `${file}: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`, {
      problems: more > 0 ? [...problems.slice(0, MAX_PROBLEMS), `and ${more} more`] : problems,
    });
  }
}

/** What the system said about a write -> what the user reads. */
export function writeError(what: string, cause: unknown): RecordError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const isFull = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
  return new RecordError(`${what} could not be written: ${said}`, {
    kind: isFull ? 'disk-full' : 'not-writable',
    hint: isFull
      ? 'make room on the disk, or name another folder by --reports DIR'
      : 'name a folder that you may write to by --reports DIR',
    cause,
  });
}

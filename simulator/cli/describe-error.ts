// simulator/cli/describe-error.ts — What ended a command -> what the user reads, and the exit code.
import { EXIT, type ExitCode, InfraError, InterruptedError, SimError } from '../errors.js';
import { visible } from '../report/print/visible.js';
import { foreignLines } from '../vocabulary/foreign-text.js';

/** What the machine refuses is no bug of ours, wherever it does. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'make room on the disk, or name other folders: TMPDIR for servers, --reports for reports',
  EDQUOT: 'make room in your quota, or name other folders: TMPDIR for servers, --reports for reports',
  EROFS: 'name a folder that can be written to: TMPDIR for servers, --reports for reports',
  EACCES: 'name a folder that you may write to: TMPDIR for servers, --reports for reports',
  ENOTDIR:
    'name folders, where a file is on the way: TMPDIR for servers, XDG_CACHE_HOME for the cache, --reports for reports',
  ENAMETOOLONG: 'choose a shorter name',
  EMFILE: 'allow more open files: ulimit -n 4096',
  ENOMEM: 'free memory, or lower the load',
};

/** An abort and a refusal of the system as the SimErrors that they are; anything else as it is. */
function asKnown(error: unknown): unknown {
  if (isAbort(error)) return new InterruptedError('interrupted', { cause: error });
  const { code, syscall, message } = (error ?? {}) as NodeJS.ErrnoException;
  const hint = error instanceof Error && syscall !== undefined && code !== undefined ? REFUSALS[code] : undefined;
  return hint === undefined ? error : new InfraError(`the system refuses: ${message}`, { hint, cause: error });
}

export interface DescribedError {
  /** One sentence. */
  readonly message: string;
  readonly hint: string | undefined;
  /** All that the user reads, with the end of its last line. */
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** A SimError says what is wrong and needs no stack. Every other error is a bug and shows one. */
export function describeError(thrown: unknown): DescribedError {
  const error = asKnown(thrown);
  if (error instanceof SimError) {
    const { message, hint, exitCode } = error;
    return { message, hint, text: `sim: ${linesOf(error)}`, exitCode };
  }
  const message = error instanceof Error ? error.message : String(error);
  const shown = error instanceof Error ? (error.stack ?? message) : message;
  const text = `sim: this is a bug in sim; please report it with what you ran:\n${readable(shown)}\n`;
  return { message, hint: undefined, text, exitCode: EXIT.bug };
}

/** Its message, problems and hint, each line with its end. */
export function linesOf({ message, problems, hint }: SimError): string {
  const below = [...problems, ...(hint === undefined ? [] : [hint])].map((text) => text.replaceAll(/^/gm, '  '));
  return [message, ...below].map((text) => `${readable(text)}\n`).join('');
}

/** Names and values from files stand in errors; one line may not fill the terminal. */
function readable(text: string): string {
  return foreignLines(visible(text));
}

/** `AbortSignal` rejects with a DOMException, Node.js with an error of its own; neither is of a class that both share. */
function isAbort(error: unknown): boolean {
  if (error instanceof DOMException) return error.code === DOMException.ABORT_ERR;
  return error instanceof Error && 'code' in error && error.code === 'ABORT_ERR';
}

// simulator/cli/describe-error.ts — What ended a command -> what the user reads, and the exit code.
import { EXIT, InfraError } from '../errors.js';

/** What the machine refuses is no bug of ours, wherever it does. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'make room on the disk, or name other folders: TMPDIR for servers, --reports for reports',
  EDQUOT: 'make room in your quota, or name other folders: TMPDIR for servers, --reports for reports',
  EROFS: 'name a folder that can be written to: TMPDIR for servers, --reports for reports',
  EACCES: 'name a folder that you may write to: TMPDIR for servers, --reports for reports',
  EMFILE: 'allow more open files: ulimit -n 4096',
  ENOMEM: 'free memory, or lower the load',
};

/** A refusal of the system as an InfraError; anything else as it is. */
export function asKnown(error: unknown): unknown {
  const { code, syscall, message } = (error ?? {}) as NodeJS.ErrnoException;
  const hint = error instanceof Error && syscall !== undefined && code !== undefined ? REFUSALS[code] : undefined;
  return hint === undefined ? error : new InfraError(`the system refuses: ${message}`, { hint, cause: error });
}

/** An error that says what is wrong needs no stack; anything else is a bug of ours and shows one. */
export function describeError(thrown: unknown): { readonly text: string; readonly exitCode: number } {
  const error = asKnown(thrown);
  if (!(error instanceof Error)) return { text: `sim: ${String(error)}\n`, exitCode: EXIT.bug };
  const { name, message } = error;
  const { hint } = error as { hint?: string };
  const hinted = `sim: ${message}\n${hint === undefined ? '' : `${hint.replaceAll(/^/gm, '  ')}\n`}`;
  switch (name) {
    case 'ScenarioError': {
      const problems = (error as { problems?: readonly string[] }).problems ?? [];
      return { text: `sim: ${message}\n${problems.map((problem) => `  ${problem}\n`).join('')}`, exitCode: EXIT.usage };
    }
    case 'UsageError':
      return { text: hinted, exitCode: EXIT.usage };
    case 'InfraError':
      return { text: hinted, exitCode: EXIT.infrastructure };
    case 'RecordError': {
      // What cannot be read was named wrongly; what cannot be written is missing room or rights.
      const isNamed = ['missing', 'broken', 'version'].includes((error as { code?: string }).code ?? '');
      return { text: hinted, exitCode: isNamed ? EXIT.usage : EXIT.infrastructure };
    }
    case 'InterruptedError':
    case 'AbortError':
      return { text: hinted, exitCode: EXIT.interrupted };
    default:
      return {
        text: `sim: this is a bug in sim; please report it with what you ran:\n${error.stack ?? message}\n`,
        exitCode: EXIT.bug,
      };
  }
}

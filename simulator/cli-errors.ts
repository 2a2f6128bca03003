// simulator/cli-errors.ts — What ended a command -> what the user reads, and the exit code.
import { EXIT } from './outcome.js';

/** An error that says what is wrong needs no stack; anything else is a bug of ours and shows one. */
export function describeError(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (!(error instanceof Error)) return { text: `sim: ${String(error)}\n`, exitCode: EXIT.bug };
  const { name, message } = error;
  const hint = (error as { hint?: string }).hint;
  const hinted = `sim: ${message}\n${hint === undefined ? '' : `${hint.replaceAll(/^/gm, '  ')}\n`}`;
  switch (name) {
    case 'ScenarioError': {
      const problems = (error as { problems?: readonly string[] }).problems ?? [];
      return { text: `sim: ${message}\n${problems.map((problem) => `  ${problem}\n`).join('')}`, exitCode: EXIT.usage };
    }
    case 'UsageError':
    case 'YError':
      return { text: `sim: ${message}\n  \`sim --help\` shows the commands and options\n`, exitCode: EXIT.usage };
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

// simulator/cli/command.ts — What a command of the line is: its options and help, and an action that is loaded only when it is asked for.
import type { ArgumentsCamelCase, Argv } from 'yargs';

export interface CommandContext {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Writes a line to standard error. */
  readonly say: (line: string) => void;
}

/** @returns the exit code */
export type Action = (context: CommandContext) => Promise<number>;

export interface CommandModule<Options> {
  /** `run <scenario>` */
  readonly command: string;
  readonly describe: string;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  readonly builder: (parser: Argv) => Argv<Options>;
  /** Imports what does the work, so that `--help` need not wait for it. */
  readonly handler: (args: ArgumentsCamelCase<Options>, context: CommandContext) => Promise<number>;
}

export interface Command {
  readonly name: string;
  /** @param found is given the action of the command, when it is the one that the arguments name */
  readonly addTo: (parser: Argv, found: (action: Action) => void) => void;
}

export function commandOf<Options>(module: CommandModule<Options>): Command {
  const { command, describe, examples, builder, handler } = module;
  const [name = command] = command.split(' ');
  return {
    name,
    addTo: (parser, found) => {
      parser.command(
        command,
        describe,
        (own) => builder(examples.reduce((shown, [line, meaning]) => shown.example(line, meaning), own)),
        (args) => found((context) => handler(args, context)),
      );
    },
  };
}

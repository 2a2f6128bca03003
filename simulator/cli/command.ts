// simulator/cli/command.ts — What a command of the line is: its options and help, and an action that is loaded only when it is asked for.
import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options, PositionalOptions } from 'yargs';

export interface CommandContext {
  /** Aborted by Ctrl-C. Ask for it only when something was started that must be stopped: then Ctrl-C waits for that. */
  readonly signal: AbortSignal;
  /** Writes a line to standard error. */
  readonly say: (line: string) => void;
}

type Positionals = Readonly<Record<string, PositionalOptions>>;
type NamedOptions = Readonly<Record<string, Options>>;

interface CommandModule<Named extends NamedOptions, Placed extends Positionals> {
  /** `run <scenario>` */
  readonly command: string;
  readonly describe: string;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Its result is what it prints: when that is lost, it fails. */
  readonly isPrinted?: boolean;
  readonly positionals: Placed;
  readonly options: Named;
  /** Imports what does the work, so that `--help` need not wait for it. @returns the exit code */
  readonly handler: (
    args: ArgumentsCamelCase<InferredOptionTypes<Named> & InferredOptionTypes<Placed>>,
    context: CommandContext,
  ) => Promise<number>;
}

export interface FoundCommand {
  readonly isPrinted: boolean;
  /** @returns the exit code */
  readonly action: (context: CommandContext) => Promise<number>;
}

export interface Command {
  readonly name: string;
  readonly options: NamedOptions;
  readonly positionals: Positionals;
  /** @param found is called when the arguments name this command */
  readonly addTo: (parser: Argv, found: (command: FoundCommand) => void) => void;
}

export function commandOf<const Named extends NamedOptions, const Placed extends Positionals>(
  module: CommandModule<Named, Placed>,
): Command {
  const { command, describe, examples, isPrinted = false, positionals, options, handler } = module;
  const [name = command] = command.split(' ');
  return {
    name,
    options,
    positionals,
    addTo: (parser, found) => {
      parser.command<InferredOptionTypes<Named> & InferredOptionTypes<Placed>>({
        command,
        describe,
        builder: (own) => {
          for (const [line, meaning] of examples) own.example(line, meaning);
          for (const [one, of] of Object.entries(positionals)) own.positional(one, of);
          own.options(options);
          // Types are not followed through the loop; those of `handler` come from the options themselves.
          return own as never;
        },
        handler: (args) => found({ isPrinted, action: (context) => handler(args, context) }),
      });
    },
  };
}

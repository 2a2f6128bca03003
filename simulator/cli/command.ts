// simulator/cli/command.ts — What a command of the line is: its options and help, and an action that is loaded only when it is asked for.
import type { ArgumentsCamelCase, Argv } from 'yargs';

export interface CommandContext {
  /** Aborted by Ctrl-C. Ask for it only when something was started that must be stopped: then Ctrl-C waits for that. */
  readonly signal: AbortSignal;
  /** Writes a line to standard error. */
  readonly say: (line: string) => void;
}

export interface FoundCommand {
  readonly name: string;
  readonly isPrinted: boolean;
  /** @returns the exit code */
  readonly action: (context: CommandContext) => Promise<number>;
}

export interface CommandModule<Options> {
  /** `run <scenario>` */
  readonly command: string;
  readonly describe: string;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Its result is what it prints: when that is lost, it fails. */
  readonly isPrinted?: boolean;
  readonly builder: (parser: Argv) => Argv<Options>;
  /** Imports what does the work, so that `--help` need not wait for it. */
  readonly handler: (args: ArgumentsCamelCase<Options>, context: CommandContext) => Promise<number>;
}

export interface Command {
  readonly name: string;
  /** @param found is called when the arguments name this command */
  readonly addTo: (parser: Argv, found: (command: FoundCommand) => void) => void;
}

export function commandOf<Options>(module: CommandModule<Options>): Command {
  const { command, describe, examples, isPrinted = false, builder, handler } = module;
  const [name = command] = command.split(' ');
  return {
    name,
    addTo: (parser, found) => {
      parser.command(
        command,
        describe,
        (own) => builder(examples.reduce((shown, [line, meaning]) => shown.example(line, meaning), own)),
        (args) => found({ name, isPrinted, action: (context) => handler(args, context) }),
      );
    },
  };
}

// simulator/cli/parse.ts — Arguments -> the command that they name, with its options.
import yargs from 'yargs';
import { UsageError } from '../errors.js';
import type { FoundCommand } from './command.js';
import { COMMANDS } from './commands.js';
import { EPILOGUE, USAGE } from './help.js';

const MAX_COLUMNS = 110;

/** @returns undefined when help or the version was asked for, and printed. @throws UsageError */
export async function parse(args: readonly string[]): Promise<FoundCommand | undefined> {
  let named: FoundCommand | undefined;
  const parser = yargs([...args])
    .scriptName('sim')
    .usage(USAGE)
    .epilogue(EPILOGUE)
    .demandCommand(1, 'Name a command; `sim --help` lists them.')
    .recommendCommands()
    .strict()
    .wrap(Math.min(MAX_COLUMNS, process.stdout.columns ?? MAX_COLUMNS))
    .exitProcess(false)
    .fail((message, error) => {
      const words = (error?.message ?? message).replace('Not enough non-option arguments', 'an argument is missing');
      throw new UsageError(words, { hint: helpOf(args[0]) });
    });
  for (const command of COMMANDS) {
    command.addTo(parser, (found) => {
      named = found;
    });
  }
  await parser.parseAsync();
  return named;
}

/** Points to the help of the command, where the word is one. */
function helpOf(word: string | undefined): string {
  const isCommand = COMMANDS.some(({ name }) => name === word);
  return `\`sim ${isCommand ? `${word} ` : ''}--help\` shows commands and options`;
}

// simulator/cli/parse.ts — Arguments -> the command that they name, with its options.
import { distance } from 'fastest-levenshtein';
import yargs from 'yargs';
import { UsageError } from '../errors.js';
import { simVersion } from '../run/machine.js';
import type { Command, FoundCommand } from './command.js';
import { COMMANDS } from './commands.js';
import { EPILOGUE, USAGE } from './help.js';

const MAX_COLUMNS = 110;
/** The words of yargs that are replaced. */
const TOO_FEW = 'Not enough non-option arguments: got %s, need at least %s';
const MISSING = 'an argument is missing: %s given, %s needed';
const EVERYWHERE = ['help', 'version'];
/** What stands before a command, or alone. */
const NO_COMMAND = { name: 'sim', options: {} };

/** @returns undefined when help or the version was asked for, and printed. @throws UsageError */
export async function parse(args: readonly string[], calledAs = 'sim'): Promise<FoundCommand | undefined> {
  let named: FoundCommand | undefined;
  const [word] = args;
  const command = COMMANDS.find(({ name }) => name === word);
  const hint = `\`${calledAs} ${command ? `${command.name} ` : ''}--help\` shows commands and options`;
  const refuse = (message: string): never => {
    throw new UsageError(message, { hint });
  };
  if (word !== undefined && !word.startsWith('-') && !command) refuse(unknownWord(word));
  if (command) expectKnownOptions(args, command, refuse);
  else if (word?.startsWith('-')) expectKnownOptions(args, NO_COMMAND, refuse);
  const parser = yargs([...args])
    .scriptName(calledAs)
    .usage(USAGE)
    .epilogue(EPILOGUE)
    .demandCommand(1, `Name a command; \`${calledAs} --help\` lists them.`)
    .strict()
    .version(simVersion())
    .check((argv) => expectValues(argv, refuse), true)
    .wrap(Math.min(MAX_COLUMNS, process.stdout.columns ?? MAX_COLUMNS))
    .exitProcess(false)
    .updateStrings({ [TOO_FEW]: { one: MISSING, other: MISSING } } as never)
    .fail((message, error) => refuse(error?.message ?? message));
  for (const one of COMMANDS) {
    one.addTo(parser, (found) => {
      named = found;
    });
  }
  await parser.parseAsync();
  return named;
}

/** yargs would name it without the nearest option of this command. */
function expectKnownOptions(
  args: readonly string[],
  { name, options }: Pick<Command, 'name' | 'options'>,
  refuse: (message: string) => never,
) {
  const end = args.indexOf('--');
  const known = [...Object.keys(options), ...EVERYWHERE];
  for (const arg of end < 0 ? args : args.slice(0, end)) {
    // yargs would hand it on as an empty value.
    if (arg === '-') refuse('-: standard input has no name here; name /dev/stdin');
    const [, option, value] = /^--(?:no-)?([^=]+)(?:=(.*))?/s.exec(arg) ?? [];
    if (option === undefined) continue;
    if (value !== undefined && isSwitch(option, options) && !['true', 'false'].includes(value))
      refuse(`${option}: is on or off, and takes no value; found ${value}`);
    if (known.includes(kebabCase(option)) || isAlias(option, options)) continue;
    const nearest = nearestOf(option, known);
    refuse(`Unknown option of ${name}: ${option}${nearest === undefined ? '' : `; did you mean --${nearest}?`}`);
  }
}

function isAlias(option: string, options: Command['options']): boolean {
  return Object.values(options).some(({ alias }) => alias === option);
}

/** yargs would take any value for off. */
function isSwitch(option: string, options: Command['options']): boolean {
  return options[kebabCase(option)]?.type === 'boolean';
}

/** yargs also takes `--kafkaSecurity`. */
function kebabCase(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function unknownWord(word: string): string {
  const names = COMMANDS.map(({ name }) => name);
  const nearest = nearestOf(word, names);
  return `Unknown command: ${word || '(an empty word)'}. ${nearest === undefined ? `There is ${names.join(', ')}.` : `Did you mean ${nearest}?`}`;
}

function nearestOf(given: string, known: readonly string[]): string | undefined {
  const [nearest] = [...known].sort((a, b) => distance(given, a) - distance(given, b));
  if (nearest === undefined) return undefined;
  const far = distance(given, nearest);
  return far < given.length && far <= Math.max(2, Math.floor(given.length / 3)) ? nearest : undefined;
}

/** An empty value is a variable of the shell that is not set; a value given twice is a mistake. */
function expectValues(argv: Readonly<Record<string, unknown>>, refuse: (message: string) => never): boolean {
  const lists = COMMANDS.flatMap(({ options, positionals }) => Object.entries({ ...options, ...positionals }))
    .filter(([, { array }]) => array)
    .map(([name]) => name);
  for (const [name, value] of Object.entries(argv)) {
    if (name === '_' || name === '$0') continue;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.some((one) => one === '')) refuse(`${name}: expected a value, found an empty one`);
    if (values.some((one) => typeof one === 'string' && one.includes('\0'))) refuse(`${name}: holds a NUL character`);
    if (Array.isArray(value) && !lists.includes(name)) refuse(`${name}: is given ${value.length} times`);
  }
  return true;
}

// consumer/settings/flags.ts — Command line -> settings: each setting NAME_OF_IT has a flag --name-of-it=value, and there are no others.
import { parseArgs } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';

export interface Flags {
  /** Setting to value; of a flag that is given twice, the last counts. */
  readonly given: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
  readonly isHelp: boolean;
}

/** Nothing further away than this is taken for what was meant. */
const MISSPELT_AT_MOST = 4;

/** @param settings names as they are in the environment */
export function readFlags(args: readonly string[], settings: readonly string[]): Flags {
  const settingOf = new Map(settings.map((setting) => [flagOf(setting), setting]));
  const options = Object.fromEntries(
    settings.map((setting) => [flagOf(setting).slice(2), { type: 'string' as const }]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given: Record<string, string> = {};
  const problems: string[] = [];
  let isHelp = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') problems.push(`${token.value}: expected --flag=value`);
    else if (token.rawName === '--help') isHelp = true;
    else {
      const setting = settingOf.get(token.rawName);
      if (setting === undefined) problems.push(`${token.rawName}: ${unknown(token.rawName, [...settingOf.keys()])}`);
      // Without the equals sign the next flag could be taken for the value.
      else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('-')))
        problems.push(`${token.rawName}: expected a value, as ${token.rawName}=…`);
      else given[setting] = token.value;
    }
  }
  return { given, problems, isHelp };
}

/** `KAFKA_BROKERS` -> `--kafka-brokers` */
export function flagOf(setting: string): string {
  return `--${setting.toLowerCase().replaceAll('_', '-')}`;
}

function unknown(flag: string, known: readonly string[]): string {
  const nearest = closest(flag, known);
  const isNear = distance(flag, nearest) <= MISSPELT_AT_MOST;
  return `expected a known flag${isNear ? `; did you mean ${nearest}?` : ' (--help lists them)'}`;
}

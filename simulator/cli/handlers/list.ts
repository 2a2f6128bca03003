// simulator/cli/handlers/list.ts — `sim list`: the scenarios and SUT files that come with sim, each with its own words.
import { elementAt } from '../../../contract/assert.js';
import { calledAs, EXIT } from '../../errors.js';
import { projectFile } from '../../infra/machine/project-file.js';
import { wrap } from '../../report/print/terminal-layout.js';
import { parseJson } from '../../scenario/parse-json.js';
import { readText } from '../../scenario/read-text.js';
import { shippedNames } from '../shipped-files.js';

/** Before the name and before the words. */
const INDENT = 4;
/** Words beside a name take at least this many columns. */
const NARROW = 30;

export async function list(): Promise<number> {
  const scenarios = await linesOf('scenarios');
  const suts = await linesOf('suts');
  const sim = calledAs();
  process.stdout.write(
    `Scenarios, for ${sim} run NAME\n${scenarios.join('')}\nConsumers under test, for ${sim} run NAME --sut NAME\n${suts.join('')}`,
  );
  return EXIT.pass;
}

async function linesOf(folder: 'scenarios' | 'suts'): Promise<string[]> {
  const names = shippedNames(folder);
  const width = Math.max(...names.map(({ length }) => length));
  const descriptions = await Promise.all(names.map((name) => descriptionOf(projectFile(folder, `${name}.json`))));
  // A pipe is given a line for each name, which can be searched.
  const { columns = Number.POSITIVE_INFINITY } = process.stdout;
  return names.map((name, index) => entry(name.padEnd(width), firstSentence(elementAt(descriptions, index)), columns));
}

/** The words stand beside the name, or below it where there is no room beside. */
function entry(name: string, words: string, columns: number): string {
  const beside = columns - name.length - INDENT;
  if (beside < NARROW) {
    const lines = wrap(words, columns - 2).map((line) => `  ${line}\n`);
    return `  ${name.trim()}\n${lines.join('')}`;
  }
  const [first = '', ...others] = wrap(words, beside).map((line) => line.trim());
  const below = others.map((line) => `${' '.repeat(name.length + INDENT)}${line}\n`);
  return `  ${name}  ${first}\n${below.join('')}`;
}

/** The file is not loaded, as it may need variables of the environment. */
async function descriptionOf(file: string): Promise<string> {
  const read = await readText(file);
  const parsed = 'text' in read ? parseJson(read.text) : { problems: [] };
  if (!('content' in parsed) || !('description' in parsed.content)) return '';
  return String(parsed.content.description);
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.?!])\s/, 1)[0] ?? text;
}

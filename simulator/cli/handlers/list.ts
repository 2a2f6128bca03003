// simulator/cli/handlers/list.ts — `sim list`: the scenarios and SUT files that come with sim, each with its own words.
import { calledAs, EXIT } from '../../errors.js';
import { projectFile } from '../../infra/machine/project-file.js';
import { parseJson } from '../../scenario/parse-json.js';
import { readText } from '../../scenario/read-text.js';
import { shippedNames } from '../shipped-files.js';

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
  return names.map((name, index) => `  ${name.padEnd(width)}  ${firstSentence(descriptions[index] ?? '')}\n`);
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

// test/style/documented-commands.test.ts — Every `sim` command and option that a document names exists.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from '../../simulator/cli/parse.js';
import { optionsIn, simCommandsIn } from '../support/documented-commands.js';
import { projectFiles } from '../support/project-files.js';

/** They belong to npm scripts, Node.js and docker. */
const OPTIONS_OF_OTHERS = [
  '--unit',
  '--e2e',
  '--seeds',
  '--scenarios',
  '--write',
  '--missing',
  '--profile',
  '--peak-day',
  '--max-semi-space-size',
];
const EACH_COMMAND = [
  ['run', 'x'],
  ['validate', 'x'],
  ['plan', 'x'],
  ['init', 'x'],
  ['report', 'x'],
  ['check', 'x'],
  ['extract', 'x'],
  ['up'],
  ['clean'],
];

const documents = projectFiles().filter(({ path }) => /^[A-Z]+\.md$|^docs\/.*\.md$|^scenarios\/.*\.md$/.test(path));

test('every sim command in a document is understood', async () => {
  const wrong: string[] = [];
  const shapes = new Set<string>();
  for (const { path, text } of documents) {
    for (const args of simCommandsIn(text)) {
      const shape = shapeOf(args);
      if (shapes.has(shape)) continue;
      shapes.add(shape);
      const problem = await problemOf(isMention(args) ? completed(args) : args);
      if (problem !== undefined) wrong.push(`${path}: sim ${args.join(' ')}: ${problem}`);
    }
  }
  assert.equal(wrong, []);
  assert.ok(shapes.size > 10, `expected more than 10 kinds of commands, found ${shapes.size}`);
});

test('every option that a document names is one of a command', async () => {
  const wrong: string[] = [];
  for (const option of new Set(documents.flatMap(({ text }) => optionsIn(text)))) {
    if (!OPTIONS_OF_OTHERS.includes(option) && !(await isOption(option))) wrong.push(option);
  }
  assert.equal(wrong, []);
});

test('a command or an option that is not there is noticed', async () => {
  assert.match(String(await problemOf(['fly', 'x'])), /Unknown argument|Did you mean|Unknown command/);
  assert.match(String(await problemOf(['run', 'x', '--fast'])), /^Unknown option of run: fast/);
  assert.is(await problemOf(['run', 'x', '--set', 'seed=7']), undefined);
});

test('commands are read as a shell reads them', () => {
  const markdown = '`./sim run a.json` and `--keep`\n```sh\n./sim run b.json --set \'c={"d":1}\' # why\nls\n```\n';
  assert.equal(simCommandsIn(markdown), [
    ['run', 'b.json', '--set', 'c={"d":1}'],
    ['run', 'a.json'],
  ]);
  assert.equal(optionsIn(markdown), ['--keep']);
});

/** Commands that differ in values only are checked once: to make a parser takes its time. */
function shapeOf(args: readonly string[]): string {
  return args.filter((arg, i) => i === 0 || arg.startsWith('-')).join(' ');
}

/** `sim plan --sut` in a sentence: what stands behind it does not matter there. */
function isMention(args: readonly string[]): boolean {
  return (
    args.slice(1).every((arg) => arg.startsWith('--')) &&
    !['up', 'down', 'doctor', 'list', 'clean'].includes(args[0] ?? '')
  );
}

function completed([command = '', ...options]: readonly string[]): string[] {
  return [command, 'x', ...options.map((option) => (option.includes('=') ? option : `${option}=1`))];
}

async function isOption(option: string): Promise<boolean> {
  for (const args of EACH_COMMAND) {
    if (!(await problemOf([...args, `${option}=1`]))?.startsWith('Unknown option')) return true;
  }
  return false;
}

/** The message when the arguments are no command; nothing is run. */
async function problemOf(args: readonly string[]): Promise<string | undefined> {
  try {
    const action = await parse(args);
    return action === undefined ? 'it names no command' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test.run();

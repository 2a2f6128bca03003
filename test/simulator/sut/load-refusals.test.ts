// test/simulator/sut/load-refusals.test.ts — What is wrong with a SUT file is told in a sentence, with exit code 64.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ScenarioError } from '../../../simulator/errors.js';
import { loadSut } from '../../../simulator/sut/load.js';
import { temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());
const file = join(folder.path, 'sut.json');

const base = { description: 'a test', command: ['true'] };
const ready = (one: object) => ({ ...base, ready: one });

const refusals: readonly (readonly [name: string, content: unknown, sentence: string])[] = [
  ['no description', { command: ['true'] }, 'description: expected string, found nothing'],
  ['a misspelt key', { ...base, comand: [] }, 'comand: unknown key; did you mean "command"?'],
  ['a scenario', { description: 'x', articles: { perDay: 1 }, arrivals: [] }, 'articles: unknown key'],
  ['no command, and the names of a run', { description: 'x' }, 'group: a consumer that runs elsewhere cannot know'],
  ['a command that is a text', { ...base, command: 'true' }, 'command: expected array'],
  ['a command of nothing', { ...base, command: [] }, 'command: Too small'],
  ['an empty word', { ...base, command: [''] }, 'command[0]: Too small'],
  ['a NUL in a word', { ...base, command: ['true', 'a\0b'] }, 'command[1]: expected a text without NUL'],
  ['a placeholder that is none', { ...base, command: ['{broker}'] }, 'command[0]: unknown placeholder {broker}'],
  ['a folder that is a file', { ...base, cwd: 'sut.json' }, 'is no folder'],
  ['a folder below a file', { ...base, cwd: 'sut.json/x' }, 'cwd: there is no folder'],
  ['a folder that is not there', { ...base, cwd: 'nowhere' }, 'cwd: there is no folder'],
  ['a folder with too long a name', { ...base, cwd: 'x'.repeat(5000) }, 'cwd: cannot be used: ENAMETOOLONG'],
  ['a NUL in the folder', { ...base, cwd: 'a\0' }, 'cwd: expected a text without NUL'],
  ['variables in a list', { ...base, env: [] }, 'env: expected record'],
  ['a variable that is a number', { ...base, env: { A: 1 } }, 'env.A: expected string'],
  ['a variable with = in its name', { ...base, env: { 'A=B': '' } }, 'env.A=B: expected the name of a variable'],
  ['a variable without a name', { ...base, env: { '': 'x' } }, 'expected the name of a variable'],
  ['a NUL in the name of a variable', { ...base, env: { 'A\0B=': 'c' } }, 'expected the name of a variable'],
  ['a NUL in a variable', { ...base, env: { A: '\0' } }, 'env.A: expected a text without NUL'],
  ['an empty group', { ...base, group: ' ' }, 'group: expected the name of a consumer group'],
  ['a group of two lines', { ...base, group: 'a\nb' }, 'group: expected the name of a consumer group'],
  ['a group of 201 letters', { ...base, group: 'g'.repeat(201) }, 'group: Too big'],
  ['a prefix with blanks', { ...base, topicPrefix: 'a b/c$' }, 'topicPrefix: expected letters, digits'],
  [
    'a prefix with what Kafka refuses',
    { ...base, topicPrefix: '{keyPrefix}' },
    'topicPrefix: expected letters, digits',
  ],
  ['an empty prefix', { ...base, topicPrefix: '' }, 'topicPrefix: expected letters, digits'],
  ['a prefix of 300 letters', { ...base, topicPrefix: 'a'.repeat(300) }, 'topicPrefix: expected at most 240'],
  ['a prefix that becomes too long', { ...base, topicPrefix: '{run}'.repeat(11) }, 'topicPrefix: expected at most 240'],
  ['a list for all days', { ...base, listKey: 'top' }, 'listKey: expected {day} in it'],
  ['a life of no time', { ...base, listTtlDays: 0 }, 'listTtlDays: Too small'],
  ['an address of a file', ready({ url: 'file:///etc/passwd' }), 'ready.url: expected an address'],
  ['an address without a host', ready({ url: 'http://' }), 'ready.url: expected an address'],
  ['a port that is none', ready({ url: 'http://a:99999/' }), 'ready.url: expected an address'],
  ['an address with a login', ready({ url: 'http://u:p@a/' }), 'ready.url: expected an address'],
  ['the port 0', ready({ url: 'http://a:0/' }), 'ready.url: expected an address'],
  ['ready as a word', ready('yes' as never), 'ready: expected object'],
  ['ready in no time', ready({ timeoutSeconds: 0 }), 'ready.timeoutSeconds: Too small'],
  ['ready in weeks', ready({ timeoutSeconds: 1e9 }), 'ready.timeoutSeconds: Too big'],
  ['a stop of hours', { ...base, stopSeconds: 1e9 }, 'stopSeconds: Too big'],
  ['a channel of another kind', { ...base, channel: 'ws://a' }, 'channel: expected an address'],
  ['a clock that is none', { ...base, clock: 'sun' }, 'clock: expected one of any, wall'],
  ['an order that is none', { ...base, ties: 'random' }, 'ties: expected one of newest first'],
  ['a trait in small letters', { ...base, traits: ['trim_loss'] }, 'did you mean "TRIM_LOSS"?'],
  ['a scenario that is a text', { ...base, scenario: 'x' }, 'scenario: expected record'],
  ['a scenario that extends', { ...base, scenario: { extends: 'a.json' } }, 'scenario.extends: is not read here'],
  ['itself as what it extends', { ...base, extends: 'sut.json' }, 'goes round in a circle'],
  [
    'a variable that is not set',
    { ...base, command: ['${SIM_TEST_NOTHING}'] },
    'the environment has no SIM_TEST_NOTHING',
  ],
  ['a variable of JavaScript', { ...base, command: ['${constructor}'] }, 'the environment has no constructor'],
];
for (const [name, content, sentence] of refusals) {
  test(`${name}: refused`, () => expectRefusal(JSON.stringify(content), sentence));
}

const texts: readonly (readonly [name: string, bytes: string | Buffer, sentence: string])[] = [
  ['nothing', '', 'is empty'],
  ['a list', '[]', 'found a list'],
  ['UTF-16', Buffer.from('\ufeff{"description":"x"}', 'utf16le'), 'is UTF-16'],
  ['Latin-1', Buffer.from('{"description":"caf\xe9"}', 'latin1'), 'looks like Latin-1'],
  ['a prototype', '{"description":"x","env":{"__proto__":"x"}}', 'the key "__proto__" cannot be used'],
];
for (const [name, bytes, sentence] of texts) {
  test(`${name} as a file: refused`, () => expectRefusal(bytes, sentence));
}

async function expectRefusal(bytes: string | Buffer, sentence: string): Promise<void> {
  writeFileSync(file, bytes);
  const error = await loadSut(file).catch((reason: unknown) => reason);
  if (!(error instanceof ScenarioError)) throw new Error(`expected a refusal, found ${JSON.stringify(error)}`);
  assert.is(error.exitCode, 64);
  const said = error.problems.join('\n');
  assert.ok(said.includes(sentence), said);
}

test.run();

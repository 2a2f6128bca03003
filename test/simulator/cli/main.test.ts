// test/simulator/cli/main.test.ts — Bad input gets a clear message and its own exit code, never a stack.
// time limit: 180 s
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { COMMANDS } from '../../../simulator/cli/commands.js';
import { callSim } from '../../support/call-sim.js';
import { startSim, temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());

function fileWith(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const cases: readonly (readonly [name: string, args: readonly string[], exitCode: number, message: RegExp])[] = [
  ['no command', [], 64, /Name a command/],
  ['an unknown command', ['rnu'], 64, /Did you mean run\?/],
  ['a command like no other', ['zzzzzz'], 64, /zzzzzz/],
  ['an unknown option', ['run', 'scenarios/smoke.json', '--sed=1'], 64, /sed/],
  ['a missing file', ['run', 'nothing.json'], 64, /nothing\.json.*\n.*no such file/],
  ['an empty file', ['run', fileWith('empty.json', '')], 64, /is empty/],
  ['a file that is not JSON', ['run', fileWith('text.json', 'hello')], 64, /not JSON/],
  ['a misspelt key', ['validate', fileWith('key.json', '{"descripton":"x"}')], 64, /did you mean "description"/],
  [
    'a broker that is not ours to break',
    ['validate', 'scenarios/leader-kill.json', '--brokers', 'kafka:9092', '--redis', 'redis://cache:6379'],
    64,
    /faults\[0\]: broker-kill: the servers at the addresses given are not this run’s to break/,
  ],
  ['a wrong --set', ['run', 'scenarios/smoke.json', '--set', 'sed=1'], 64, /did you mean "seed"/],
  ['wrong brokers', ['run', 'scenarios/smoke.json', '--brokers', 'nowhere'], 64, /expected host:port/],
  ['a wrong Redis address', ['run', 'scenarios/smoke.json', '--redis', '127.0.0.1:6379'], 64, /expected redis:\/\//],
  ['a folder without a run', ['report', folder.path], 64, /expected a recorded run/],
  ['a folder without a history', ['check', folder.path], 64, /expected a recorded run/],
  ['a folder to extract from without a run', ['extract', folder.path], 64, /expected a recorded run/],
  ['rivals that are no number', ['extract', folder.path, '--rivals', 'x'], 64, /--rivals: expected how many/],
];
for (const [name, args, exitCode, message] of cases) {
  test(`${name}: exit code ${exitCode}`, async () => {
    const ended = await callSim(args);
    const output = ended.stdout + ended.stderr;
    assert.is(ended.exitCode, exitCode, output);
    assert.match(output, message);
    assert.not.match(output, /^\s+at /m);
  });
}

test('a reports folder that is a file is said to be unusable, before anything starts', async () => {
  const { exitCode, stderr, stdout } = await callSim([
    'run',
    'scenarios/smoke.json',
    '--reports',
    fileWith('file', ''),
  ]);
  assert.is(exitCode, 69);
  assert.match(stderr + stdout, /could not be written/);
});

test('as a program: a wrong call ends with its code, and its message is on standard error', async () => {
  const { exitCode, stdout, stderr } = await startSim(['rnu']).ended;
  assert.equal([exitCode, stdout], [64, '']);
  assert.match(stderr, /Did you mean run\?/);
});

test('--help names every command and every exit code', async () => {
  const { exitCode, stdout } = await startSim(['--help']).ended;
  assert.is(exitCode, 0);
  for (const word of [...COMMANDS.map(({ name }) => name), '64', '69', '70', '130']) {
    assert.match(stdout, new RegExp(`\\b${word}\\b`));
  }
});

test('validate says what a good scenario holds', async () => {
  const { exitCode, stdout } = await callSim(['validate', 'scenarios/smoke.json', 'scenarios/peak-day.json']);
  assert.is(exitCode, 0);
  assert.match(stdout, 'scenarios/peak-day.json: ok, 5000000 events, 500000 articles, 1 day');
  const patched = await callSim(['validate', 'scenarios/smoke.json', '--set', 'articles.perDay=0']);
  assert.is(patched.exitCode, 64);
  assert.match(patched.stdout, 'articles.perDay');
});

test.run();

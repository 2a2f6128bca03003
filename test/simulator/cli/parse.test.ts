// test/simulator/cli/parse.test.ts — What is wrong with a command line is told in a sentence, with exit code 64.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from '../../../simulator/cli/parse.js';
import { SimError } from '../../../simulator/errors.js';

const refusals: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [[], 'Name a command'],
  [['rnu'], 'Unknown command: rnu. Did you mean run?'],
  [['vlidate', 'x'], 'Did you mean validate?'],
  [['Run', 'x'], 'Did you mean run?'],
  [['zzzzzz'], 'Unknown command: zzzzzz. There is run, validate'],
  [['help'], 'Unknown command: help'],
  [[''], 'Unknown command: (an empty word). There is run'],
  [['run'], 'an argument is missing: 0 given, 1 needed'],
  [['plan', '-'], 'name /dev/stdin'],
  [['plan', 'x', '--hash=maybe'], 'hash: is on or off'],
  [['run', 'x', '--keep=5'], 'keep: is on or off'],
  [['validate', 'x', '--break-containers=yes'], 'break-containers: is on or off'],
  [['plan', 'x', '--set'], 'Not enough arguments following: set'],
  [['plan', 'x', '-x'], 'Unknown argument: x'],
  [['extract', 'x', '--bug'], 'bug: expected a value'],
  [['plan'], 'an argument is missing'],
  [['validate'], 'an argument is missing'],
  [['init'], 'an argument is missing'],
  [['report'], 'an argument is missing'],
  [['check'], 'an argument is missing'],
  [['extract'], 'an argument is missing'],
  [['run', 'a', 'b'], 'Unknown argument: b'],
  [['init', 'a', 'b'], 'Unknown argument: b'],
  [['down', 'up'], 'Unknown argument: up'],
  [['run', ''], 'scenario: expected a value'],
  [['run', 'a\0b'], 'scenario: holds a NUL character'],
  [['run', 'x', '--sed=1'], 'Unknown option of run: sed; did you mean --set?'],
  [['run', 'x', '--brokres', 'a:1'], 'did you mean --brokers?'],
  [['run', 'x', '--report', 'r'], 'did you mean --reports?'],
  [['run', 'x', '--hash'], 'Unknown option of run: hash'],
  [['plan', 'x', '--reports', 'r'], 'Unknown option of plan: reports'],
  [['plan', 'x', '--redis', 'redis://a'], 'Unknown option of plan: redis'],
  [['extract', 'x', '--ouput', 'f'], 'did you mean --output?'],
  [['extract', 'x', '--rival', '3'], 'did you mean --rivals?'],
  [['up', '--node', '3'], 'did you mean --nodes?'],
  [['doctor', '--fix'], 'Unknown option of doctor: fix'],
  [['run', 'x', '--redis', ''], 'redis: expected a value'],
  [['run', 'x', '--redis='], 'redis: expected a value'],
  [['run', 'x', '--brokers', ''], 'brokers: expected a value'],
  [['run', 'x', '--kafka-security='], 'kafka-security: expected a value'],
  [['run', 'x', '--sut='], 'sut: expected a value'],
  [['run', 'x', '--reports='], 'reports: expected a value'],
  [['run', 'x', '--redis', 'a', '--redis', 'b'], 'redis: is given 2 times'],
  [['run', 'x', '--reports', 'a', '--reports', 'b'], 'reports: is given 2 times'],
  [['extract', 'x', '-o', 'a', '-o', 'b'], 'is given 2 times'],
  [['extract', 'x', '--expect', 'fail'], 'Invalid values'],
  [['up', '--nodes', '2'], 'Invalid values'],
  [['up', '--nodes', 'x'], 'Invalid values'],
];
for (const [args, sentence] of refusals) {
  test(`sim ${args.map((arg) => JSON.stringify(arg)).join(' ')} is refused`, async () => {
    const error = await parse(args).catch((reason: unknown) => reason);
    if (!(error instanceof SimError)) throw new Error(`expected a refusal, found ${String(error)}`);
    assert.is(error.exitCode, 64);
    assert.ok(error.message.includes(sentence), error.message);
    assert.match(String(error.hint), /^`sim (?:\w+ )?--help` shows commands and options$/);
  });
}

const accepted: readonly (readonly string[])[] = [
  ['run', 'x', '--kafka-security', '{}'],
  ['run', 'x', '--kafkaSecurity', '{}'],
  ['run', 'x', '--no-keep'],
  ['run', 'x', '--set', 'a=1', '--set', 'b=2'],
  ['validate', 'a', 'b', 'c'],
  ['extract', 'x', '--article', '1', '--article', '2', '-o', 'f'],
  ['up', '--nodes', '3'],
];
for (const args of accepted) {
  test(`sim ${args.join(' ')} is understood`, async () => {
    assert.type((await parse(args))?.action, 'function');
  });
}

test('hints name the command as it was called', async () => {
  const error = await parse(['run'], './sim').catch((reason: unknown) => reason);
  assert.is(error instanceof SimError && error.hint, '`./sim run --help` shows commands and options');
});

test.run();

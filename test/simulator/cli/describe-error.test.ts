// test/simulator/cli/describe-error.test.ts — A refusal of the machine is told without a stack; an unexpected error is a bug and shows one.
import { mkdtemp } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { describeError } from '../../../simulator/cli/describe-error.js';
import { InfraError, ScenarioError } from '../../../simulator/errors.js';

const refused = (code: string) =>
  Object.assign(new Error(`${code}: refused, copyfile 'a' -> 'b'`), { code, syscall: 'copyfile' });

test('a full disk is exit code 69 with what to do, wherever it shows', () => {
  const { text, exitCode } = describeError(refused('ENOSPC'));
  assert.is(exitCode, 69);
  assert.match(text, /^sim: the system refuses: ENOSPC: refused, copyfile 'a' -> 'b'\n {2}make room on the disk/);
  assert.not.match(text, /^\s+at /m);
});

test('an unexpected missing file is a bug, with its stack', async () => {
  const error = await mkdtemp('/nowhere/at/all/').catch((reason: unknown) => reason);
  const { text, exitCode } = describeError(error);
  assert.is(exitCode, 70);
  assert.match(text, /^sim: this is a bug in sim.*\n.*ENOENT/);
});

test('every line of a hint is indented below the message', () => {
  const error = new InfraError('no java', { hint: 'install it:\n  apt-get install java' });
  assert.equal(describeError(error), {
    message: 'no java',
    hint: 'install it:\n  apt-get install java',
    text: 'sim: no java\n  install it:\n    apt-get install java\n',
    exitCode: 69,
  });
});

test('what would act on a terminal is escaped, and a line of a page is cut', () => {
  const { text } = describeError(new ScenarioError('a\u001b[2J.json', ['\u0007rows: unknown key', 'x'.repeat(5000)]));
  const [title = '', problem, cut = ''] = text.split('\n');
  assert.is(title, 'sim: a\\u{1b}[2J.json: 2 problems');
  assert.is(problem, '  \\u{7}rows: unknown key');
  assert.is(cut.length, 1000);
  assert.ok(cut.endsWith('x…'));
});

test('an abort is an interruption, wherever it was thrown', async () => {
  for (const work of [
    sleep(1000, undefined, { signal: AbortSignal.abort() }),
    (async () => AbortSignal.abort().throwIfAborted())(),
  ]) {
    const error = await work.catch((reason: unknown) => reason);
    assert.is(describeError(error).exitCode, 130);
  }
});

test('what is thrown and is no error is a bug that shows it', () => {
  assert.equal(describeError('oops'), {
    message: 'oops',
    hint: undefined,
    text: 'sim: this is a bug in sim; please report it with what you ran:\noops\n',
    exitCode: 70,
  });
});

test.run();

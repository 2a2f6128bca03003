// test/simulator/cli/describe-error.test.ts — What the machine refuses is told without a stack; what nobody expects is a bug and shows one.
import { mkdtemp } from 'node:fs/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { describeError } from '../../../simulator/cli/describe-error.js';
import { InfraError } from '../../../simulator/errors.js';

const refused = (code: string) =>
  Object.assign(new Error(`${code}: refused, copyfile 'a' -> 'b'`), { code, syscall: 'copyfile' });

test('a full disk is exit code 69 with what to do, wherever it shows', () => {
  const { text, exitCode } = describeError(refused('ENOSPC'));
  assert.is(exitCode, 69);
  assert.match(text, /^sim: the system refuses: ENOSPC: refused, copyfile 'a' -> 'b'\n {2}make room on the disk/);
  assert.not.match(text, /^\s+at /m);
});

test('a file that is not there where nobody expects that is a bug, with its stack', async () => {
  const error = await mkdtemp('/nowhere/at/all/').catch((reason: unknown) => reason);
  const { text, exitCode } = describeError(error);
  assert.is(exitCode, 70);
  assert.match(text, /^sim: this is a bug in sim.*\n.*ENOENT/);
});

test('every line of a hint is indented below the message', () => {
  const error = new InfraError('no java', { hint: 'install it:\n  apt-get install java' });
  assert.equal(describeError(error), { text: 'sim: no java\n  install it:\n    apt-get install java\n', exitCode: 69 });
});

test.run();

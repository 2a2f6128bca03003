// test/simulator/infra/machine/programs.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InfraError } from '../../../../simulator/errors.js';
import { findProgram, runProgram } from '../../../../simulator/infra/machine/programs.js';

const { signal } = new AbortController();
const shell = (script: string, of = signal) => runProgram({ command: '/bin/sh', args: ['-c', script], signal: of });

test('a program is found on the PATH, the first name first', () => {
  assert.match(findProgram('no-such-program', 'sh') ?? '', /\/sh$/);
  assert.is(findProgram('no-such-program'), undefined);
});

test('the result holds the exit code and what was said on both streams', async () => {
  assert.equal(
    await shell('echo out; echo err >&2; exit 3').then(({ exitCode, output }) => [exitCode, output.split('\n').sort()]),
    [3, ['', 'err', 'out']],
  );
});

test('a program that is not there ends with 127', async () => {
  const { exitCode, output } = await runProgram({ command: '/no/such/program', args: [], signal });
  assert.is(exitCode, 127);
  assert.match(output, 'ENOENT');
});

test('an abort ends the program with all that it started', async () => {
  const abort = new AbortController();
  const startedAtMs = performance.now();
  const run = shell('sleep 30 & sleep 30', abort.signal).catch((reason: unknown) => reason);
  const reason = new Error('Ctrl-C');
  setTimeout(() => abort.abort(reason), 50);
  assert.is(await run, reason);
  assert.ok(performance.now() - startedAtMs < 5000);
});

test('an abort also ends a program that does not listen', async () => {
  const abort = new AbortController();
  const startedAtMs = performance.now();
  const run = shell("trap '' TERM; while :; do sleep 0.1; done", abort.signal).catch((reason: unknown) => reason);
  setTimeout(() => abort.abort(new Error('Ctrl-C')), 200);
  assert.instance(await run, Error);
  assert.ok(performance.now() - startedAtMs < 5000);
});

test('what the system refuses at once is a sentence, and no bug', async () => {
  const run = runProgram({ command: 'true', args: ['x'.repeat(300_000)], signal });
  const error = await run.catch((reason: unknown) => reason);
  assert.instance(error, InfraError);
  assert.match(String(error), 'true could not be started: spawn E2BIG');
});

test.run();

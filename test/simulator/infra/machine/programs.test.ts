// test/simulator/infra/machine/programs.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
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

test.run();

// test/simulator/cli/interruption.test.ts — The first signal unwinds what was started, the second ends at once, and an error in a timer is no verdict.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const WATCH = `
import { watchInterruption } from './simulator/cli/interruption.ts';
const interruption = watchInterruption((error) => { console.log('end', String(error)); process.exit(error.exitCode ?? 70); });
setInterval(() => {}, 1000);
`;

/** @param program says `ready` when it is */
function start(program: string): {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ready: Promise<unknown>;
} {
  const args = ['--import', 'tsx', '--input-type=module', '-e', `${WATCH}${program}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const ready = new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready')) resolve(undefined);
    });
  });
  return { child, said: () => said, ready };
}

test('before a command has started anything, a signal ends it as interrupted, whichever it is', async () => {
  const children = (['SIGTERM', 'SIGHUP', 'SIGINT'] as const).map((signal) => {
    const { child, ready } = start("console.log('ready');");
    const exit = once(child, 'exit');
    return ready.then(() => child.kill(signal)).then(() => exit);
  });
  // A shell makes 130 of SIGINT.
  assert.equal(await Promise.all(children), [
    [130, null],
    [130, null],
    [null, 'SIGINT'],
  ]);
});

test('after that the first signal aborts, and the second ends at once', async () => {
  const { child, said, ready } = start(`
    interruption.signal.addEventListener('abort', () => console.log('aborted'));
    console.log('ready');
  `);
  await ready;
  child.kill('SIGINT');
  while (!said().includes('aborted')) await once(child.stdout ?? child, 'data');
  child.kill('SIGINT');
  assert.equal(await once(child, 'exit'), [null, 'SIGINT']);
});

test('an error in a timer ends a command that has started nothing', async () => {
  const { child, said } = start("setTimeout(() => { throw new Error('late'); }, 1);");
  assert.equal(await once(child, 'exit'), [70, null]);
  assert.match(said(), 'end Error: late');
});

test('it aborts a command that has started something, and is the reason', async () => {
  const { child, said } = start(`
    interruption.signal.addEventListener('abort', () => {
      console.log(interruption.signal.reason.message, interruption.escaped().error.message);
      process.exit(0);
    });
    setTimeout(() => { throw new Error('late'); }, 1);
  `);
  assert.equal(await once(child, 'exit'), [0, null]);
  assert.match(said(), 'late late');
});

test('so does a promise that nobody awaits', async () => {
  const { child, said } = start("Promise.reject(new Error('lost'));");
  assert.equal(await once(child, 'exit'), [70, null]);
  assert.match(said(), 'end Error: lost');
});

test.run();

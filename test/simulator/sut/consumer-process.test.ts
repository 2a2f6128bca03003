// test/simulator/sut/consumer-process.test.ts — A consumer's children end with it; the consumer is a stand-in here.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../../../contract/waiting.js';
import { InfraError } from '../../../simulator/errors.js';
import { startGuardian } from '../../../simulator/infra/processes/guardian.js';
import { ConsumerProcess } from '../../../simulator/sut/consumer-process.js';
import { loadSut } from '../../../simulator/sut/load.js';
import { temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());

/** Starts a child in a session of its own, tells its id, and does what the rest of the code says. */
async function started(rest: string) {
  const pidFile = join(folder.path, 'child.pid');
  writeFileSync(pidFile, '');
  const child = "['-e', 'setInterval(() => undefined, 1000)'], { detached: true, stdio: 'ignore' }";
  const code = `const { spawn } = require('node:child_process');
    require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(spawn(process.execPath, ${child}).pid));
    ${rest}`;
  const file = join(folder.path, 'sut.json');
  writeFileSync(file, JSON.stringify({ description: 'A stand-in.', command: ['{node}', '-e', code] }));
  const guardian = await startGuardian();
  const process = await ConsumerProcess.start({
    service: { name: 'consumer', sut: await loadSut(file), groupId: 'group', instances: 1 },
    number: 1,
    logDir: folder.path,
    guardian,
    values: { node: globalThis.process.execPath },
    crashed: () => undefined,
  });
  const told = () => Number(readFileSync(pidFile, 'utf8')) || undefined;
  const childPid = await until(told, { withinMs: 30_000, pollMs: 20 });
  assert.ok(childPid, 'the child is there');
  return { process, guardian, childPid: childPid ?? 0 };
}

/** A killed child stays a zombie until its new parent takes notice. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function isGone(pid: number): Promise<boolean> {
  return (await until(() => !isAlive(pid), { withinMs: 10_000, pollMs: 20 })) === true;
}

test('a child in a session of its own ends with the consumer', async () => {
  const { process, guardian, childPid } = await started('setInterval(() => undefined, 1000);');
  assert.is(isAlive(childPid), true);
  await process[Symbol.asyncDispose]();
  assert.is(await isGone(childPid), true);
  await guardian[Symbol.asyncDispose]();
});

test('a child ends also when the consumer had ended before it', async () => {
  const { process, guardian, childPid } = await started('process.exit(0);');
  await until(() => process.state === 'ended', { withinMs: 10_000, pollMs: 20 });
  assert.is(isAlive(childPid), true);
  await process[Symbol.asyncDispose]();
  assert.is(await isGone(childPid), true);
  await guardian[Symbol.asyncDispose]();
});

test('a command that the system refuses at once is a sentence, and no bug', async () => {
  const file = join(folder.path, 'refused.json');
  writeFileSync(file, JSON.stringify({ description: 'A stand-in.', command: ['true', 'x'.repeat(300_000)] }));
  await using guardian = await startGuardian();
  const start = ConsumerProcess.start({
    service: { name: 'consumer', sut: await loadSut(file), groupId: 'group', instances: 1 },
    number: 1,
    logDir: folder.path,
    guardian,
    values: {},
    crashed: () => undefined,
  });
  const error = await start.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, InfraError);
  assert.match(String(error), 'consumer 1 could not be started: spawn E2BIG');
});

test.run();

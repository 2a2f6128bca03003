// test/simulator/infra/processes/guardian.test.ts
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startGuardian } from '../../../../simulator/infra/processes/guardian.js';
import { processIdentity } from '../../../../simulator/infra/processes/process-identity.js';

const test = suite<{ folder: string; pids: number[] }>('guardian');

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'simtest-'));
  context.pids = [];
});
test.after.each(({ folder, pids }) => {
  for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const isAlive = (pid: number) => processIdentity(pid) !== undefined;

/** A process that leads its own group, with a child in it. */
function startSleeper(pids: number[]): number {
  const { pid = 0 } = spawn('sh', ['-c', 'sleep 60 & wait'], { detached: true, stdio: 'ignore' });
  pids.push(pid);
  return pid;
}

/** Gives orders to a guardian in a process of its own, which is then killed. */
async function ownerKilledAfter(orders: string): Promise<void> {
  const code = `
    import { startGuardian } from './simulator/infra/processes/guardian.ts';
    const guardian = await startGuardian();
    ${orders}
    console.log('ready');
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: owner.stdout }), 'line');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
}

async function until(isTrue: () => boolean): Promise<boolean> {
  const deadlineMs = performance.now() + 5000;
  while (!isTrue() && performance.now() < deadlineMs) await sleep(20);
  return isTrue();
}

test('when its owner is killed, what it watches ends, and what it forgot stays', async ({ folder, pids }) => {
  const [watched, forgotten, last] = [startSleeper(pids), startSleeper(pids), startSleeper(pids)];
  const [odd, kept, plain] = ["a b*'", 'kept', 'plain'].map((name) => join(folder, name));
  for (const path of [odd, kept, plain]) mkdirSync(join(path ?? '', 'deep'), { recursive: true });
  const json = JSON.stringify;
  await ownerKilledAfter(`
    for (const pid of ${json([watched, forgotten, last])}) guardian.watchProcess(pid);
    for (const path of ${json([odd, kept, plain])}) guardian.watchDirectory(path);
    guardian.forgetProcess(${forgotten});
    guardian.forgetProcess(1999999999);
    guardian.forgetDirectory(${json(kept)});`);
  assert.ok(await until(() => !isAlive(watched) && !isAlive(last)), 'the watched processes ended');
  assert.ok(await until(() => !existsSync(odd ?? '') && !existsSync(plain ?? '')), 'the watched directories are gone');
  assert.ok(isAlive(forgotten));
  assert.ok(existsSync(kept ?? ''));
});

test('when it is disposed of, it ends and touches nothing', async ({ folder, pids }) => {
  const pid = startSleeper(pids);
  const guardian = await startGuardian();
  guardian.watchProcess(pid);
  guardian.watchDirectory(folder);
  await guardian[Symbol.asyncDispose]();
  await guardian[Symbol.asyncDispose]();
  guardian.watchProcess(pid);
  assert.ok(isAlive(pid));
  assert.ok(existsSync(folder));
});

test('it refuses what would end or remove everything', async () => {
  await using guardian = await startGuardian();
  for (const pid of [0, 1, -5, 1.5, Number.NaN]) assert.throws(() => guardian.watchProcess(pid), /a process number/);
  for (const path of ['/', '', 'relative', '/a\n/b'])
    assert.throws(() => guardian.watchDirectory(path), /an absolute path/);
});

test.run();

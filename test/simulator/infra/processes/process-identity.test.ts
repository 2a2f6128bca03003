// test/simulator/infra/processes/process-identity.test.ts
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { processIdentity, startTicks } from '../../../../simulator/infra/processes/process-identity.js';

const stat = (state: string, name = '(java)') =>
  `7 ${name} ${state} 1 7 7 0 -1 4 1 0 0 0 1 2 3 4 20 0 1 0 446994 55 66`;

test('a process keeps its identity, and two differ', () => {
  const own = processIdentity(process.pid);
  assert.type(own, 'string');
  assert.is(processIdentity(process.pid), own);
  assert.is.not(processIdentity(1), own);
});

test('a process that has ended has none', async () => {
  const child = spawn('true', { stdio: 'ignore' });
  await once(child, 'exit');
  assert.is(processIdentity(child.pid ?? 0), undefined);
});

test('the start is the 22nd field, whatever the program is called', () => {
  assert.is(startTicks(stat('S')), '446994');
  assert.is(startTicks(stat('S', '(a) Z 1 (b)')), '446994');
});

test('a process that is only not yet reaped has ended', () => {
  assert.is(startTicks(stat('Z')), undefined);
});

test.run();

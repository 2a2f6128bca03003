// test/simulator/infra/up/up-state.test.ts
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { down } from '../../../../simulator/cli/handlers/down.js';
import { processIdentity } from '../../../../simulator/infra/processes/process-identity.js';
import { findUp } from '../../../../simulator/infra/up/up-servers.js';
import { createUpState, readUpState, type UpState, upStateFile } from '../../../../simulator/infra/up/up-state.js';
import { PrivateFolder } from '../private-folder.js';

const test = suite<{ folder: PrivateFolder; said: string[]; say: (line: string) => void }>('up');

test.before.each((context) => {
  context.folder = new PrivateFolder();
  context.said = [];
  context.say = (line) => void context.said.push(line);
  process.env.XDG_STATE_HOME = context.folder.path;
});
test.after.each(({ folder }) => {
  folder.remove();
});

const stateOf = (processes: UpState['processes'], directories: string[] = []): UpState => ({
  version: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  nodes: 1,
  kafka: { brokers: ['127.0.0.1:1'], version: '4.4.0' },
  redis: { url: 'redis://127.0.0.1:1/0' },
  processes,
  directories,
});

test('a written state is read again, by this user only, and is not replaced', async () => {
  const state = stateOf([{ pid: 4711, identity: 'a' }]);
  assert.is(await readUpState(), undefined);
  assert.is(await createUpState(state), true);
  assert.is(await createUpState({ ...state, nodes: 3 }), false);
  assert.equal(await readUpState(), state);
  assert.is(statSync(upStateFile()).mode & 0o777, 0o600);
});

test('a folder of states that lies below a file is as good as none', async ({ folder }) => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  process.env.XDG_STATE_HOME = file;
  assert.is(await readUpState(), undefined);
});

test('a file that is not ours is refused, with the file and what to do', async () => {
  mkdirSync(dirname(upStateFile()), { recursive: true });
  for (const text of ['{', '{"version":2}', JSON.stringify({ ...stateOf([]), more: 1 })]) {
    writeFileSync(upStateFile(), text);
    const error = await readUpState().catch((reason: unknown) => reason);
    assert.match(String(error), `expected ${upStateFile()} to say what \`sim up\` started`);
  }
});

test('a process that got the number of one of ours is neither used nor ended', async ({ folder, say, said }) => {
  const stranger = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const pid = stranger.pid ?? 0;
  const [ours, others] = [join(folder.path, 'sim-redis-1'), join(folder.path, 'documents')];
  for (const path of [ours, others]) mkdirSync(path);
  try {
    await createUpState(stateOf([{ pid, identity: 'another boot:1' }], [ours, others]));
    assert.equal(await findUp({ nodes: 1, say }), { kafka: undefined, redis: undefined });
    assert.match(said[0] ?? '', /1 of 1 processes have ended\); `sim down` clears it away$/);
    await down({ say });
    assert.match(said[1] ?? '', /^down: 0 of 1 processes still ran/);
    assert.type(processIdentity(pid), 'string');
    assert.equal([existsSync(ours), existsSync(others), existsSync(upStateFile())], [false, true, false]);
  } finally {
    stranger.kill('SIGKILL');
  }
});

test('the process that is meant is ended', async ({ say, said }) => {
  const pid = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).pid ?? 0;
  await createUpState(stateOf([{ pid, identity: processIdentity(pid) ?? '' }]));
  await down({ say });
  assert.equal(said, ['down: Kafka and Redis are stopped, their data removed']);
  assert.is(processIdentity(pid), undefined);
  await down({ say });
  assert.is(said[1], 'nothing is up');
});

test.run();

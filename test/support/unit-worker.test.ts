// test/support/unit-worker.test.ts — Files that share a process are believed only when they ended well, and harm no other.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from './sim.js';
import { UnitWorker } from './unit-worker.js';

const folder = temporaryFolder();
let files = 0;
let worker: UnitWorker;
test.before.each(() => {
  worker = new UnitWorker({ ...process.env, GIVEN_BY_RUNNER: 'yes' });
});
test.after.each(() => worker[Symbol.asyncDispose]());
test.after(() => folder.remove());

const UVU = JSON.stringify(import.meta.resolve('uvu'));

async function run(code: string, limitSeconds = 30): Promise<readonly [number, number, readonly string[]]> {
  files += 1;
  const path = join(folder.path, `${files}.mjs`);
  writeFileSync(path, `import { test } from ${UVU};\n${code}\n`);
  const file = { path, limitSeconds, ownProcess: false, leftOverMs: 300 };
  const { passed, failed, problems } = await worker.run(file, new AbortController().signal);
  return [passed, failed, problems.map((problem) => problem.split('\n')[0] ?? '')];
}

const good = "test('good', () => {}); test.run();";

test('each file has totals of its own', async () => {
  assert.equal(await run(`test('a', () => {}); ${good}`), [2, 0, []]);
  assert.equal(await run(`test('bad', () => { throw new Error('no'); }); ${good}`), [1, 1, []]);
  assert.equal(await run(good), [1, 0, []]);
});

test('a file that throws, holds no test or ends the process fails, and the next one runs', async () => {
  assert.equal(await run("throw new Error('at once');"), [0, 1, ['threw: Error: at once']]);
  assert.equal(await run(''), [0, 1, ['holds no test, or does not call test.run()']]);
  assert.equal(await run('process.exit(3);'), [0, 1, ['ended the process that it shares with other files: 3']]);
  assert.equal(await run(good), [1, 0, []]);
});

test('a file over its time limit, or that leaves something running, fails', async () => {
  assert.equal(await run('await new Promise(() => {});', 1), [0, 1, ['not done after 1 s (its time limit)']]);
  assert.equal(await run(`setInterval(() => {}, 1000); ${good}`), [1, 1, ['left something open: Timeout']]);
  const sleeper = "import { spawn } from 'node:child_process'; spawn('sleep', ['60'], { stdio: 'ignore' }).unref();";
  assert.equal(await run(`${sleeper} ${good}`), [1, 1, ['left a process running: sleep 60']]);
});

test('what a file does to its environment is undone', async () => {
  await run(`process.env.LEFT_BY_A_FILE = 'x'; delete process.env.PATH; process.chdir('/'); ${good}`);
  const check =
    "if (process.env.LEFT_BY_A_FILE || process.env.GIVEN_BY_RUNNER !== 'yes' || !process.env.PATH || process.cwd() === '/') throw new Error('kept');";
  assert.equal(await run(`test('as before', () => { ${check} }); test.run();`), [1, 0, []]);
});

test.run();

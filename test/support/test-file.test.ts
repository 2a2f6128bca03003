// test/support/test-file.test.ts — The runner believes a file only when it saw all of its tests end well.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { countTests, readTimeLimit, selectTestFiles } from './select.js';
import { type FileResult, runTestFile } from './test-file.js';
import { parseTotals } from './totals.js';
import { forbidWarnings, ignoreWarnings } from './warnings.js';

const folder = mkdtempSync(join(tmpdir(), 'sim-test-file-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const totals = (total: number, passed: number, skipped: number) =>
  `console.log('\\n  Total:     ${total}\\n  Passed:    ${passed}\\n  Skipped:   ${skipped}\\n  Duration:  1.00ms\\n');\n`;
const sleeper = "import { spawn } from 'node:child_process'; spawn('sleep', ['60'], { stdio: 'inherit' }).unref();\n";

async function run(code: string, limitSeconds = 30, warnings = ignoreWarnings()): Promise<Partial<FileResult>> {
  const path = join(folder, 'stand-in.mjs');
  writeFileSync(path, code);
  const { passed, failed, skipped, problems } = await runTestFile(
    { path, limitSeconds, ownProcess: true, leftOverMs: 300 },
    { warnings, env: process.env, signal: new AbortController().signal },
  );
  return { passed, failed, skipped, problems };
}

test('passed, failed and skipped tests are counted', async () => {
  assert.equal(await run(totals(3, 3, 1)), { passed: 3, failed: 0, skipped: 1, problems: [] });
  assert.equal(await run(`${totals(3, 1, 0)}process.exitCode = 1;`), {
    passed: 1,
    failed: 2,
    skipped: 0,
    problems: [],
  });
});

test('a file without totals, without tests, or with an error at its end fails', async () => {
  const problemsOf = async (code: string) => (await run(code)).problems;
  assert.equal(await problemsOf(''), ['ended without the totals of its tests']);
  assert.equal(await problemsOf(totals(0, 0, 0)), ['holds no test, or does not call test.run()']);
  assert.equal(await problemsOf(`${totals(1, 1, 0)}process.exit(3);`), ['exited with 3 though its tests passed']);
  assert.equal(await problemsOf(`${totals(1, 1, 0)}process.kill(process.pid, 'SIGKILL');`), [
    'exited with SIGKILL though its tests passed',
  ]);
});

test('a file over its time limit fails and is ended with all that it started', async () => {
  const { failed, problems } = await run(`${sleeper}setInterval(() => {}, 1000);`, 1);
  assert.equal([failed, problems], [1, ['not done after 1 s (its time limit)']]);
});

test('a process that is still there after its file fails it', async () => {
  const { failed, problems } = await run(sleeper + totals(1, 1, 0));
  assert.equal([failed, problems], [1, ['left a process running: sleep 60']]);
});

test('a forbidden warning of a process that hides its stderr fails the file', async () => {
  using warnings = forbidWarnings();
  const warn = "process.emitWarning('-5 is negative', 'TimeoutNegativeWarning')";
  const child = `import { spawnSync } from 'node:child_process'; spawnSync(process.execPath, ['-e', ${JSON.stringify(warn)}], { stdio: 'ignore' });\n`;
  const { failed, problems } = await run(child + totals(1, 1, 0), 30, warnings);
  assert.is(failed, 1);
  assert.match(problems?.[0] ?? '', /^forbidden warning: \(node:\d+\) TimeoutNegativeWarning: -5 is negative/);
  assert.is(
    (await run(`process.emitWarning('new', 'ExperimentalWarning');${totals(1, 1, 0)}`, 30, warnings)).failed,
    0,
  );
});

test('the last totals count, whatever their colours', () => {
  const output =
    '  Total:     9\n  Passed:    9\n  Skipped:   0\n\n  Total:     2\u001b[32m\n  Passed:    1\u001b[39m\n  Skipped:   \u001b[33m1\u001b[39m\n';
  assert.equal(parseTotals(output), { passed: 1, failed: 1, skipped: 1 });
  assert.is(parseTotals('  Total:     9\n'), undefined);
});

test('a file sets its time limit in its first lines', () => {
  assert.is(readTimeLimit('// test/a.test.ts — A.\n// time limit: 600 s\n'), 600);
  assert.is(readTimeLimit("// test/a.test.ts — A.\nconst text = '// time limit: 600 s';\n"), undefined);
});

test('an end-to-end file runs beside others unless it says why not', () => {
  const { unit, alone, sideBySide } = selectTestFiles({ kinds: ['e2e'], parts: [] });
  const pathsOf = (files: readonly { path: string }[]) => files.map(({ path }) => path);
  assert.equal(unit, []);
  assert.ok(pathsOf(sideBySide).includes('test/e2e/scenarios.e2e.test.ts'));
  const all = [...pathsOf(alone), ...pathsOf(sideBySide)];
  assert.is(new Set(all).size, readdirSync('test/e2e').length);
});

test('tests that cannot run are counted by their calls, under the names of their suites too', () => {
  const path = join(folder, 'suites.mjs');
  writeFileSync(
    path,
    "const mine = suite<Context>('mine');\nmine.before(() => {});\nmine('a', f);\n  test('b', f);\nmine(\n'c');",
  );
  assert.is(countTests(path), 3);
  writeFileSync(path, '');
  assert.is(countTests(path), 1);
});

test.run();

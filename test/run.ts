// test/run.ts — Runs the test files, each in a process of its own, and closes with the line `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { realServersMissing } from './support/real.js';
import { countTests, type Selection, selectTestFiles } from './support/select.js';
import { startSharedKafka } from './support/shared-kafka.js';
import { temporaryFolder } from './support/sim.js';
import { type FileResult, runTestFile, type TestFile } from './support/test-file.js';
import { UnitWorker } from './support/unit-worker.js';
import { forbidWarnings, ignoreWarnings } from './support/warnings.js';
import { leftInTree, workingTree } from './support/working-tree.js';

/** More would make the generators of paced runs seconds late on two cores, and their verdicts unknown. */
const FILES_AT_ONCE = 2;
const SLOWEST_SHOWN = 10;
const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const { values, positionals } = parseArgs({
  options: { unit: { type: 'boolean' }, e2e: { type: 'boolean' }, built: { type: 'string', default: 'yes' } },
  allowPositionals: true,
});
const all = values.unit === values.e2e;
const selection = selectTestFiles({
  kinds: all ? ['unit', 'e2e'] : values.unit ? ['unit'] : ['e2e'],
  parts: positionals,
});
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort());

const results: FileResult[] = [];
using warnings = process.env.SIM_FORBID_WARNINGS === '1' ? forbidWarnings() : ignoreWarnings();
expectNode(process.env.SIM_EXPECT_NODE);
// What somebody keeps running with `sim up` is neither used nor stopped by a test.
const state = temporaryFolder();
process.env.XDG_STATE_HOME = state.path;
const treeBefore = workingTree(PROJECT);
await runAll(selection, values.built === 'yes');
for (const problem of leftInTree(treeBefore, workingTree(PROJECT))) report(notRun('working tree', problem));
state.remove();
summarise();

async function runAll(selected: Selection, built: boolean): Promise<void> {
  const endToEnd = [...selected.alone, ...selected.sideBySide];
  if (!built && (endToEnd.length > 0 || positionals.length === 0))
    report(notRun('build', 'the sources do not compile'));
  const missing = endToEnd.length > 0 && built ? await realServersMissing() : undefined;
  const canRun = built && missing === undefined;
  for (const { path } of canRun ? [] : endToEnd)
    report(built ? withoutServers(path, missing ?? '') : notRun(path, 'the build failed'));
  await using shared = canRun && endToEnd.length > 0 ? await startSharedKafka(interrupted.signal) : undefined;
  const env = { ...process.env, ...shared?.env };
  const runAsProcess: RunFile = (file) => runTestFile(file, { warnings, env, signal: interrupted.signal });
  await runUnitFiles(selected.unit, { env, runAsProcess });
  if (!canRun) return;
  await sideBySide(selected.sideBySide, runAsProcess);
  await inTurn([...selected.alone], runAsProcess);
}

/** Warnings are caught by process, so files share none where warnings fail them. */
async function runUnitFiles(
  files: readonly TestFile[],
  { env, runAsProcess }: { readonly env: NodeJS.ProcessEnv; readonly runAsProcess: RunFile },
): Promise<void> {
  const sharesProcess = (file: TestFile) => !file.ownProcess && process.env.SIM_FORBID_WARNINGS !== '1';
  const sharing = byTimeLimit(files.filter(sharesProcess));
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, () => inOneProcess(sharing, env)));
  const others = files.filter((file) => !sharesProcess(file));
  await sideBySide(others, runAsProcess);
}

async function inOneProcess(waiting: TestFile[], env: NodeJS.ProcessEnv): Promise<void> {
  await using worker = new UnitWorker(env);
  await inTurn(waiting, (file) => worker.run(file, interrupted.signal));
}

type RunFile = (file: TestFile) => Promise<FileResult>;

async function sideBySide(files: readonly TestFile[], run: RunFile): Promise<void> {
  const longestFirst = byTimeLimit(files);
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, () => inTurn(longestFirst, run)));
}

async function inTurn(waiting: TestFile[], run: RunFile): Promise<void> {
  for (let file = waiting.shift(); file !== undefined && !interrupted.signal.aborted; file = waiting.shift()) {
    report(await run(file));
  }
}

function byTimeLimit(files: readonly TestFile[]): TestFile[] {
  return files.toSorted((a, b) => b.limitSeconds - a.limitSeconds);
}

function notRun(path: string, problem: string): FileResult {
  return { path, passed: 0, failed: 1, skipped: 0, seconds: 0, problems: [problem], output: '' };
}

function withoutServers(path: string, missing: string): FileResult {
  const tests = countTests(path);
  const reason = `no real servers: ${missing}`;
  if (process.env.SIM_REQUIRE_REAL === '1') return { ...notRun(path, reason), failed: tests };
  console.log(`skip  ${path}  ${plural(tests)}: ${reason}`);
  return { ...notRun(path, reason), failed: 0, skipped: tests, problems: [] };
}

function report(result: FileResult): void {
  results.push(result);
  const { path, passed, failed, seconds, problems, output } = result;
  if (failed > 0) {
    console.log(`FAIL  ${path}  ${seconds.toFixed(1)} s`);
    if (output !== '') console.log(output.trimEnd().replaceAll(/^/gm, '    '));
    for (const problem of problems) console.log(`    ${path}: ${problem}`);
  } else if (passed > 0) {
    console.log(`ok    ${path}  ${plural(passed)}  ${seconds.toFixed(1)} s`);
  }
}

/** Both this process and whatever `./sim` finds on PATH must be the Node that the tests are meant for. */
function expectNode(version: string | undefined): void {
  if (version === undefined) return;
  const onPath = execFileSync('node', ['--version'], { encoding: 'utf8' }).trim();
  for (const found of [process.version, onPath]) {
    if (found !== version) report(notRun('node', `expected Node.js ${version}, found ${found}`));
  }
  console.log(`node  ${process.version}  ${process.execPath}`);
}

function summarise(): void {
  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const failedFiles = results.filter((result) => result.failed > 0);
  if (passed + failed === 0)
    console.log(`no test ran${positionals.length > 0 ? ` that matches ${positionals.join(', ')}` : ''}`);
  if (results.length > SLOWEST_SHOWN) showSlowest();
  if (failedFiles.length > 0) console.log(`\nfailed: ${failedFiles.map(({ path }) => path).join(', ')}`);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = interrupted.signal.aborted ? 130 : failed > 0 || passed === 0 ? 1 : 0;
}

function showSlowest(): void {
  const slowest = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST_SHOWN);
  console.log(`\nthe ${SLOWEST_SHOWN} slowest files, after ${(process.uptime() / 60).toFixed(1)} minutes in all:`);
  for (const { path, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(7)} s  ${path}`);
}

function plural(tests: number): string {
  return `${tests} ${tests === 1 ? 'test' : 'tests'}`;
}

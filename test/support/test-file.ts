// test/support/test-file.ts — Runs one test file in a process group of its own, and says how it ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { endGroup, untilGroupEnds } from './process-group.js';
import { parseTotals, type Totals } from './totals.js';
import type { WarningTrap } from './warnings.js';

export interface TestFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly limitSeconds: number;
  /** It changes what files in one process share: signals, or how errors end the process. */
  readonly ownProcess: boolean;
  /** How long what it started may take to end after it. */
  readonly leftOverMs?: number;
}

export interface FileResult {
  readonly path: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Why the file failed beyond its failed tests. */
  readonly problems: readonly string[];
  readonly output: string;
}

const OUTPUT_CHARS_MAX = 4_000_000;
// Servers that a test started get this long to stop when the test is cut off.
export const GRACE_MS = 8_000;
const LEFTOVER_MS = 3_000;
/** For TypeScript; a stand-in in JavaScript starts without it. */
const LOADER = ['--import', 'tsx'];

export interface TestSurroundings {
  readonly warnings: WarningTrap;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export async function runTestFile(file: TestFile, { warnings, env, signal }: TestSurroundings): Promise<FileResult> {
  const startedMs = performance.now();
  const trap = warnings.prepare();
  const child = spawn(process.execPath, [...(file.path.endsWith('.ts') ? LOADER : []), file.path], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...trap.env },
  });
  const read = collectOutput(child);
  const cut = await waitOrCut(child, file.limitSeconds, signal);
  const leftOver = child.pid === undefined ? [] : await endLeftOver(child.pid, file.leftOverMs ?? LEFTOVER_MS);
  // A process outside the group may still hold the pipe; its output is not waited for.
  await Promise.race([closed(child), sleep(1_000, undefined, { ref: false })]);

  const output = read();
  const problems = [
    ...cut,
    ...leftOver.map((command) => `left a process running: ${command}`),
    ...trap.problems(output),
    ...(cut.length > 0 ? [] : problemsOfEnd(child, parseTotals(output))),
  ];
  return fileResult({ path: file.path, output, problems, startedMs });
}

export interface EndedFile {
  readonly path: string;
  readonly output: string;
  readonly problems: readonly string[];
  readonly startedMs: number;
}

/** Adds up the tests that the output tells of. A problem beyond them counts as one failed test. */
export function fileResult({ path, output, problems, startedMs }: EndedFile): FileResult {
  const totals = parseTotals(output);
  const all = problems.length > 0 ? problems : problemsOfTotals(totals);
  const { passed, failed, skipped } = totals ?? { passed: 0, failed: 0, skipped: 0 };
  const failures = failed + (all.length > 0 ? 1 : 0);
  const seconds = (performance.now() - startedMs) / 1000;
  return { path, passed, failed: failures, skipped, seconds, problems: all, output };
}

export function timeLimitProblem({ limitSeconds }: Pick<TestFile, 'limitSeconds'>): string {
  return `not done after ${limitSeconds} s (its time limit)`;
}

function collectOutput(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.length > 2 * OUTPUT_CHARS_MAX) output = `…\n${output.slice(-OUTPUT_CHARS_MAX)}`;
    });
  }
  return () => stripVTControlCharacters(output);
}

async function waitOrCut(child: ChildProcess, limitSeconds: number, signal: AbortSignal): Promise<readonly string[]> {
  const limit = AbortSignal.timeout(limitSeconds * 1000);
  const either = AbortSignal.any([limit, signal]);
  try {
    await Promise.all([once(child, 'exit', { signal: either })]);
    return [];
  } catch (error) {
    if (!either.aborted) return [`could not be started: ${String(error)}`];
    if (child.pid !== undefined) await endGroup(child.pid, GRACE_MS);
    return [limit.aborted ? timeLimitProblem({ limitSeconds }) : 'interrupted'];
  }
}

async function endLeftOver(group: number, limitMs: number): Promise<readonly string[]> {
  const leftOver = await untilGroupEnds(group, limitMs);
  if (leftOver.length > 0) await endGroup(group, GRACE_MS);
  return leftOver;
}

async function closed(child: ChildProcess): Promise<void> {
  await Promise.all(
    [child.stdout, child.stderr].map((stream) => stream === null || stream.closed || once(stream, 'close')),
  );
}

function problemsOfEnd(child: ChildProcess, totals: Totals | undefined): readonly string[] {
  const problems = problemsOfTotals(totals);
  if (problems.length > 0 || totals?.failed !== 0 || child.exitCode === 0) return problems;
  return [`exited with ${child.signalCode ?? child.exitCode} though its tests passed`];
}

function problemsOfTotals(totals: Totals | undefined): readonly string[] {
  if (totals === undefined) return ['ended without the totals of its tests'];
  if (totals.passed + totals.failed + totals.skipped === 0) return ['holds no test, or does not call test.run()'];
  return [];
}

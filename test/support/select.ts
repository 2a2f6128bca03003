// test/support/select.ts — Finds the test files that were asked for, with their time limits.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestFile } from './test-file.js';

export interface Selection {
  readonly unit: readonly TestFile[];
  /** End-to-end files that need the machine to themselves. */
  readonly alone: readonly TestFile[];
  /** The other end-to-end files. */
  readonly sideBySide: readonly TestFile[];
}

export interface Wanted {
  readonly kinds: readonly ('unit' | 'e2e')[];
  /** A file is taken when its path holds one of these; all files, when there are none. */
  readonly parts: readonly string[];
}

const UNIT_LIMIT_SECONDS = 60;
const END_TO_END_LIMIT_SECONDS = 300;
const HEAD_LINES = 10;
const ALONE = /^\/\/ runs alone: .+$/m;
const OWN_PROCESS = /^\/\/ own process: .+$/m;

export function selectTestFiles(wanted: Wanted): Selection {
  const paths = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => join('test', name).replaceAll('\\', '/'))
    .filter(
      (path) =>
        path.endsWith('.test.ts') && (wanted.parts.length === 0 || wanted.parts.some((part) => path.includes(part))),
    )
    .sort();
  const ofKind = (kind: 'unit' | 'e2e') =>
    wanted.kinds.includes(kind) ? paths.filter((path) => path.startsWith('test/e2e/') === (kind === 'e2e')) : [];
  const endToEnd = (alone: boolean) =>
    ofKind('e2e')
      .filter((path) => runsAlone(path) === alone)
      .map((path) => testFile(path, END_TO_END_LIMIT_SECONDS));
  return {
    unit: ofKind('unit').map((path) => testFile(path, UNIT_LIMIT_SECONDS)),
    alone: endToEnd(true),
    sideBySide: endToEnd(false),
  };
}

/** A file says so, and why, by a line `// runs alone: it measures time` among its first ones. */
function runsAlone(path: string): boolean {
  return ALONE.test(headOf(readFileSync(path, 'utf8')));
}

function headOf(source: string): string {
  return source.split('\n', HEAD_LINES).join('\n');
}

function testFile(path: string, defaultSeconds: number): TestFile {
  const source = readFileSync(path, 'utf8');
  return {
    path,
    limitSeconds: readTimeLimit(source) ?? defaultSeconds,
    ownProcess: OWN_PROCESS.test(headOf(source)),
  };
}

/** A file sets its own limit by a line `// time limit: 600 s` among its first ones. */
export function readTimeLimit(source: string): number | undefined {
  const seconds = /^\/\/ time limit: (\d+) s$/m.exec(headOf(source))?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** How many tests a file would run, as far as its text tells; at least one. */
export function countTests(path: string): number {
  const source = readFileSync(path, 'utf8');
  const suites = [...source.matchAll(/^const (\w+) = suite\b/gm)].map(([, name]) => name);
  const calls = new RegExp(`^\\s*(?:${['test', ...suites].join('|')})\\(`, 'gm');
  return Math.max(1, [...source.matchAll(calls)].length);
}

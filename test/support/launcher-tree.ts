// test/support/launcher-tree.ts — A small project to launch, with a stand-in for npm, and what a launch of it gave.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Stands for npm: installs a `tsc` that copies the one source, and notes each call. It sleeps in short goes in the
// foreground: a shell that was just forked into the background can miss the signal that should end it.
const NPM = `#!/bin/sh
echo "npm $*" >> calls; [ -z "$NPM_FAILS" ] || { echo 'no such package'; exit 1; }
trap 'exit 143' TERM; i=0; while [ "$i" -lt "\${NPM_TENTHS:-0}" ]; do sleep 0.1; i=$((i + 1)); done
mkdir -p node_modules/typescript/bin; touch node_modules/.package-lock.json
cat > node_modules/typescript/bin/tsc <<'TSC'
const { cpSync, appendFileSync } = require('node:fs');
const out = process.argv[process.argv.indexOf('--outDir') + 1];
appendFileSync('calls', 'tsc\\n');
cpSync('simulator/cli/main.ts', out + '/simulator/cli/main.js');
TSC
`;

export interface Tree extends Disposable {
  readonly root: string;
  readonly calls: () => string[];
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function makeTree(): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'sim launcher-'));
  const root = join(folder, 'a tree');
  for (const name of ['bin', 'contract', 'consumer/applying/lua', 'simulator/cli', 'scripts'])
    mkdirSync(join(root, name), { recursive: true });
  for (const name of ['sim', 'scripts/prepare.sh', 'scripts/build.mjs']) cpSync(name, join(root, name));
  writeExecutable(join(root, 'bin/npm'), NPM);
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'tsconfig.json'), '{}');
  writeFileSync(join(root, 'consumer/applying/lua/apply.lua'), 'return 1');
  writeFileSync(join(root, 'simulator/cli/main.ts'), 'console.log(JSON.stringify(process.argv.slice(2)));');
  const calls = () =>
    existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : [];
  return { root, calls, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function launch(
  file: string,
  options: { args?: string[]; env?: NodeJS.ProcessEnv; path?: string } = {},
): Promise<Ended> {
  return ended(start(file, options));
}

export function start(file: string, options: { args?: string[]; env?: NodeJS.ProcessEnv; path?: string } = {}) {
  const path = options.path ?? `${join(file, '../bin')}:${process.env.PATH}`;
  return spawn(file, options.args ?? [], {
    cwd: tmpdir(),
    env: { ...process.env, ...options.env, PATH: path },
    stdio: 'pipe',
  });
}

export async function ended(child: ReturnType<typeof start>): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

export async function untilInstalling(tree: Tree): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (tree.calls().length === 0 && performance.now() < deadlineMs) await sleep(20);
}

export function writeExecutable(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

export function setAge(file: string, seconds: number): void {
  const time = new Date(Date.now() - seconds * 1000);
  utimesSync(file, time, time);
}

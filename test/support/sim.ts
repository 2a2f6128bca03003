// test/support/sim.ts — Runs ./sim as a user does, and looks for what it leaves behind.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../simulator/record/run-record.js';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedSim {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Settles when standard error has matched; rejects when sim ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  type(text: string): void;
}

/**
 * @param env added to this process's
 * @param root of a built copy of the project, which is run as it is
 */
export function startSim(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  root?: string,
): StartedSim {
  const [command, ...first] = root === undefined ? ['./sim'] : [process.execPath, 'dist/simulator/cli/main.js'];
  const options = { cwd: root ?? process.cwd(), env: { ...process.env, ...env } };
  const child = spawn(command, [...first, ...args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  let look = () => {};
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
    look();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, ...output }));
  });
  return {
    pid: child.pid ?? 0,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          const match = pattern.exec(output.stderr);
          if (match) resolve(match);
        };
        look();
        ended.then(() => reject(new Error(`sim ended before ${pattern}:\n${output.stdout}${output.stderr}`)));
      }),
    kill: (signal) => void child.kill(signal),
    type: (text) => void child.stdin.write(text),
  };
}

/** The record of the only, or newest, run of a scenario. */
export function latestRecord(reports: string, scenario: string): RunRecord {
  return JSON.parse(readFileSync(join(reports, scenario, 'latest', 'run.json'), 'utf8')) as RunRecord;
}

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'simtest-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Traces {
  readonly directories: readonly string[];
  readonly processes: readonly string[];
}

/** A TMPDIR for one sim: all that it starts inherits it, so what is left of it can be told from what others run. */
export function privateTemporaryFolder(): {
  readonly env: Readonly<Record<string, string>>;
  left(): Promise<Traces>;
  remove(): void;
} {
  const { path, remove } = temporaryFolder();
  return { env: { TMPDIR: path }, left: () => untilNothing(path), remove };
}

/** What is left in a folder, and of the processes that know it; waits a little, as the last may be on their way out. */
async function untilNothing(folder: string): Promise<Traces> {
  const look = (): Traces => ({ directories: readdirSync(folder), processes: processesOf(folder) });
  let left = look();
  for (let tries = 0; tries < 100 && left.directories.length + left.processes.length > 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = look();
  }
  return left;
}

export function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readOf(pid, 'environ').split('\0').includes(`TMPDIR=${folder}`))
    .map((pid) => `${pid} ${readOf(pid, 'cmdline').replaceAll('\0', ' ').slice(0, 80)}`);
}

/** A process may end while one looks. */
function readOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

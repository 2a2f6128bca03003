// test/support/sim.ts — Runs ./sim as a user does, and looks for what it leaves behind.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
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

/** @param env added to this process's */
export function startSim(args: readonly string[], env: Readonly<Record<string, string>> = {}): StartedSim {
  const child = spawn('./sim', args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
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

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'simtest-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Traces {
  readonly directories: readonly string[];
  readonly processes: readonly string[];
}

/** Servers and consumers that run now, and directories of ours in the temporary folder. */
export function traces(): Traces {
  const directories = readdirSync(tmpdir()).filter((name) => name.startsWith('sim-'));
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => `${pid} ${commandOf(pid)}`)
    .filter((text) => /kafka\.Kafka|redis-server|valkey-server|dist\/consumer\/main/.test(text));
  return { directories, processes };
}

/** What is there now and was not before; waits a little, as the last ones may be on their way out. */
export async function newTraces(before: Traces): Promise<Traces> {
  const added = (): Traces => {
    const now = traces();
    return {
      directories: now.directories.filter((one) => !before.directories.includes(one)),
      processes: now.processes.filter((one) => !before.processes.includes(one)),
    };
  };
  let left = added();
  for (let tries = 0; tries < 100 && left.directories.length + left.processes.length > 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = added();
  }
  return left;
}

function commandOf(pid: string): string {
  try {
    if (!existsSync(`/proc/${pid}/exe`)) return '';
    readlinkSync(`/proc/${pid}/exe`);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

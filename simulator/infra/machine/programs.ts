// simulator/infra/machine/programs.ts — Finds the programs of this machine, and runs one to its end.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Guardian } from '../processes/guardian.js';
import { spawned } from '../processes/spawning.js';
import type { Environment } from './environment.js';

/** The path of the first of these programs that is on the PATH. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export interface ProgramRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Environment;
  /** Ours, unless it is named. */
  readonly directory?: string;
  /** Ends the program, and all that it started, when aborted. */
  readonly signal: AbortSignal;
  /** Ends the program when we end. Leave it out for programs that must not be cut short. */
  readonly guardian?: Guardian;
}

export interface ProgramResult {
  /** 127 when it could not be started. */
  readonly exitCode: number;
  readonly output: string;
}

const OUTPUT_LENGTH_MAX = 64 * 1024;
/** A program that does not end when it is asked to. */
const KILL_AFTER_MS = 500;

/** Runs a program to its end; a failure is in the result. @throws when aborted; InfraError when the system refuses at once */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  run.signal.throwIfAborted();
  // A process group of its own: Ctrl-C reaches only us, and we end everything that it started.
  const child = spawned(run.command, () =>
    spawn(run.command, run.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...run.env },
      ...(run.directory === undefined ? {} : { cwd: run.directory }),
    }),
  );
  const { pid } = child;
  if (pid !== undefined) run.guardian?.watchProcess(pid);
  let killing: NodeJS.Timeout | undefined;
  const kill = () => void (pid === undefined || signalGroup(pid, 'SIGKILL'));
  const end = () => {
    if (pid === undefined) return;
    signalGroup(pid, 'SIGTERM');
    killing = setTimeout(kill, KILL_AFTER_MS);
    // We may end before that.
    process.once('exit', kill);
  };
  run.signal.addEventListener('abort', end, { once: true });
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-OUTPUT_LENGTH_MAX);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exitCode = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
  run.signal.removeEventListener('abort', end);
  clearTimeout(killing);
  process.off('exit', kill);
  if (pid !== undefined) run.guardian?.forgetProcess(pid);
  run.signal.throwIfAborted();
  return { exitCode, output };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It had ended already.
  }
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

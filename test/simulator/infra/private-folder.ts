// test/simulator/infra/private-folder.ts — A temporary folder for one test, and who runs in it: what a server leaves behind shows.
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 10_000;
const POLL_MS = 25;

/** Is the temporary folder of this process until it is removed; then all variables are as they were. */
export class PrivateFolder {
  readonly path: string;
  readonly logDir = mkdtempSync(join(tmpdir(), 'simtest-logs-'));
  readonly #environment = { ...process.env };

  /** @param name by default legal, and hard for settings that are read as Latin-1 or as lists */
  constructor(name = 'simtest-임시, ü-') {
    this.path = mkdtempSync(join(tmpdir(), name));
    process.env.TMPDIR = this.path;
  }

  /** All processes that run in it. */
  pids(name = ''): readonly number[] {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry) && folderOf(entry).startsWith(join(this.path, name)))
      .map(Number);
  }

  directories(): readonly string[] {
    return readdirSync(this.path).filter((name) => name.startsWith('sim-'));
  }

  /** What is left in it, once that has had time to go. */
  async left(): Promise<{ readonly pids: readonly number[]; readonly directories: readonly string[] }> {
    const deadlineMs = performance.now() + WAIT_MS;
    while (this.pids().length + this.directories().length > 0 && performance.now() < deadlineMs) await sleep(POLL_MS);
    return { pids: this.pids(), directories: this.directories() };
  }

  remove(): void {
    // Not as one object: only single assignments reach the variables that `os.tmpdir()` and children see.
    for (const name of Object.keys(process.env)) if (!(name in this.#environment)) delete process.env[name];
    Object.assign(process.env, this.#environment);
    for (const pid of this.pids()) process.kill(pid, 'SIGKILL');
    for (const path of [this.path, this.logDir]) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

export const NOTHING_LEFT = { pids: [], directories: [] };

/** A process's working directory; empty when it is gone. */
function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

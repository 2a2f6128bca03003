// simulator/sut/marked-processes.ts — Processes that a consumer has started in sessions of their own, which no signal to its group reaches.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** Name of the environment variable that a consumer's processes inherit. */
export const MARK = 'SIM_CONSUMER_MARK';

export function newMark(): string {
  return randomUUID();
}

/** Kills them. Where there is no /proc, as outside of Linux, none is found. @returns how many there were */
export function killMarked(mark: string): number {
  const pids = pidsOf().filter((pid) => environmentOf(pid).includes(`${MARK}=${mark}`));
  for (const pid of pids) kill(pid);
  return pids.length;
}

function pidsOf(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Empty for processes of other users, and for those that have just ended. */
function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has just ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

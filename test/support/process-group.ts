// test/support/process-group.ts — Asks after, and ends, a process together with all that it started.
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

/** The command lines of the group's processes, without those that are dead and only not yet reaped. */
export function membersOfGroup(group: number): readonly string[] {
  if (!signalGroup(group, 0)) return [];
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [, pgid, state, command] = /^ *(\d+) +(\S+) +(.*)$/.exec(line) ?? [];
    return Number(pgid) === group && state !== undefined && !state.startsWith('Z') ? [command ?? ''] : [];
  });
}

/** Asks the group to end, and ends it after the grace period if it has not. */
export async function endGroup(group: number, graceMs: number): Promise<void> {
  signalGroup(group, 'SIGTERM');
  await untilGroupEnds(group, graceMs);
  signalGroup(group, 'SIGKILL');
}

/** Waits for the group's last process; returns the command lines of those that are still there after `limitMs`. */
export async function untilGroupEnds(group: number, limitMs: number): Promise<readonly string[]> {
  const deadlineMs = performance.now() + limitMs;
  let members = membersOfGroup(group);
  while (members.length > 0 && performance.now() < deadlineMs) {
    await sleep(POLL_MS);
    members = membersOfGroup(group);
  }
  return members;
}

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

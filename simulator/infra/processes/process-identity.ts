// simulator/infra/processes/process-identity.ts — Tells a process from a later one that got the same number.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Differs for two processes with the same number. Undefined when it does not run, or has ended and is not yet reaped. */
export function processIdentity(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? identityInProc(pid) : identityFromPs(pid);
}

/** The start, in ticks since boot, out of /proc/<pid>/stat. The program's name, in brackets, may hold spaces and brackets. */
export function startTicks(stat: string): string | undefined {
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // The 22nd field; the state is the 3rd.
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}

function identityInProc(pid: number): string | undefined {
  try {
    const ticks = startTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    // Ticks begin anew with each boot.
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return ticks && `${boot}:${ticks}`;
  } catch {
    return undefined;
  }
}

function identityFromPs(pid: number): string | undefined {
  try {
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } } as const;
    const [state, ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], options)
      .trim()
      .split(/\s+/);
    return state?.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}

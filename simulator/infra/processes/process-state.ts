// simulator/infra/processes/process-state.ts — Whether a process is frozen, as the kernel says.
import { readFileSync } from 'node:fs';
import { until } from '../../../contract/waiting.js';

const FROZEN_WITHIN_MS = 2000;
const POLL_MS = 5;

/** The kernel takes a moment to stop a process. */
export async function frozenState(pid: number | undefined): Promise<string> {
  await until(() => stateOf(pid) === 'T', { withinMs: FROZEN_WITHIN_MS, pollMs: POLL_MS });
  return stateOf(pid);
}

/** The letter of the kernel: `T` is stopped, `S` and `R` are alive. */
export function stateOf(pid: number | undefined): string {
  try {
    return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'gone';
  }
}

// simulator/judge/checks/progress.ts — Does the consumer never stand still while there is something to read?
import { STREAMS } from '../../../contract/events.js';
import type { FaultResult } from '../../history/fault-result.js';
import type { ObservedCommits } from '../../history/observed-commits.js';
import { type Check, type CodedFinding, judged } from './checker.js';

const NAME = 'progress';

/** In which a partition had records to read, and the group committed nothing. */
interface Stall {
  readonly place: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly lag: number;
}

/** What is broken may stand still until it is healed and has caught up. */
const check: Check['check'] = ({ history: { commits, faults, stallMsAllowed } }) => {
  const seen = `${commits.length} looks at the group's offsets`;
  const stalls = stallsOf(commits).filter(({ fromMs, toMs }) => toMs - fromMs > stallMsAllowed);
  const unexplained = stalls.filter((stall) => !faults.some((fault) => coincides(fault, stall)));
  return judged(NAME, seen, unexplained.map(findingOf));
};

export const PROGRESS: Check = {
  name: NAME,
  needs: [{ text: 'offsets of the group', wasSeen: ({ history }) => history.commits.length > 0 }],
  check,
};

function stallsOf(commits: readonly ObservedCommits[]): Stall[] {
  const latest = commits[0]?.latest ?? [];
  return latest.flatMap((partitions, stream) =>
    partitions.flatMap((_, partition) => stallsIn(commits, stream, partition)),
  );
}

function stallsIn(commits: readonly ObservedCommits[], stream: number, partition: number): Stall[] {
  const place = `${STREAMS[stream]}/${partition}`;
  const stalls: Stall[] = [];
  let current: Stall | undefined;
  let before: number | undefined;
  for (const { atMs, committed, latest } of commits) {
    const next = committed[stream]?.[partition] ?? 0;
    const lag = (latest[stream]?.[partition] ?? 0) - next;
    const stands = lag > 0 && next === before;
    if (!stands && current) stalls.push(current);
    // It may have moved at any time since the last look.
    if (stands) current = { place, fromMs: current?.fromMs ?? atMs, toMs: atMs, lag };
    else current = undefined;
    before = next;
  }
  return current ? [...stalls, current] : stalls;
}

function coincides({ injectedAtMs, healedAtMs, recovery }: FaultResult, { fromMs, toMs }: Stall): boolean {
  if (injectedAtMs === null || injectedAtMs > toMs) return false;
  const caughtUpMs = recovery?.caughtUpMs ?? null;
  return healedAtMs === null || caughtUpMs === null || healedAtMs + caughtUpMs >= fromMs;
}

function findingOf({ place, fromMs, toMs, lag }: Stall): CodedFinding {
  const seconds = ((toMs - fromMs) / 1000).toFixed(1);
  const since = (fromMs / 1000).toFixed(1);
  const message = `${place} stood still for ${seconds} s, beginning ${since} s into the load, with ${lag} records to read`;
  return { code: 'partition-stalled', message, expected: 'progress', found: `none for ${seconds} s` };
}

// simulator/judge/naming/lost-events.ts — Bugs that no fold can show: events had no effect, or were undone, while something was broken. What broke tells which.

import type { Day } from '../../../contract/events.js';
import { type Rules, scoreOf } from '../../../contract/rules.js';
import type { FaultResult } from '../../history/fault-result.js';
import type { ObservedCommits } from '../../history/observed-commits.js';
import type { BugName } from '../../vocabulary/bugs.js';
import type { Cause } from './causes.js';
import { sameCounts } from './counts.js';
import type { DayEnd } from './day-end.js';
import type { GivenCounts } from './given-counts.js';
import { NO_COUNTS } from './kept-counts.js';
import type { FoundDay } from './shown-facts.js';
import type { VariantFold } from './variant-fold.js';

export interface Circumstances {
  readonly rules: Rules;
  readonly faults: readonly FaultResult[];
  /** A process that is frozen for longer comes back as a zombie. */
  readonly sessionTimeoutMs: number;
  /** What the group had committed, in order of time. */
  readonly commits: readonly ObservedCommits[];
  /** Whether the day's publication fell into the run. */
  readonly wasPublished: (day: Day) => boolean;
}

interface FaultCause extends Cause<BugName> {
  readonly faults: ReadonlySet<string>;
}

/** Work on a committed record can still go on for so long; wall time. */
const IN_FLIGHT_MS = 5000;

const CONSUMER_ENDS: FaultCause['faults'] = new Set(['consumer-kill', 'consumer-stop', 'consumer-start']);

const CAUSES: readonly FaultCause[] = [
  {
    name: 'STORE_ROLLBACK',
    does: 'what Redis had lost was not read again',
    faults: new Set(['redis-kill', 'redis-erase', 'redis-flush', 'redis-failover']),
  },
  {
    name: 'ZOMBIE_WRITE',
    does: 'a process that had lost its partitions wrote older counts over newer ones',
    faults: new Set(['consumer-pause']),
  },
  {
    name: 'LOST_AFTER_COMMIT',
    does: 'events had been committed before their work was done, and were never read again',
    faults: CONSUMER_ENDS,
  },
  {
    name: 'COMMIT_GAP',
    does: 'a later offset had been committed past events whose work was not done, and they were never read again',
    faults: CONSUMER_ENDS,
  },
];

const READ_TOO_LATE: Cause<BugName> = {
  name: 'PROC_TIME_DAY',
  does: 'an event counts for the day on which it is processed, so what was read after the end of its day is missing',
};
const WRITTEN_ANEW: Cause<BugName> = {
  name: 'TORN_EXPIRY',
  does: 'counts expire at midnight, and what is read then is written without the others',
};
const PUBLISHED_TOO_EARLY: Cause<BugName> = {
  name: 'EARLY_SERVE',
  does: 'a day was published before all of its events were applied',
};

/** The bugs that what broke makes likely. None unless all wrong counts are ones that their articles had before. */
export function lostEvents(
  found: readonly FoundDay[],
  { base, given, dayEnd }: { readonly base: VariantFold; readonly given: GivenCounts; readonly dayEnd: DayEnd },
  { rules, faults, sessionTimeoutMs, commits, wasPublished }: Circumstances,
): Cause<BugName>[] {
  const days = daysWithLosses(found, { base, given, rules });
  if (days.length === 0) return [];
  const wasBroken = faults.filter(({ kind, injectedAtMs, healedAtMs }) => {
    if (injectedAtMs === null) return false;
    return kind !== 'consumer-pause' || healedAtMs === null || healedAtMs - injectedAtMs > sessionTimeoutMs;
  });
  const canHaveLost = ({ injectedAtMs }: FaultResult) => {
    const before = commits.findLast(({ atMs }) => atMs <= (injectedAtMs ?? 0) - IN_FLIGHT_MS);
    return !before || !days.some((day) => dayEnd.wasLostBefore(day, base, before.committed));
  };
  const causes = CAUSES.flatMap(({ name, does, faults: kinds }) => {
    const fault = wasBroken.find((one) => kinds.has(one.kind) && canHaveLost(one));
    return fault ? [{ name, does: `${does}, as may be after ${fault.kind} of ${fault.target}` }] : [];
  });
  return [
    ...(days.every((day) => dayEnd.isReadTooLate(day, base)) ? [READ_TOO_LATE] : []),
    ...(days.every((day) => dayEnd.isWrittenAnew(day, base)) ? [WRITTEN_ANEW] : []),
    ...(days.every(wasPublished) ? [PUBLISHED_TOO_EARLY] : []),
    ...causes,
  ];
}

interface Known {
  readonly base: VariantFold;
  readonly given: GivenCounts;
  readonly rules: Rules;
}

/** Days on which articles have counts that they had before, and the list is that of these counts. Empty when anything else is wrong. */
function daysWithLosses(found: readonly FoundDay[], known: Known): Day[] {
  const days: Day[] = [];
  for (const one of found) {
    const losses = lossesOf(one, known);
    if (losses === 'something else') return [];
    if (losses === 'some') days.push(one.day);
  }
  return days;
}

function lossesOf({ day, list, counts }: FoundDay, { base, given, rules }: Known): 'none' | 'some' | 'something else' {
  if (!counts) return 'something else';
  let isAnyLost = false;
  for (const articleId of given.articles()) {
    const [right, shown] = [base.counts(articleId, day), counts(articleId)];
    if (sameCounts(right, shown)) continue;
    if (!given.had(articleId, shown ?? NO_COUNTS)) return 'something else';
    // A deletion may be among what is missing. Alone it has other names.
    if (!right && !base.wasDeleted(articleId, day)) return 'something else';
    isAnyLost ||= right !== undefined;
  }
  const fits = list.every(({ articleId, score }) => scoreOf(rules, counts(articleId) ?? NO_COUNTS) === score);
  if (!fits) return 'something else';
  return isAnyLost ? 'some' : 'none';
}

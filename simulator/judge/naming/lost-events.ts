// simulator/judge/naming/lost-events.ts — Bugs that no history alone can show: events were applied to nothing, or undone, while something was broken. What broke says which.
import type { Day } from '../../../contract/events.js';
import { type Rules, scoreOf } from '../../../contract/rules.js';
import type { FaultResult } from '../../history/fault-result.js';
import type { NamedBug } from '../../record/diagnosis-record.js';
import type { DayEnd } from './day-end.js';
import type { FoundDay } from './explanations.js';
import type { GivenCounts } from './given-counts.js';
import type { VariantFold } from './variant-fold.js';

export interface Circumstances {
  readonly rules: Rules;
  readonly faults: readonly FaultResult[];
  /** A process that is frozen for longer comes back as a zombie. */
  readonly sessionTimeoutMs: number;
  /** Its publication fell into the run. */
  readonly wasPublished: (day: Day) => boolean;
}

/** Days on which articles have counts that they had before, and the list is that of these counts; empty when anything else is wrong. */
function daysWithLosses(
  found: readonly FoundDay[],
  { base, given, rules }: { readonly base: VariantFold; readonly given: GivenCounts; readonly rules: Rules },
): Day[] {
  const days: Day[] = [];
  for (const { day, list, counts } of found) {
    if (!counts) return [];
    let differs = false;
    for (const articleId of given.articles()) {
      const [right, shown] = [base.counts(articleId, day), counts(articleId)];
      if (right?.join() === shown?.join()) continue;
      if (!given.had(articleId, shown ?? [])) return [];
      // A deletion may be among what is missing; where nothing else is, it has other names.
      if (!right && !base.wasDeleted(articleId, day)) return [];
      differs ||= right !== undefined;
    }
    const fits = list.every(({ articleId, score }) => {
      const [like = 0, comment = 0, view = 0, commenter = 0] = counts(articleId) ?? [];
      return scoreOf(rules, { like, comment, view, commenter }) === score;
    });
    if (!fits) return [];
    if (differs) days.push(day);
  }
  return days;
}

interface Cause {
  readonly name: string;
  readonly does: string;
  readonly faults: RegExp;
}

const CONSUMER_ENDS = /^consumer-(?:kill|stop|start)$/;

const CAUSES: readonly Cause[] = [
  {
    name: 'STORE_ROLLBACK',
    does: 'what Redis had lost was not read again',
    faults: /^redis-(?:kill|erase|flush|failover)$/,
  },
  {
    name: 'ZOMBIE_WRITE',
    does: 'a process that had lost its partitions wrote older counts over newer ones',
    faults: /^consumer-pause$/,
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

const READ_TOO_LATE: NamedBug = {
  name: 'PROC_TIME_DAY',
  does: 'an event counts for the day on which it is processed, so what was read after the end of its day is missing',
};
const WRITTEN_ANEW: NamedBug = {
  name: 'TORN_EXPIRY',
  does: 'counts expire at midnight, and what is read then is written without the others',
};
const PUBLISHED_TOO_EARLY: NamedBug = {
  name: 'EARLY_SERVE',
  does: 'a day was published before all of its events were applied',
};

/** The bugs that what broke makes likely, when all that is wrong are counts that miss later events. */
export function lostEvents(
  found: readonly FoundDay[],
  { base, given, dayEnd }: { readonly base: VariantFold; readonly given: GivenCounts; readonly dayEnd: DayEnd },
  { rules, faults, sessionTimeoutMs, wasPublished }: Circumstances,
): NamedBug[] {
  const days = daysWithLosses(found, { base, given, rules });
  if (days.length === 0) return [];
  const wasBroken = faults.filter(({ kind, injectedAtMs, healedAtMs }) => {
    if (injectedAtMs === null) return false;
    return kind !== 'consumer-pause' || healedAtMs === null || healedAtMs - injectedAtMs > sessionTimeoutMs;
  });
  const causes = CAUSES.flatMap(({ name, does, faults: kinds }) => {
    const fault = wasBroken.find(({ kind }) => kinds.test(kind));
    return fault ? [{ name, does: `${does}, as may be after ${fault.kind} of ${fault.target}` }] : [];
  });
  return [
    ...(days.every((day) => dayEnd.isReadTooLate(day, base)) ? [READ_TOO_LATE] : []),
    ...(days.every((day) => dayEnd.isWrittenAnew(day, base)) ? [WRITTEN_ANEW] : []),
    ...(days.every(wasPublished) ? [PUBLISHED_TOO_EARLY] : []),
    ...causes,
  ];
}

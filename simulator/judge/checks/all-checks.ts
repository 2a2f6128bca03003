// simulator/judge/checks/all-checks.ts — The table of all checks: the verdict is what they say of one run.
import { ALIVE } from './alive.js';
import { READ_MODEL } from './article-read.js';
import { type Check, type CodedResult, checkWithNeeds, type Evidence } from './checker.js';
import { CLOSED_DAYS } from './closed-days.js';
import { CUTS } from './cuts.js';
import { DEAD_LETTERS } from './dead-letters.js';
import { DELIVERY } from './delivery.js';
import { DRAINED } from './drained.js';
import { FAULTS } from './faults.js';
import { LISTS } from './lists.js';
import { LOAD } from './load.js';
import { LOG_EQUALS_PLAN } from './log-equals-plan.js';
import type { Precondition } from './preconditions.js';
import { PROGRESS } from './progress.js';
import { PUBLICATION } from './publication.js';
import { RETENTION } from './retention.js';
import { SCORES } from './scores.js';
import { STALENESS } from './staleness-check.js';

/** In the order in which they run, and in which a report lists them. */
export const ALL_CHECKS: readonly Check[] = [
  LOAD,
  ALIVE,
  DRAINED,
  PROGRESS,
  LISTS,
  SCORES,
  DELIVERY,
  RETENTION,
  DEAD_LETTERS,
  FAULTS,
  CLOSED_DAYS,
  PUBLICATION,
  CUTS,
  STALENESS,
  LOG_EQUALS_PLAN,
  READ_MODEL,
];

/** @returns the results of the checks that apply to this run. @param all needs of this run, by check */
export function judge(evidence: Evidence, all: readonly Precondition[] = []): CodedResult[] {
  const results: CodedResult[] = [];
  for (const check of ALL_CHECKS) {
    const preconditions = all.filter((need) => need.check === check.name);
    const result = checkWithNeeds(check, evidence, { preconditions, earlier: results });
    if (result) results.push(result);
  }
  return results;
}

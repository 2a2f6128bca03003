// simulator/judge/naming/publication-bugs.ts — Bugs that are over by the end: a day that clients were given too early, a closed list that changed for a while.
import type { Diagnosis } from '../../record/diagnosis-record.js';
import type { CodedResult } from '../checks/checker.js';
import { CLOSED_DAYS_CHECK } from '../checks/closed-days.js';
import { PUBLICATION_CHECK } from '../checks/publication.js';

const BUGS = [
  {
    check: PUBLICATION_CHECK,
    pattern: /before its publication|when it was not right/,
    bug: { name: 'EARLY_SERVE', does: 'clients were given a day before all of its events were applied' },
  },
  {
    check: PUBLICATION_CHECK,
    pattern: /changed/,
    bug: { name: 'MUTABLE_RESULT', does: 'what clients are given of a published day changed' },
  },
  {
    check: CLOSED_DAYS_CHECK,
    pattern: /changed/,
    bug: { name: 'MUTABLE_RESULT', does: 'the list of a published day changed' },
  },
] as const;

/** Only where lists and counts are right at the end: wrong ones are given to clients, too, and say nothing of when. */
export function publicationBugs(checks: readonly CodedResult[]): Diagnosis | undefined {
  const consistent = BUGS.filter(({ check, pattern }) =>
    checks.some((one) => one.check === check && one.findings.some(({ message }) => pattern.test(message))),
  ).map(({ bug }) => bug);
  if (consistent.length === 0) return undefined;
  return { naming: { consistent, partly: [], not: [], untested: [] } };
}

// simulator/judge/naming/publication-bugs.ts — Bugs that no longer show at the end: a day that clients were given too early, a closed list that changed for a while.

import type { BugName } from '../../vocabulary/bugs.js';
import type { FindingCode } from '../../vocabulary/findings.js';
import type { CodedResult } from '../checks/checker.js';
import type { Cause, Causes } from './causes.js';

interface PublicationBug extends Cause<BugName> {
  readonly codes: readonly FindingCode[];
}

const BUGS: readonly PublicationBug[] = [
  {
    name: 'EARLY_SERVE',
    does: 'clients were given a day before all of its events were applied',
    codes: ['served-too-early', 'served-wrong'],
  },
  {
    name: 'MUTABLE_RESULT',
    does: 'what clients are given of a published day changed',
    codes: ['served-list-changed'],
  },
  { name: 'MUTABLE_RESULT', does: 'the list of a published day changed', codes: ['closed-list-changed'] },
];

/** To be asked only where lists and counts are right at the end. Wrong ones are given to clients, too, and do not tell when they became wrong. */
export function publicationBugs(checks: readonly CodedResult[]): { readonly naming: Causes<BugName> } | undefined {
  const found = new Set(checks.flatMap(({ findings }) => findings.map(({ code }) => code)));
  const consistent = BUGS.filter(({ codes }) => codes.some((code) => found.has(code))).map(({ name, does }) => ({
    name,
    does,
  }));
  if (consistent.length === 0) return undefined;
  return { naming: { consistent, partly: [], not: [], untested: [] } };
}

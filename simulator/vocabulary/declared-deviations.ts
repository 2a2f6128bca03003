// simulator/vocabulary/declared-deviations.ts — In what a consumer is declared to differ from the rules.
import type { BugName } from './bugs.js';

/** Known bugs that a consumer may be declared to have, so that they do not hide another one. */
export const DECLARABLE_BUGS = [
  'TRIM_LOSS',
  'ORPHAN_DROP',
  'STALE_OVERWRITE',
  'PROC_TIME_DAY',
  'MUTABLE_RESULT',
] as const satisfies readonly BugName[];
export type DeclarableBug = (typeof DECLARABLE_BUGS)[number];

export interface DeclaredDeviations {
  readonly bugs: readonly DeclarableBug[];
  readonly ties: 'newest first' | 'oldest first' | 'reverse text' | 'packed into the score';
  readonly zeroScore: 'unlisted' | 'listed';
}

export const NOTHING_DECLARED: DeclaredDeviations = { bugs: [], ties: 'newest first', zeroScore: 'unlisted' };

/** One of the declared deviations, as the run record writes it. */
export type DeviationName =
  | DeclarableBug
  | `ties ${Exclude<DeclaredDeviations['ties'], 'newest first'>}`
  | 'zero scores listed';

export function deviationNames({ bugs, ties, zeroScore }: DeclaredDeviations): DeviationName[] {
  const names: DeviationName[] = [...bugs];
  if (ties !== 'newest first') names.push(`ties ${ties}`);
  if (zeroScore === 'listed') names.push('zero scores listed');
  return names;
}

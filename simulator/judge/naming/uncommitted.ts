// simulator/judge/naming/uncommitted.ts — Lag that never ends though the ranking is right: everything was applied, and not everything was committed.

import type { History } from '../../history/history.js';
import type { CheckResult } from '../../record/verdict-record.js';
import type { BugName } from '../../vocabulary/bugs.js';
import type { Causes } from './causes.js';

/** @param ofRanking the checks that compare all that is shown with all that was sent */
export function uncommitted(
  { finalLag }: History,
  ofRanking: readonly CheckResult[],
): { readonly naming: Causes<BugName> } | undefined {
  if (!finalLag || ofRanking.some(({ outcome }) => outcome !== 'pass')) return undefined;
  const does = `all is applied, and of ${finalLag} records that was never committed: a restart would read them again`;
  return { naming: { consistent: [{ name: 'PARTIAL_COMMIT', does }], partly: [], not: [], untested: [] } };
}

// simulator/judge/checks/ranking-checks.ts — The verdict: every check over the same history and oracle.

import type { History } from '../../history/history.js';
import type { Outcome } from '../../record/verdict-record.js';
import type { CheckName } from '../../vocabulary/checks.js';
import type { Oracle } from '../oracle/oracle.js';
import { ALIVE } from './alive.js';
import { type Check, type CodedResult, checkWithNeeds, type Evidence, overall } from './checker.js';
import { DEAD_LETTERS } from './dead-letters.js';
import { DELIVERY } from './delivery.js';
import { DRAINED } from './drained.js';
import { FAULTS } from './faults.js';
import { LISTS } from './lists.js';
import { LOAD } from './load.js';
import type { Precondition } from './preconditions.js';
import { PROGRESS } from './progress.js';
import { RETENTION } from './retention.js';
import { SCORES } from './scores.js';

const CHECKS: readonly Check[] = [LOAD, ALIVE, DRAINED, PROGRESS, LISTS, SCORES, DELIVERY, RETENTION, DEAD_LETTERS];
/** They look at what the consumer tells of itself. */
const INNER: readonly Check[] = [SCORES, DELIVERY, DEAD_LETTERS];

/** What is wrong in these has a known bug for a cause. */
export const RANKING_CHECKS: readonly CheckName[] = [LISTS, SCORES, DELIVERY, RETENTION].map(({ name }) => name);

export function judge(
  history: History,
  oracle: Oracle,
  preconditions: readonly Precondition[] = [],
): { outcome: Outcome; checks: CodedResult[] } {
  const evidence: Evidence = { history, oracle };
  // A run without faults has nothing to say of them.
  const meant = [
    ...CHECKS.filter((check) => !history.isOpaque || !INNER.includes(check)),
    ...(history.faults.length > 0 ? [FAULTS] : []),
  ];
  const checks = meant.map((check) =>
    checkWithNeeds(
      check,
      evidence,
      preconditions.filter((need) => need.check === check.name),
    ),
  );
  return { outcome: overall(checks), checks };
}

// simulator/judge/judge.ts — The verdict: every checker over the same history and oracle.
import type { CheckResult, Outcome } from '../record/run-record.js';
import { type Checker, checkSafely, type History, overall } from './checker.js';
import { checkDelivery } from './delivery.js';
import { checkFaults } from './faults.js';
import { checkLists } from './lists.js';
import { checkAlive, checkDeadLetters, checkDrained, checkLoad } from './liveness.js';
import type { Oracle } from './oracle.js';
import { checkRetention, RETENTION_CHECK } from './retention.js';

const CHECKERS: Readonly<Record<string, Checker>> = {
  load: checkLoad,
  'consumers alive': checkAlive,
  drained: checkDrained,
  lists: checkLists,
};
/** They look at what the consumer tells of itself. */
const INNER: Readonly<Record<string, Checker>> = {
  delivery: checkDelivery,
  [RETENTION_CHECK]: checkRetention,
  'dead letters': checkDeadLetters,
};

export function judge(history: History, oracle: Oracle): { outcome: Outcome; checks: CheckResult[] } {
  const checkers = {
    ...CHECKERS,
    ...(history.isOpaque ? {} : INNER),
    // A run without faults has nothing to say of them.
    ...(history.faults.length > 0 ? { faults: checkFaults } : {}),
  };
  const checks = Object.entries(checkers).map(([name, check]) => checkSafely(name, check, { history, oracle }));
  return { outcome: overall(checks), checks };
}

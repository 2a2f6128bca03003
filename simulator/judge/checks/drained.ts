// simulator/judge/checks/drained.ts — Did the consumer get to the end of every partition?

import type { History } from '../../history/history.js';
import { type Check, type CodedFinding, judged, unknown } from './checker.js';

const NAME = 'drained';

/** Partitions that are named when the group is behind. */
const SHOWN = 3;

/** The consumer must reach the end of every partition, and then leave the lists alone. */
const check: Check['check'] = ({ history: { finalLag, drainSeconds, isSettled, behind = [] } }) => {
  if (finalLag === null) return unknown(NAME, 'no offsets', 'the offsets of the group could not be read at the end');
  const after = `${drainSeconds.toFixed(1)} s after the load`;
  const findings: CodedFinding[] = [];
  if (finalLag !== 0) {
    const message = `lag is still ${finalLag} records ${after}, expected 0${stuck(behind)}`;
    findings.push({ code: 'lag-left', message, expected: 0, found: finalLag });
  }
  if (!isSettled)
    findings.push({ code: 'lists-unsettled', message: `the lists still change ${after}, though lag is 0` });
  return judged(NAME, `a lag of ${finalLag} records at the end`, findings);
};

export const DRAINED: Check = { name: NAME, needs: [], check };

function stuck(behind: NonNullable<History['behind']>): string {
  const shown = behind
    .slice(0, SHOWN)
    .map(({ partition, committed, latest }) => `${partition} at ${committed} of ${latest}`);
  const more = behind.length > SHOWN ? `, and ${behind.length - SHOWN} more` : '';
  return shown.length === 0 ? '' : `; behind are ${shown.join(', ')}${more}`;
}

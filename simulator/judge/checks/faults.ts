// simulator/judge/checks/faults.ts — Did everything that was to break really break, and was it healed?
import type { FaultResult } from '../../history/fault-result.js';
import { type Check, passed, unknown } from './checker.js';

const NAME = 'faults';

/** A run whose faults did not happen has not put the system to the planned test. */
const check: Check['check'] = ({ history: { faults } }) => {
  if (faults.length === 0) return undefined;
  const injected = faults.filter(({ injectedAtMs }) => injectedAtMs !== null).length;
  const proven = faults.filter(({ receipt }) => receipt?.proven).length;
  const seen = `${injected} of ${faults.length} faults injected, ${proven} proven`;
  const reasons = faults.flatMap((fault, index) => {
    const why = problemOf(fault);
    return why === undefined ? [] : [`fault ${index + 1}, ${fault.kind} of ${fault.target}: ${why}`];
  });
  return reasons.length === 0 ? passed(NAME, seen) : unknown(NAME, seen, reasons.join('; '));
};

export const FAULTS: Check = { name: NAME, needs: [], check };

function problemOf({ injectedAtMs, healedAtMs, receipt, problem }: FaultResult): string | undefined {
  if (injectedAtMs === null) return `was not injected: ${problem ?? 'no reason is known'}`;
  if (healedAtMs === null) return `was not healed: ${problem ?? 'no reason is known'}`;
  if (!receipt) return problem ?? 'it has no receipt';
  if (receipt.proven) return undefined;
  const facts = receipt.facts.map(({ what, before, after }) => `${what}: ${before} -> ${after}`);
  return `nothing proves that it happened (${facts.join('; ')})`;
}

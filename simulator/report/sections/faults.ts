// simulator/report/sections/faults.ts — What was broken on purpose: when, for how long, its proof, and the recovery.
import type { FaultResult } from '../../history/fault-result.js';
import type { RunRecord } from '../../record/run-record.js';
import { type Badge, numbers, only, type Section, table } from '../document.js';
import { duration } from '../format.js';

export function faultsSection({ faults = [] }: RunRecord): Section[] {
  if (faults.length === 0) return [];
  const caption =
    'Broken on purpose. “Noticed” and “moved again” count from the injection, “caught up” from the healing.';
  const columns = [
    'Proof',
    'Fault',
    'Target',
    ...numbers('At', 'For', 'Noticed after', 'Moved again after', 'Caught up after'),
  ];
  const proofs = faults.flatMap((fault) => faultProofs(fault).map((proof) => [fault.kind, fault.target, proof]));
  return [
    {
      id: 'faults',
      title: 'Faults',
      blocks: [
        table(
          caption,
          columns,
          faults.map((fault) => [faultBadge(fault), ...faultCells(fault)]),
        ),
        only(['page', 'summary'], table('What proves each fault', ['Fault', 'Target', 'Proof'], proofs)),
      ],
    },
  ];
}

/** Times since the load began. */
function faultCells({ kind, target, injectedAtMs, healedAtMs, recovery }: FaultResult): string[] {
  const lasted = injectedAtMs === null || healedAtMs === null ? null : healedAtMs - injectedAtMs;
  const times = [injectedAtMs, lasted, recovery?.detectedMs, recovery?.firstProgressMs, recovery?.caughtUpMs];
  return [kind, target, ...times.map((ms) => (ms === null || ms === undefined ? '–' : duration(ms)))];
}

/** `exit: running -> SIGKILL`; the problem first, where there is one. */
function faultProofs({ receipt, problem }: FaultResult): string[] {
  const facts = receipt?.facts.map(({ what, before, after }) => `${what}: ${before} → ${after}`) ?? [];
  return [...(problem === undefined ? [] : [problem]), ...facts];
}

function faultBadge({ receipt, injectedAtMs, healedAtMs }: FaultResult): Badge {
  if (injectedAtMs !== null && healedAtMs === null) return { tone: 'unknown', label: 'not healed' };
  return receipt?.proven ? { tone: 'pass', label: 'proven' } : { tone: 'unknown', label: 'not proven' };
}

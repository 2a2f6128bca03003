// simulator/judge/checks/checker.ts — A checker compares what happened with what must be true; all of them together are the verdict.
import type { History } from '../../history/history.js';
import type { CheckResult, Finding, Outcome } from '../../record/verdict-record.js';
import type { CheckName } from '../../vocabulary/checks.js';
import type { FindingCode } from '../../vocabulary/findings.js';
import type { Oracle } from '../oracle/oracle.js';

/** A finding of this version of sim; one that is read from an old record may have no code. */
export interface CodedFinding extends Finding {
  readonly code: FindingCode;
}

export interface CodedResult extends CheckResult {
  readonly check: CheckName;
  readonly findings: readonly CodedFinding[];
}

export type Checker = (history: History, oracle: Oracle) => CodedResult;

export interface Evidence {
  readonly history: History;
  readonly oracle: Oracle;
}

/** What must have been seen: without it a check that found nothing has shown nothing. */
export interface Need {
  /** "a row of a list" */
  readonly text: string;
  readonly wasSeen: (evidence: Evidence) => boolean;
}

/** A checker by its name, with what it needs in every run; what a scenario promises beyond that is in `promises.ts`. */
export interface Check {
  readonly name: CheckName;
  readonly needs: readonly Need[];
  readonly check: Checker;
}

const MAX_FINDINGS = 20;

export function passed(check: CheckName, seen: string): CodedResult {
  return { check, outcome: 'pass', seen, findings: [], findingCount: 0 };
}

export function judged(check: CheckName, seen: string, findings: readonly CodedFinding[]): CodedResult {
  if (findings.length === 0) return passed(check, seen);
  return { check, outcome: 'fail', seen, findings: findings.slice(0, MAX_FINDINGS), findingCount: findings.length };
}

export function unknown(check: CheckName, seen: string, reason: string): CodedResult {
  return { check, outcome: 'unknown', seen, findings: [], findingCount: 0, reason };
}

/** A check that passes, and did not see what it needs, is unknown; one that fails has seen enough. @param promised needs of this run alone */
export function checkWithNeeds(
  { name, needs, check }: Check,
  evidence: Evidence,
  preconditions: readonly Need[],
): CodedResult {
  const result = checkSafely(name, check, evidence);
  const all = [...needs, ...preconditions].map(({ text, wasSeen }) => ({ text, wasSeen: wasSeen(evidence) }));
  if (all.length === 0) return result;
  const missing = all.filter((need) => !need.wasSeen).map(({ text }) => text);
  if (result.outcome !== 'pass' || missing.length === 0) return { ...result, needs: all };
  return { ...unknown(name, result.seen, `it needs to have seen ${missing.join(', and ')}`), needs: all };
}

/** A checker that throws has shown nothing about the system, so it must not pass. */
export function checkSafely(name: CheckName, check: Checker, evidence: Evidence): CodedResult {
  try {
    return check(evidence.history, evidence.oracle);
  } catch (error) {
    return unknown(
      name,
      'nothing',
      `the checker itself failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

/** fail > unknown > pass; no check at all has shown nothing. */
export function overall(results: readonly Pick<CheckResult, 'outcome'>[]): Outcome {
  if (results.some((result) => result.outcome === 'fail')) return 'fail';
  if (results.length === 0 || results.some((result) => result.outcome === 'unknown')) return 'unknown';
  return 'pass';
}

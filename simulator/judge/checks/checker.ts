// simulator/judge/checks/checker.ts — A check compares what happened with what must be true; all of them together are the verdict.
import type { History } from '../../history/history.js';
import type { LaneResult } from '../../history/lane-result.js';
import type { OpenLog } from '../../history/log-records.js';
import type { CheckResult, Finding, Outcome } from '../../record/verdict-record.js';
import type { Scenario } from '../../scenario/schema.js';
import type { CheckName } from '../../vocabulary/checks.js';
import type { FindingCode } from '../../vocabulary/findings.js';
import type { LogComparison } from '../log/log-alignment.js';
import type { LogOracle } from '../log/log-oracle.js';
import type { Oracle } from '../oracle/oracle.js';
import type { Staleness } from './staleness.js';

/** A finding of this version of sim; one that is read from an old record may have no code. */
export interface CodedFinding extends Finding {
  readonly code: FindingCode;
}

export interface CodedResult extends CheckResult {
  readonly check: CheckName;
  readonly findings: readonly CodedFinding[];
}

/** What the checks of one run may look at. */
export interface Evidence {
  readonly history: History;
  /** By the topics where they were read again, else by the plan and the acknowledged sends. */
  readonly oracle: Oracle;
  /** Event time per wall time. */
  readonly speed: number;
  /** By the plan: what each lane's producer tells of its articles. */
  readonly lanes: readonly LaneResult[];
  /** Made when it is called, as it takes a while. */
  readonly titles: () => TitleOf;
  /** Undefined when they were not to be read again. */
  readonly topics?: Topics;
}

/** The title that an article was given. @param edition version of the update that gave it, 0: the creation */
export type TitleOf = (lane: number, article: number, edition: number) => string;

/** The topics as they were read again after the run. */
export type Topics =
  | { readonly state: 'unreadable'; readonly reason: string }
  | {
      readonly state: 'read';
      readonly comparison: LogComparison;
      readonly log: LogOracle;
      readonly acks: Scenario['producer']['acks'];
      /** In order of time. */
      readonly staleness: readonly Staleness[];
      /** Reads them once more, from memory; undefined when they are too long to be kept. */
      readonly cursorOf: OpenLog['cursorOf'] | undefined;
    };

/** What must have been seen: without it a check that found nothing has shown nothing. */
export interface Need {
  /** "a row of a list" */
  readonly text: string;
  readonly wasSeen: (evidence: Evidence) => boolean;
}

/** What a scenario asks for beyond that is in `preconditions.ts`. */
export interface Check {
  readonly name: CheckName;
  readonly needs: readonly Need[];
  /** Undefined: the check does not apply to this run, and is left out. @param earlier results of the checks before it */
  readonly check: (evidence: Evidence, earlier: readonly CodedResult[]) => CodedResult | undefined;
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

export interface CheckOptions {
  /** Needs of this run alone. */
  readonly preconditions: readonly Need[];
  readonly earlier: readonly CodedResult[];
}

/** A check that passes without what it needs to have seen is unknown. One that fails has seen enough. */
export function checkWithNeeds(
  check: Check,
  evidence: Evidence,
  { preconditions, earlier }: CheckOptions,
): CodedResult | undefined {
  const result = checkSafely(check, evidence, earlier);
  const needs = [...check.needs, ...preconditions].map(({ text, wasSeen }) => ({ text, wasSeen: wasSeen(evidence) }));
  if (!result || needs.length === 0) return result;
  const missing = needs.filter(({ wasSeen }) => !wasSeen).map(({ text }) => text);
  if (result.outcome !== 'pass' || missing.length === 0) return { ...result, needs };
  return { ...unknown(check.name, result.seen, `it needs to have seen ${missing.join(', and ')}`), needs };
}

/** A check that throws has shown nothing about the system, so it must not pass. */
export function checkSafely(
  { name, check }: Check,
  evidence: Evidence,
  earlier: readonly CodedResult[],
): CodedResult | undefined {
  try {
    return check(evidence, earlier);
  } catch (error) {
    const reason = error instanceof Error ? error.stack : String(error);
    return unknown(name, 'nothing', `the checker itself failed: ${reason}`);
  }
}

/** fail > unknown > pass; no check at all has shown nothing. */
export function overall(results: readonly Pick<CheckResult, 'outcome'>[]): Outcome {
  if (results.some((result) => result.outcome === 'fail')) return 'fail';
  if (results.length === 0 || results.some((result) => result.outcome === 'unknown')) return 'unknown';
  return 'pass';
}

// simulator/judge/checks/log-equals-plan.ts — Do the topics hold what was sent, and do the two oracles agree?

import { RANKING_CHECKS } from '../../vocabulary/checks.js';
import type { FindingCode } from '../../vocabulary/findings.js';
import { disagreements } from '../log/disagreements.js';
import type { LogComparison } from '../log/log-alignment.js';
import { type Check, type CodedFinding, type CodedResult, judged, unknown } from './checker.js';

const NAME = 'log equals plan';

export const LOG_EQUALS_PLAN: Check = {
  name: NAME,
  needs: [],
  check: ({ history: { sends }, lanes, topics }, earlier) => {
    if (!topics) return undefined;
    if (topics.state === 'unreadable') return unknown(NAME, 'nothing', topics.reason);
    const { comparison, acks, log } = topics;
    const ranking = earlier.filter(({ check }) => RANKING_CHECKS.includes(check));
    const rankingEqualsLog = ranking.every(({ outcome }) => outcome === 'pass');
    const result = compareLogWithPlan(comparison, { ...sends, acks, rankingEqualsLog });
    if (result.outcome !== 'pass') return result;
    const findings = disagreements(lanes, log);
    return judged(
      NAME,
      result.seen,
      findings.map((finding) => ({ ...finding, message: `harness bug: ${finding.message}` })),
    );
  },
};

/** The two oracles contradict each other in a way that no server can be blamed for: nothing that sim says can be trusted. */
export function isHarnessBug(results: readonly CodedResult[]): boolean {
  return results.some(({ findings }) => findings.some(({ code }) => HARNESS_BUGS.includes(code)));
}

const HARNESS_BUGS: readonly FindingCode[] = ['records-foreign', 'records-of-failed-sends', 'oracles-disagree'];

export interface SendsOfRun {
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  readonly acks: 0 | 1 | 'all';
  /** Whether lists and counts are what the log says, whatever is missing from it. */
  readonly rankingEqualsLog: boolean;
}

/** An acknowledged record that is not in the log was lost by Kafka; the consumer is not to blame. */
export function compareLogWithPlan(
  { records, matched, lost, examples, repeats, foreign, foreignExamples }: LogComparison,
  sends: SendsOfRun,
): CodedResult {
  const seen = `${records} records in the topics, ${matched} of them planned, ${repeats} repeated by retries`;
  const findings: CodedFinding[] = [];
  if (foreign > 0) {
    const message = `harness bug: ${foreign} records in the topics were never planned, such as ${foreignExamples.join(', ')}`;
    findings.push({ code: 'records-foreign', message, expected: 0, found: foreign });
  }
  const written = matched - sends.ok - sends.info;
  if (written > 0) {
    const message = `harness bug: ${written} records are in the topics whose sends are said to have failed`;
    findings.push({ code: 'records-of-failed-sends', message, expected: sends.ok + sends.info, found: matched });
  }
  if (lost > 0) {
    const where = examples.map(({ place, eventId }) => `event ${eventId} of ${place}`).join(', ');
    const ranking = sends.rankingEqualsLog ? 'equals the log' : 'differs from the log, too';
    const message = `Kafka lost ${lost} acknowledged records with acks=${sends.acks}; the ranking ${ranking}; lost are ${where}`;
    findings.push({ code: 'records-lost', message, expected: sends.ok, found: matched });
  }
  if (records === 0) return unknown(NAME, seen, 'the topics hold no records');
  return judged(NAME, seen, findings);
}

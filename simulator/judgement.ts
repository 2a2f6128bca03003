// simulator/judgement.ts — The verdict of a run, by the plan and, where the topics are read again, by what is really in them; and of a wrong ranking the cause.
import { Calendar } from '../contract/calendar.js';
import { diagnose } from './diagnose.js';
import type { History } from './judge/checker.js';
import { overall, unknown } from './judge/checker.js';
import { judge } from './judge/judge.js';
import type { LaneResult } from './judge/lane-truth.js';
import { LogOracle } from './judge/log-oracle.js';
import { compareLogWithPlan, disagreements, LOG_CHECK, lanesByLog } from './judge/log-truth.js';
import { Oracle } from './judge/oracle.js';
import { type LogSource, readLog } from './read-log.js';
import type { CheckResult, Diagnosis, Outcome } from './record/run-record.js';

export interface Judgement {
  readonly outcome: Outcome;
  readonly checks: readonly CheckResult[];
  readonly oracle: Oracle;
  readonly diagnosis: Diagnosis | undefined;
  /** The two oracles contradict each other in a way that no server can be blamed for. */
  readonly isHarnessBug: boolean;
}

/** With `auto`, the topics of a run of at most so many events are read again whatever its verdict. */
const SMALL_RUN_EVENTS = 1_000_000;

export async function judgeRun(history: History, lanes: readonly LaneResult[], source: LogSource): Promise<Judgement> {
  const { rules } = source.plan.scenario;
  const oracle = new Oracle(rules, lanes);
  const byPlan = { ...judge(history, oracle), oracle, diagnosis: undefined, isHarnessBug: false };
  if (!isWanted(source, byPlan.outcome)) return byPlan;
  try {
    return await judgeByLog(history, lanes, source);
  } catch (error) {
    source.signal.throwIfAborted();
    const why = `the topics could not be read again: ${error instanceof Error ? error.message : String(error)}`;
    const checks = [...byPlan.checks, unknown(LOG_CHECK, 'nothing', why)];
    return { ...byPlan, checks, outcome: overall(checks) };
  }
}

function isWanted({ plan }: LogSource, outcome: Outcome): boolean {
  const { log } = plan.scenario.judge;
  if (log === 'auto') return outcome !== 'pass' || plan.events <= SMALL_RUN_EVENTS;
  return log === 'always' || (log === 'on-failure' && outcome !== 'pass');
}

async function judgeByLog(history: History, lanes: readonly LaneResult[], source: LogSource): Promise<Judgement> {
  const { rules } = source.plan.scenario;
  const log = new LogOracle(rules, source.plan.articles);
  const comparison = await readLog(source, (event) => log.add(event));
  const { check, isHarnessBug } = compareLogWithPlan(comparison, history.sends);
  const quarrel = check.outcome === 'pass' ? disagreements(lanes, log) : [];
  const oracle = new Oracle(rules, lanesByLog(lanes, log));
  const checks = [...judge(history, oracle).checks, withFindings(check, quarrel)];
  const isWrong = checks.some(
    ({ check: name, outcome }) => (name === 'lists' || name === 'delivery') && outcome === 'fail',
  );
  const calendar = new Calendar(rules);
  // The known bugs are folds of likes, comments and views alone.
  const canDiagnose = isWrong && rules.weights.commenter === 0;
  const diagnosis = canDiagnose ? await diagnose({ history, checks, oracle, log, calendar }, source) : undefined;
  return { outcome: overall(checks), checks, oracle, diagnosis, isHarnessBug: isHarnessBug || quarrel.length > 0 };
}

function withFindings(check: CheckResult, findings: CheckResult['findings']): CheckResult {
  if (findings.length === 0) return check;
  const named = findings.map((finding) => ({ ...finding, message: `harness bug: ${finding.message}` }));
  return { ...check, outcome: 'fail', findings: named.slice(0, 20), findingCount: findings.length };
}

// simulator/judgement.ts — The verdict of a run, by the plan and, where the topics are read again, by what is really in them; and of a wrong ranking the cause.
import { Calendar } from '../contract/calendar.js';
import { decodedValue } from '../contract/codec.js';
import { diagnose } from './diagnose.js';
import { checkReadModels, READ_MODEL_CHECK } from './judge/article-read.js';
import {
  type Checker,
  checkSafely,
  type History,
  type ObservedArticleRead,
  overall,
  unknown,
} from './judge/checker.js';
import { checkCuts } from './judge/cuts.js';
import { judge } from './judge/judge.js';
import type { LaneResult } from './judge/lane-truth.js';
import { LogOracle } from './judge/log-oracle.js';
import { compareLogWithPlan, disagreements, LOG_CHECK, lanesByLog } from './judge/log-truth.js';
import { Oracle } from './judge/oracle.js';
import { type LogSource, readLog } from './read-log.js';
import type { LogCounts } from './record/log-counts.js';
import type { CheckResult, Diagnosis, Outcome } from './record/run-record.js';
import { openRecordedLog } from './recorded-log.js';
import { titlesOf } from './workload/lanes.js';
import type { Plan } from './workload/plan.js';

export interface Judgement {
  readonly outcome: Outcome;
  readonly checks: readonly CheckResult[];
  readonly oracle: Oracle;
  readonly diagnosis: Diagnosis | undefined;
  /** Where the topics were read again. */
  readonly log?: LogCounts;
  /** The two oracles contradict each other in a way that no server can be blamed for. */
  readonly isHarnessBug: boolean;
}

/** With `auto`, the topics of a run of at most so many events are read again whatever its verdict. */
const SMALL_RUN_EVENTS = 1_000_000;

export async function judgeRun(history: History, lanes: readonly LaneResult[], source: LogSource): Promise<Judgement> {
  const ranking = await judgeRanking(history, lanes, source);
  if (!history.articleRead) return ranking;
  const check: Checker = ({ articleRead }) => readModelCheck(articleRead, lanes, source.plan);
  const { oracle } = ranking;
  const checks = [...ranking.checks, checkSafely(READ_MODEL_CHECK, check, { history, oracle })];
  return { ...ranking, checks, outcome: overall(checks) };
}

async function judgeRanking(history: History, lanes: readonly LaneResult[], source: LogSource): Promise<Judgement> {
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
  const oracle = new Oracle(rules, lanesByLog(lanes, log));
  const ranking = judge(history, oracle).checks;
  const ofRanking = ranking.filter(({ check }) => check === 'lists' || check === 'delivery');
  const isWrong = ofRanking.some(({ outcome }) => outcome === 'fail');
  const { acks } = source.plan.scenario.producer;
  const rankingEqualsLog = ofRanking.every(({ outcome }) => outcome === 'pass');
  const { check, isHarnessBug } = compareLogWithPlan(comparison, { ...history.sends, acks, rankingEqualsLog });
  const quarrel = check.outcome === 'pass' ? disagreements(lanes, log) : [];
  const cuts = cutCheck(history, source);
  const checks = [...ranking, ...(cuts ? [cuts] : []), withFindings(check, quarrel)];
  const calendar = new Calendar(rules);
  // The known bugs are folds of likes, comments and views alone.
  const canDiagnose = isWrong && rules.weights.commenter === 0;
  const diagnosis = canDiagnose ? await diagnose({ history, checks, oracle, log, calendar }, source) : undefined;
  const { records, matched: found, lost, repeats: duplicated } = comparison;
  return {
    ...{ outcome: overall(checks), checks, oracle, diagnosis, isHarnessBug: isHarnessBug || quarrel.length > 0 },
    log: { records, found, lost, duplicated },
  };
}

/** Undefined where no list was seen with its offsets, or the log is too long to be kept. */
function cutCheck(history: History, { plan, recorder }: LogSource): CheckResult | undefined {
  const { rules, viewsPerEvent } = plan.scenario;
  const log = recorder?.take();
  // The fold knows likes, comments and views alone.
  if (!log || rules.weights.commenter > 0) return undefined;
  return checkCuts(history, { rules, viewsPerEvent, cursorOf: openRecordedLog(log).cursorOf, decode: decodedValue });
}

function readModelCheck(
  observed: ObservedArticleRead | undefined,
  lanes: readonly LaneResult[],
  plan: Plan,
): CheckResult {
  if (!observed) return unknown(READ_MODEL_CHECK, 'nothing', 'nobody looked at the article-read service');
  return checkReadModels(observed, lanes, titlesOf(plan));
}

function withFindings(check: CheckResult, findings: CheckResult['findings']): CheckResult {
  if (findings.length === 0) return check;
  const named = findings.map((finding) => ({ ...finding, message: `harness bug: ${finding.message}` }));
  return { ...check, outcome: 'fail', findings: named.slice(0, 20), findingCount: findings.length };
}

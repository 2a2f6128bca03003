// simulator/judge/judgement.ts — The verdict of a run, by the plan and, where the topics are read again, by what is really in them; and of a wrong ranking the cause.
import { Calendar } from '../../contract/calendar.js';
import { decodedValue } from '../../contract/codec.js';
import type { Day } from '../../contract/events.js';
import type { History, ObservedArticleRead } from '../history/history.js';
import type { LaneResult } from '../history/lane-result.js';
import type { Diagnosis } from '../record/diagnosis-record.js';
import type { PublicationTimes, StalenessPoint } from '../record/lists-record.js';
import type { LogCounts } from '../record/load-record.js';
import { openRecordedLog } from '../record/recorded-log.js';
import type { Outcome } from '../record/verdict-record.js';
import { titlesOf } from '../workload/lanes.js';
import type { Plan } from '../workload/plan.js';
import { checkReadModels, READ_MODEL_CHECK } from './checks/article-read.js';
import { type Checker, type CodedResult, checkSafely, overall, unknown } from './checks/checker.js';
import { checkClosedDays } from './checks/closed-days.js';
import { Coverage } from './checks/coverage.js';
import { checkCuts } from './checks/cuts.js';
import { compareLogWithPlan, disagreements, LOG_CHECK, lanesByLog } from './checks/log-truth.js';
import { hasPreconditions, preconditionsOf } from './checks/preconditions.js';
import { checkPublication, publicationTimes } from './checks/publication.js';
import { judge, RANKING_CHECKS } from './checks/ranking-checks.js';
import { type Staleness, StalenessFold } from './checks/staleness.js';
import { checkStaleness } from './checks/staleness-check.js';
import { LogOracle } from './log/log-oracle.js';
import { type LogSource, readLog } from './log/read-log.js';
import { diagnose } from './naming/diagnose.js';
import { Oracle } from './oracle/oracle.js';

export interface Judgement {
  readonly outcome: Outcome;
  readonly checks: readonly CodedResult[];
  readonly oracle: Oracle;
  readonly diagnosis: Diagnosis | undefined;
  /** Where the topics were read again. */
  readonly log?: LogCounts;
  /** Where the topics were read again, and lists were looked at. */
  readonly staleness?: readonly StalenessPoint[];
  readonly publications?: readonly PublicationTimes[];
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
  const checks = [...judge(history, oracle).checks, ...publicationChecks(history, oracle, source)];
  const byPlan = { outcome: overall(checks), checks, oracle, diagnosis: undefined, isHarnessBug: false };
  if (!isWanted(source, byPlan.outcome)) return byPlan;
  try {
    return await judgeByLog(history, lanes, source);
  } catch (error) {
    source.signal.throwIfAborted();
    const why = `the topics could not be read again: ${error instanceof Error ? error.message : String(error)}`;
    const withoutLog = [...byPlan.checks, unknown(LOG_CHECK, 'nothing', why)];
    return { ...byPlan, checks: withoutLog, outcome: overall(withoutLog) };
  }
}

function isWanted({ plan }: LogSource, outcome: Outcome): boolean {
  const { log } = plan.scenario.judge;
  // Only the topics tell whether what a scenario aims at happened; who forbids to read them does not ask.
  if (log === 'auto') return outcome !== 'pass' || plan.events <= SMALL_RUN_EVENTS || hasPreconditions(plan.scenario);
  return log === 'always' || (log === 'on-failure' && outcome !== 'pass');
}

async function judgeByLog(history: History, lanes: readonly LaneResult[], source: LogSource): Promise<Judgement> {
  const { plan } = source;
  const { rules } = plan.scenario;
  const older = 'events' in plan.scenario ? 0 : plan.scenario.articles.older;
  const log = new LogOracle(rules, plan.articles + older);
  const coverage = hasPreconditions(plan.scenario) ? new Coverage(new Calendar(rules)) : undefined;
  const stale = stalenessFold(history, source, log);
  const comparison = await readLog(source, (event) => {
    stale?.reach(event.dueMs);
    log.add(event);
    coverage?.add(event);
    stale?.add(event);
  });
  const oracle = new Oracle(rules, lanesByLog(lanes, log));
  const leaders = (day: Day, most: number) => log.leaders(day, most);
  const preconditions = coverage ? preconditionsOf(plan.scenario, { coverage, leaders }) : [];
  const ranking = judge(history, oracle, preconditions).checks;
  const ofRanking = ranking.filter(({ check }) => RANKING_CHECKS.includes(check));
  const rankingEqualsLog = ofRanking.every(({ outcome }) => outcome === 'pass');
  const { acks } = plan.scenario.producer;
  const { check, isHarnessBug } = compareLogWithPlan(comparison, { ...history.sends, acks, rankingEqualsLog });
  const quarrel = check.outcome === 'pass' ? disagreements(lanes, log) : [];
  const points = stale?.finish() ?? [];
  const checks = [
    ...ranking,
    ...publicationChecks(history, oracle, source),
    ...underLoadChecks(history, points, source),
    withFindings(check, quarrel),
  ];
  const calendar = new Calendar(rules);
  const diagnosis = await diagnose({ history, checks, oracle, log, calendar }, source);
  const { records, matched: found, lost, repeats: duplicated } = comparison;
  return {
    outcome: overall(checks),
    checks,
    oracle,
    isHarnessBug: isHarnessBug || quarrel.length > 0,
    diagnosis,
    log: { records, found, lost, duplicated },
    staleness: points.map(({ missed: _, ...point }) => point),
    publications: publicationTimes(history, oracle, speedOf(plan)),
  };
}

function speedOf({ scenario }: Plan): number {
  return scenario.clock.speed;
}

/** Only where days were published in the run. */
function publicationChecks(history: History, oracle: Oracle, { plan }: LogSource): CodedResult[] {
  return [checkClosedDays(history, oracle), checkPublication(history, oracle, speedOf(plan))].flatMap(
    (one) => one ?? [],
  );
}

/** Exactly, at the offsets that the consumer stores with its lists; of one that stores none, by the age of what it shows. */
function underLoadChecks(history: History, points: readonly Staleness[], source: LogSource): CodedResult[] {
  if (history.cuts.length > 0) return [cutCheck(history, source)].flatMap((one) => one ?? []);
  return points.length > 0 ? [checkStaleness(history, points)] : [];
}

/** Undefined where nobody looked. */
function stalenessFold({ snapshots }: History, { plan }: LogSource, log: LogOracle): StalenessFold | undefined {
  if (snapshots.length === 0) return undefined;
  return new StalenessFold(snapshots, { rules: plan.scenario.rules, log, speed: speedOf(plan) });
}

/** Undefined where no list was seen with its offsets, or the log is too long to be kept. */
function cutCheck(history: History, { plan, recorder }: LogSource): CodedResult | undefined {
  const { rules } = plan.scenario;
  const log = recorder?.take();
  if (!log) return undefined;
  return checkCuts(history, { rules, cursorOf: openRecordedLog(log).cursorOf, decode: decodedValue });
}

function readModelCheck(
  observed: ObservedArticleRead | undefined,
  lanes: readonly LaneResult[],
  plan: Plan,
): CodedResult {
  if (!observed) return unknown(READ_MODEL_CHECK, 'nothing', 'nobody looked at the article-read service');
  return checkReadModels(observed, lanes, titlesOf(plan));
}

function withFindings(check: CodedResult, findings: CodedResult['findings']): CodedResult {
  if (findings.length === 0) return check;
  const named = findings.map((finding) => ({ ...finding, message: `harness bug: ${finding.message}` }));
  return { ...check, outcome: 'fail', findings: named.slice(0, 20), findingCount: findings.length };
}

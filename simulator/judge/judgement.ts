// simulator/judge/judgement.ts — The verdict of a run: by the plan and, where the topics are read again, by what is really in them. For a wrong ranking, also the cause.
import { Calendar } from '../../contract/calendar.js';
import type { Day } from '../../contract/events.js';
import type { History } from '../history/history.js';
import type { LaneResult } from '../history/lane-result.js';
import type { Diagnosis } from '../record/diagnosis-record.js';
import type { PublicationTimes, StalenessPoint } from '../record/lists-record.js';
import type { LogCounts } from '../record/load-record.js';
import { openRecordedLog } from '../record/recorded-log.js';
import type { Outcome } from '../record/verdict-record.js';
import { titlesOf } from '../workload/lanes.js';
import { judge } from './checks/all-checks.js';
import { type CodedResult, type Evidence, overall, type Topics } from './checks/checker.js';
import { Coverage } from './checks/coverage.js';
import { isHarnessBug } from './checks/log-equals-plan.js';
import { hasPreconditions, type Precondition, preconditionsOf } from './checks/preconditions.js';
import { publicationTimes } from './checks/publication.js';
import { StalenessFold } from './checks/staleness.js';
import { lanesByLog } from './log/lanes-by-log.js';
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
  /** Where the topics were read again, and lists were seen under load. */
  readonly staleness?: readonly StalenessPoint[];
  readonly publications?: readonly PublicationTimes[];
  /** The two oracles contradict each other in a way that no server can be blamed for. */
  readonly isHarnessBug: boolean;
}

type ReadTopics = Extract<Topics, { state: 'read' }>;

/** With `auto`, the topics of a run of at most so many events are read again whatever its verdict. */
const SMALL_RUN_EVENTS = 1_000_000;

export async function judgeRun(history: History, lanes: readonly LaneResult[], source: LogSource): Promise<Judgement> {
  const evidence = evidenceByPlan(history, lanes, source);
  const checks = judge(evidence);
  // The read model is another service's: what is wrong there is not sought in the topics.
  const ofRanking = checks.filter(({ check }) => check !== 'read model');
  if (!isWanted(source, overall(ofRanking))) return withoutDiagnosis(evidence, checks);
  try {
    return await judgeByLog(evidence, source);
  } catch (error) {
    source.signal.throwIfAborted();
    const reason = `the topics could not be read again: ${error instanceof Error ? error.message : String(error)}`;
    return withoutDiagnosis(evidence, judge({ ...evidence, topics: { state: 'unreadable', reason } }));
  }
}

function evidenceByPlan(history: History, lanes: readonly LaneResult[], { plan }: LogSource): Evidence {
  const { rules, clock } = plan.scenario;
  return { history, oracle: new Oracle(rules, lanes), speed: clock.speed, lanes, titles: () => titlesOf(plan) };
}

function withoutDiagnosis({ oracle }: Evidence, checks: readonly CodedResult[]): Judgement {
  return { outcome: overall(checks), checks, oracle, diagnosis: undefined, isHarnessBug: false };
}

function isWanted({ plan }: LogSource, outcome: Outcome): boolean {
  const { log } = plan.scenario.judge;
  // Only the topics tell whether what a scenario aims at happened.
  if (log === 'auto') return outcome !== 'pass' || plan.events <= SMALL_RUN_EVENTS || hasPreconditions(plan.scenario);
  return log === 'always' || (log === 'on-failure' && outcome !== 'pass');
}

async function judgeByLog(byPlan: Evidence, source: LogSource): Promise<Judgement> {
  const { topics, preconditions } = await foldTopics(byPlan, source);
  const { history, lanes, speed } = byPlan;
  const { log, comparison, staleness } = topics;
  const oracle = new Oracle(byPlan.oracle.rules, lanesByLog(lanes, log));
  const checks = judge({ ...byPlan, oracle, topics }, preconditions);
  const { records, matched: found, lost, repeats: duplicated } = comparison;
  return {
    outcome: overall(checks),
    checks,
    oracle,
    isHarnessBug: isHarnessBug(checks),
    diagnosis: await diagnose({ history, checks, oracle, log, calendar: new Calendar(oracle.rules) }, source),
    log: { records, found, lost, duplicated },
    staleness: staleness.map(({ missed: _, ...point }) => point),
    publications: publicationTimes(history, oracle, speed),
  };
}

/** Reads the topics once, and folds all that checks need of them. */
async function foldTopics(
  { history, oracle: { rules }, speed }: Evidence,
  source: LogSource,
): Promise<{ readonly topics: ReadTopics; readonly preconditions: readonly Precondition[] }> {
  const { scenario, articles } = source.plan;
  const older = 'events' in scenario ? 0 : scenario.articles.older;
  const log = new LogOracle(rules, articles + older);
  const coverage = hasPreconditions(scenario) ? new Coverage(new Calendar(rules)) : undefined;
  const { snapshots } = history;
  const stale = snapshots.length > 0 ? new StalenessFold(snapshots, { rules, log, speed }) : undefined;
  const comparison = await readLog(source, (event) => {
    stale?.reach(event.dueMs);
    log.add(event);
    coverage?.add(event);
    stale?.add(event);
  });
  const leaders = (day: Day, most: number) => log.leaders(day, most);
  // Packing the records takes memory, and only cuts need them.
  const records = history.cuts.length > 0 ? source.recorder?.take() : undefined;
  const { acks } = scenario.producer;
  const cursorOf = records && openRecordedLog(records).cursorOf;
  return {
    topics: { state: 'read', comparison, log, acks, staleness: stale?.finish() ?? [], cursorOf },
    preconditions: coverage ? preconditionsOf(scenario, { coverage, leaders }) : [],
  };
}

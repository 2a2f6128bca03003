// simulator/run/result.ts — What a finished run puts into its record.
import { elementAt } from '../../contract/assert.js';
import { EVENT_TYPES } from '../../contract/events.js';
import { isId } from '../../contract/ids.js';
import { EXIT } from '../errors.js';
import type { History } from '../history/history.js';
import type { StartedInfra } from '../infra/infra.js';
import type { Judgement } from '../judge/judgement.js';
import type { Oracle } from '../judge/oracle/oracle.js';
import type { ProducerThreadResult } from '../produce/producer-thread-messages.js';
import type { AllowedScores, DayResult } from '../record/lists-record.js';
import type { RunRecord, Server } from '../record/run-record.js';
import type { ThresholdResult } from '../record/verdict-record.js';
import { failingNames, findingNames } from '../report/finding-names.js';
import type { Scenario } from '../scenario/schema.js';
import type { Plan } from '../workload/plan.js';
import type { Drained } from './drain.js';
import type { Latencies } from './measure.js';
import type { RunPorts } from './ports.js';
import { exitCodeOf } from './thresholds.js';

/** The part of the record that only a finished run has. */
export type RunResult = Required<
  Pick<RunRecord, 'verdict' | 'servers' | 'load' | 'latency' | 'phases' | 'days' | 'exitCode'>
> &
  Pick<RunRecord, 'warnings' | 'historySha256' | 'diagnosis' | 'faults' | 'log' | 'staleness' | 'publications'>;

/** With a generator this late, latencies say more of this machine than of the system under test. */
const LATE_MS = 1000;

export function warningsOf({ sendDelay }: Latencies): string[] {
  if (!sendDelay || sendDelay.p99 < LATE_MS) return [];
  const late = `the generator was late: 1 % of the events were sent more than ${Math.round(sendDelay.p99)} ms after their time`;
  return [
    `${late}; latencies measure this machine. Lower the rate, or raise producer.clients where there are processors`,
  ];
}

export function serversOf(infra: StartedInfra): { kafka: Server; redis: Server } {
  const server = ({ mode, why, version }: StartedInfra['kafka'] | StartedInfra['redis']): Server => ({
    mode,
    why,
    ...(version === undefined ? {} : { version }),
  });
  return { kafka: server(infra.kafka), redis: server(infra.redis) };
}

export interface PlayedLoad {
  readonly plan: Plan;
  readonly results: readonly ProducerThreadResult[];
  readonly drained: Drained;
  readonly harnessRssBytesMax: number;
}

export function loadFigures(
  { time, startedAtMs, load }: RunPorts,
  { plan, results, drained, harnessRssBytesMax }: PlayedLoad,
): RunResult['load'] {
  const endedAtMs = Math.max(...results.map((result) => result.lastSettledAtMs));
  const { ok, fail, info, valueBytes } = load.totals;
  return {
    ok,
    fail,
    info,
    ...eventCounts(results),
    plannedEvents: plan.events,
    articles: plan.articles,
    bytes: valueBytes,
    loadMs: endedAtMs - startedAtMs,
    drainMs: drained.drainedAtMs === null ? null : Math.max(0, drained.drainedAtMs - endedAtMs),
    eventsPerSecond: (ok * 1000) / ((drained.drainedAtMs ?? time.nowMs()) - startedAtMs),
    pace: plan.scenario.pace,
    harnessRssBytesMax,
  };
}

function eventCounts(results: readonly ProducerThreadResult[]) {
  const eventsByType = Object.fromEntries(
    EVENT_TYPES.map((type, kind) => [type, results.reduce((sum, one) => sum + elementAt(one.eventsByKind, kind), 0)]),
  );
  const eventsByPartition: number[] = [];
  for (const { recordsByPartition } of results) {
    recordsByPartition.forEach((records, partition) => {
      eventsByPartition[partition] = (eventsByPartition[partition] ?? 0) + records;
    });
  }
  return { eventsByType, eventsByPartition: Array.from(eventsByPartition, (records) => records ?? 0) };
}

function dayResults(history: History, oracle: Oracle): DayResult[] {
  const kept = history.days.filter((day) => !day.isForgotten);
  return kept.map(({ span, list }) => ({
    day: span.day,
    expected: oracle.expectedList(span).map((row) => ({ ...row, ...allowedIn(row.articleId, oracle) })),
    found: list.map((row, index) => ({ rank: index + 1, ...row, ...allowedIn(row.articleId, oracle) })),
  }));
}

/** Nothing where there is one right score, or none. */
function allowedIn(articleId: string, oracle: Oracle): { readonly allowed?: AllowedScores } {
  const article = isId(articleId) ? oracle.find(articleId) : undefined;
  if (!article || article.isGone) return {};
  const { high } = article;
  const low = article.isCertain ? article.low : 0;
  return low === high ? {} : { allowed: { low, high } };
}

/** What the judge puts into a record. */
export function judgedFields(
  { outcome, checks, diagnosis, log, oracle, isHarnessBug, staleness = [], publications = [] }: Judgement,
  { history, thresholds, expect }: JudgedBy,
): Pick<RunResult, 'exitCode' | 'verdict' | 'days' | 'log' | 'diagnosis' | 'staleness' | 'publications'> {
  const ended = { outcome, thresholds, found: findingNames(checks, diagnosis), failing: failingNames(checks) };
  return {
    exitCode: isHarnessBug ? EXIT.bug : exitCodeOf(ended, expect),
    verdict: { outcome, checks, thresholds },
    days: dayResults(history, oracle),
    ...(log ? { log } : {}),
    ...(staleness.length > 0 ? { staleness: thinned(staleness) } : {}),
    ...(publications.length > 0 ? { publications } : {}),
    ...(diagnosis ? { diagnosis } : {}),
  };
}

const MAX_POINTS = 1000;

/** The record must stay small: a long run keeps evenly spaced points. */
function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / MAX_POINTS);
  return points.filter((_, index) => index % every === 0);
}

export interface JudgedBy {
  readonly history: History;
  readonly thresholds: readonly ThresholdResult[];
  readonly expect: Scenario['expect'];
}

// simulator/judge/checks/log-truth.ts — Holds the two oracles against each other, and judges by the log where it was read.

import { compareIds } from '../../../contract/ids.js';
import { COUNTERS, KIND_OF_COUNTER } from '../../../contract/kind.js';
import type { LaneResult, Maybe } from '../../history/lane-result.js';
import type { Range } from '../../history/range.js';
import { type ArticleTruth, articleTruth, maybesByArticle } from '../../produce/account/lane-truth.js';
import type { LogComparison } from '../log/log-alignment.js';
import type { Certainty, LoggedArticle, LogOracle } from '../log/log-oracle.js';
import { type CodedFinding, type CodedResult, judged, unknown } from './checker.js';

export const LOG_CHECK = 'log equals plan';
const STATES: Readonly<Record<Certainty, number>> = { no: 0, may: 1, must: 2 };

export interface LogVerdict {
  readonly check: CodedResult;
  /** What is in the log was never sent: then nothing that sim says can be trusted. */
  readonly isHarnessBug: boolean;
}

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
): LogVerdict {
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
  const isHarnessBug = findings.length > 0;
  if (lost > 0) {
    const where = examples.map(({ place, eventId }) => `event ${eventId} of ${place}`).join(', ');
    const ranking = sends.rankingEqualsLog ? 'equals the log' : 'differs from the log, too';
    const message = `Kafka lost ${lost} acknowledged records with acks=${sends.acks}; the ranking ${ranking}; lost are ${where}`;
    findings.push({ code: 'records-lost', message, expected: sends.ok, found: matched });
  }
  if (records === 0) {
    return { check: unknown(LOG_CHECK, seen, 'the topics hold no records'), isHarnessBug: false };
  }
  return { check: judged(LOG_CHECK, seen, findings), isHarnessBug };
}

/** Where the two oracles disagree on an article, within what must and may be. */
export function disagreements(lanes: readonly LaneResult[], log: LogOracle): CodedFinding[] {
  const findings: CodedFinding[] = [];
  for (const lane of lanes) {
    const maybes = maybesByArticle(lane);
    for (let article = 0; article < lane.articles; article += 1) {
      const articleId = String(lane.ids[article]);
      const planned = articleTruth(lane, article, maybes.get(article) ?? []);
      findings.push(...quarrels(articleId, planned, log.find(articleId)));
    }
  }
  return findings;
}

function quarrels(articleId: string, planned: ArticleTruth, logged: LoggedArticle | undefined): CodedFinding[] {
  const isThere = logged !== undefined && logged.created !== 'no';
  const created = stateQuarrel(articleId, 'created', [planned.created, logged?.created ?? 'no']);
  // Without its creation, of which nobody knows whether it was written, the others of its events do not count.
  if (planned.created === 'no' || (planned.created === 'may' && !isThere)) return created;
  const counts = COUNTERS.flatMap((counter, index): CodedFinding[] => {
    const { low, high } = planned[counter];
    const found = isThere ? (logged.counts[index] ?? 0) : 0;
    if (found >= low && found <= high) return [];
    const message = `article ${articleId} has ${found} ${counter}s by the log, and ${low} to ${high} by the plan`;
    return [{ code: 'oracles-disagree', articleId, message, expected: `${low} to ${high}`, found }];
  });
  return [
    ...created,
    ...stateQuarrel(articleId, 'deleted', [planned.deleted, logged?.deleted ?? 'no']),
    ...stateQuarrel(articleId, 'withdrawn', [planned.withdrawn, logged?.withdrawn ?? 'no']),
    ...counts,
    ...commenterQuarrel(articleId, planned.commenter, logged?.commenter ?? { low: 0, high: 0 }),
  ];
}

const CERTAINTY: Readonly<Record<Certainty, string>> = { no: 'was not', may: 'may have been', must: 'was' };

function stateQuarrel(
  articleId: string,
  state: string,
  [expected, found]: readonly [Certainty, Certainty],
): CodedFinding[] {
  if (expected === 'may' || found === expected) return [];
  const message = `article ${articleId} ${CERTAINTY[found]} ${state} by the log, and ${CERTAINTY[expected]} by the plan`;
  return [{ code: 'oracles-disagree', articleId, message, expected, found }];
}

function commenterQuarrel(articleId: string, { low, high }: Range, found: Range): CodedFinding[] {
  if (found.low >= low && found.high <= high) return [];
  const message = `article ${articleId} has ${found.low} users who commented by the log, and ${low} to ${high} by the plan`;
  return [{ code: 'oracles-disagree', articleId, message, expected: `${low} to ${high}`, found: found.low }];
}

/** The lanes with what the log says in place of what was acknowledged. */
export function lanesByLog(lanes: readonly LaneResult[], log: LogOracle): LaneResult[] {
  return lanes.map((lane) => {
    const column = () => new Uint32Array(lane.articles);
    const states = () => new Uint8Array(lane.articles);
    const maybes: Maybe[] = [];
    const truth = {
      created: states(),
      deleted: states(),
      withdrawn: states(),
      counts: [column(), column(), column()],
      versions: [column(), column(), column()],
      maybes,
      commenters: { low: column(), high: column() },
    };
    for (let article = 0; article < lane.articles; article += 1) {
      const articleId = String(lane.ids[article]);
      const logged = log.find(articleId);
      if (!logged) continue;
      truth.created[article] = STATES[logged.created];
      truth.deleted[article] = STATES[logged.deleted];
      truth.withdrawn[article] = STATES[logged.withdrawn];
      for (const [counter, counts] of truth.counts.entries()) counts[article] = logged.counts[counter] ?? 0;
      truth.commenters.low[article] = logged.commenter.low;
      truth.commenters.high[article] = logged.commenter.high;
      const late = [...log.lateCounts(articleId)].sort((a, b) => compareIds(a.eventId, b.eventId));
      for (const [index, { counter, count }] of late.entries()) {
        maybes.push({ article, kind: KIND_OF_COUNTER[counter] ?? 7, count, version: index + 1 });
      }
    }
    return { ...lane, truth };
  });
}

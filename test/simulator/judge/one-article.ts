// test/simulator/judge/one-article.ts — One article by the plan and by the log, told by a few events.
import type { HotEvent } from '../../../contract/events.js';
import { Kind } from '../../../contract/kind.js';
import type { LaneResult, SendEnd } from '../../../simulator/history/lane-result.js';
import { LogOracle } from '../../../simulator/judge/log/log-oracle.js';
import { LaneTruth } from '../../../simulator/produce/account/lane-truth.js';
import { handEvent } from './hand-events.js';
import { calendar, createdMs, day, idOf, rules } from './histories.js';

export const PUBLISHED_MS = calendar.publishedAtMs(day.day);
export const NOON_MS = day.startMs + 43_200_000;
export const weighed = { ...rules, weights: { ...rules.weights, commenter: 5 } };

interface Times {
  readonly timeMs?: number;
  readonly dueMs?: number;
}
/** An event of article 0. */
export type Fact = readonly [type: HotEvent['type'], count?: number, times?: Times];

const KINDS: Partial<Record<HotEvent['type'], number>> = {
  ARTICLE_CREATED: Kind.created,
  ARTICLE_DELETED: Kind.deleted,
  ARTICLE_LIKED: Kind.liked,
  COMMENT_CREATED: Kind.commented,
  ARTICLE_VIEWED: Kind.viewed,
};

export function planOf(facts: readonly Fact[], end: SendEnd = 'ok'): LaneResult[] {
  const truth = new LaneTruth(1, calendar, [day]);
  truth.writers = (_, ordinal) => ordinal;
  for (const [index, [type, count = 0, { timeMs = NOON_MS, dueMs = timeMs } = {}]] of facts.entries()) {
    const event = { kind: KINDS[type] ?? Kind.updated, article: 0, count, version: index + 1, ordinal: count };
    truth.settle(type === 'ARTICLE_CREATED' ? end : 'ok', event, { eventMs: timeMs, createdMs: createdMs(0), dueMs });
  }
  const lane = {
    lane: 3,
    articles: 1,
    createdMs: Float64Array.of(createdMs(0)),
    ids: BigUint64Array.of(BigInt(idOf(0))),
  };
  return [{ ...lane, truth }];
}

export function logOf(facts: readonly Fact[]): LogOracle {
  const oracle = new LogOracle(weighed);
  for (const [offset, [type, count = 0, { timeMs = NOON_MS, dueMs = timeMs } = {}]] of facts.entries()) {
    const ids = { eventId: String(offset + 1), articleId: idOf(0) };
    const event = handEvent(type, { ...ids, createdDay: day.day, count });
    oracle.add({ stream: 0, partition: 0, offset, timeMs, dueMs, event });
  }
  return oracle;
}

export const CREATED: Fact = ['ARTICLE_CREATED'];
export const DELETED: Fact = ['ARTICLE_DELETED'];
export const WITHDRAWN: Fact = ['ARTICLE_DELETED', 0, { timeMs: PUBLISHED_MS }];
export const LIKED: Fact = ['ARTICLE_LIKED', 4];

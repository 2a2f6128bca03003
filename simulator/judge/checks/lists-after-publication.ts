// simulator/judge/checks/lists-after-publication.ts — What may happen to a list once its day is published: articles are deleted, and nothing else.
import type { Ranked } from '../../../contract/rules.js';
import type { History, ObservedDay, ObservedSnapshot } from '../../history/history.js';
import type { Oracle } from '../oracle/oracle.js';
import type { CodedFinding } from './checker.js';
import { checkDay } from './lists.js';

/** What is wrong with a list that was seen after its day was published, whatever was deleted by then. */
export function firstProblem(day: ObservedDay, look: ObservedSnapshot, oracle: Oracle): CodedFinding | undefined {
  return checkDay({ span: day.span, list: look.list }, oracle, 'published')[0];
}

/** What a list shows that it did not show before; rows that are gone are none. */
export function firstChange(before: readonly Ranked[], after: readonly Ranked[]): Ranked | undefined {
  const scores = new Map(before.map(({ articleId, score }) => [articleId, score]));
  return after.find(({ articleId, score }) => scores.get(articleId) !== score);
}

/** A Redis that has lost something is filled again, and shows less meanwhile. */
export function untilRedisBreaks({ faults }: History): (look: ObservedSnapshot) => boolean {
  const broken = faults.flatMap(({ kind, injectedAtMs }) =>
    kind.startsWith('redis-') && injectedAtMs !== null ? [injectedAtMs] : [],
  );
  const firstMs = Math.min(Number.POSITIVE_INFINITY, ...broken);
  return ({ atMs }) => atMs < firstMs;
}

export function atText({ atMs }: ObservedSnapshot): string {
  return `${(atMs / 1000).toFixed(1)} s after the load began`;
}

// test/simulator/judge/log/lanes-by-log.test.ts — What must be true when the log is believed.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import { lanesByLog } from '../../../../simulator/judge/log/lanes-by-log.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { handEvent } from '../hand-events.js';
import { day, idOf } from '../histories.js';
import { CREATED, type Fact, LIKED, logOf, NOON_MS, PUBLISHED_MS, planOf, WITHDRAWN, weighed } from '../one-article.js';

test('a lane by the log has the log’s states, counts and late counts, in place of the plan’s', () => {
  const late = (count: number): Fact => ['ARTICLE_LIKED', count, { dueMs: PUBLISHED_MS }];
  const facts: Fact[] = [CREATED, WITHDRAWN, LIKED, ['COMMENT_CREATED', 2], ['ARTICLE_VIEWED', 6], late(5), late(3)];
  const [plan] = planOf([]);
  const [lane] = lanesByLog(plan ? [plan] : [], logOf(facts));
  assert.equal([lane?.lane, lane?.articles, lane?.ids, lane?.createdMs], [3, 1, plan?.ids, plan?.createdMs]);
  const { created, deleted, withdrawn, counts, maybes, commenters } = lane?.truth ?? {};
  assert.equal([created, deleted, withdrawn], [Uint8Array.of(2), Uint8Array.of(0), Uint8Array.of(2)]);
  assert.equal(counts, [Uint32Array.of(4), Uint32Array.of(2), Uint32Array.of(6)]);
  assert.equal(commenters, { low: Uint32Array.of(1), high: Uint32Array.of(1) });
  assert.equal(maybes, [
    { article: 0, kind: Kind.liked, count: 5, version: 1 },
    { article: 0, kind: Kind.liked, count: 3, version: 2 },
  ]);
  const [empty] = lanesByLog(plan ? [plan] : [], logOf([]));
  assert.equal([empty?.truth.created, empty?.truth.maybes], [Uint8Array.of(0), []]);
});

test('late counts of each kind are taken in the order of their versions, whichever came first', () => {
  const oracle = new LogOracle(weighed);
  const types = ['ARTICLE_CREATED', 'ARTICLE_LIKED', 'COMMENT_CREATED', 'ARTICLE_VIEWED'] as const;
  for (const [offset, type] of types.entries()) {
    const ids = { eventId: String(10 - offset), articleId: idOf(0) };
    const event = handEvent(type, { ...ids, createdDay: day.day, count: offset });
    oracle.add({ stream: 0, partition: 0, offset, timeMs: NOON_MS, dueMs: PUBLISHED_MS, event });
  }
  const [lane] = lanesByLog(planOf([]), oracle);
  assert.equal(
    lane?.truth.maybes.map(({ kind, count, version }) => [kind, count, version]),
    [
      [Kind.viewed, 3, 1],
      [Kind.commented, 2, 2],
      [Kind.liked, 1, 3],
    ],
  );
});

test.run();

// test/simulator/judge/checks/log-truth.test.ts — Where the log and the plan contradict each other, and what must be true when the log is believed.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HotEvent } from '../../../../contract/events.js';
import { Kind } from '../../../../contract/kind.js';
import type { LaneResult, SendEnd } from '../../../../simulator/history/lane-result.js';
import { compareLogWithPlan, disagreements, lanesByLog } from '../../../../simulator/judge/checks/log-truth.js';
import type { LogComparison } from '../../../../simulator/judge/log/log-alignment.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { LaneTruth } from '../../../../simulator/produce/account/lane-truth.js';
import { handEvent } from '../hand-events.js';
import { calendar, createdMs, day, idOf, rules } from '../histories.js';

const PUBLISHED_MS = calendar.publishedAtMs(day.day);
const NOON_MS = day.startMs + 43_200_000;
const weighed = { ...rules, weights: { ...rules.weights, commenter: 5 } };

interface Times {
  readonly timeMs?: number;
  readonly dueMs?: number;
}
/** An event of article 0. */
type Fact = readonly [type: HotEvent['type'], count?: number, times?: Times];

const KINDS: Partial<Record<HotEvent['type'], number>> = {
  ARTICLE_CREATED: Kind.created,
  ARTICLE_DELETED: Kind.deleted,
  ARTICLE_LIKED: Kind.liked,
  COMMENT_CREATED: Kind.commented,
  ARTICLE_VIEWED: Kind.viewed,
};

function planOf(facts: readonly Fact[], end: SendEnd = 'ok'): LaneResult[] {
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

function logOf(facts: readonly Fact[]): LogOracle {
  const oracle = new LogOracle(weighed);
  for (const [offset, [type, count = 0, { timeMs = NOON_MS, dueMs = timeMs } = {}]] of facts.entries()) {
    const ids = { eventId: String(offset + 1), articleId: idOf(0) };
    const event = handEvent(type, { ...ids, createdDay: day.day, count });
    oracle.add({ stream: 0, partition: 0, offset, timeMs, dueMs, event });
  }
  return oracle;
}

const quarrels = (plan: LaneResult[], log: readonly Fact[]) =>
  disagreements(plan, logOf(log)).map(({ articleId, message, expected, found }) => {
    assert.is(articleId, idOf(0));
    return [message.replace(`article ${idOf(0)} `, ''), expected, found];
  });

const CREATED: Fact = ['ARTICLE_CREATED'];
const DELETED: Fact = ['ARTICLE_DELETED'];
const WITHDRAWN: Fact = ['ARTICLE_DELETED', 0, { timeMs: PUBLISHED_MS }];
const LIKED: Fact = ['ARTICLE_LIKED', 4];

test('a log that says what the plan says is no contradiction', () => {
  for (const facts of [[], [CREATED], [CREATED, LIKED, DELETED], [CREATED, LIKED, WITHDRAWN]] as Fact[][])
    assert.equal(quarrels(planOf(facts), facts), []);
});

test('an article that one of them does not know is told, with what it has', () => {
  assert.equal(quarrels(planOf([CREATED, LIKED, DELETED]), []), [
    ['was not created by the log, and was by the plan', 'must', 'no'],
    ['was not deleted by the log, and was by the plan', 'must', 'no'],
    ['has 0 likes by the log, and 4 to 4 by the plan', '4 to 4', 0],
  ]);
  assert.equal(quarrels(planOf([]), [CREATED, LIKED]), [
    ['was created by the log, and was not by the plan', 'no', 'must'],
  ]);
});

test('a deletion before publication is none after it', () => {
  assert.equal(quarrels(planOf([CREATED, DELETED]), [CREATED, WITHDRAWN]), [
    ['was not deleted by the log, and was by the plan', 'must', 'no'],
    ['was withdrawn by the log, and was not by the plan', 'no', 'must'],
  ]);
  const late: Fact = ['ARTICLE_DELETED', 0, { timeMs: PUBLISHED_MS - 1, dueMs: PUBLISHED_MS }];
  assert.equal(quarrels(planOf([CREATED]), [CREATED, late]), [
    ['may have been deleted by the log, and was not by the plan', 'no', 'may'],
    ['may have been withdrawn by the log, and was not by the plan', 'no', 'may'],
  ]);
  assert.equal(quarrels(planOf([CREATED, late]), [CREATED]), []);
});

test('counts must lie within what the plan allows', () => {
  const late: Fact = ['ARTICLE_VIEWED', 9, { timeMs: NOON_MS, dueMs: PUBLISHED_MS }];
  const plan = () => planOf([CREATED, ['ARTICLE_VIEWED', 5], late]);
  const views = (count: number) => quarrels(plan(), [CREATED, ['ARTICLE_VIEWED', count]]);
  assert.equal([5, 7, 9].map(views), [[], [], []]);
  assert.equal(views(4), [['has 4 views by the log, and 5 to 9 by the plan', '5 to 9', 4]]);
  assert.equal(views(10), [['has 10 views by the log, and 5 to 9 by the plan', '5 to 9', 10]]);
});

test('an article that perhaps was created need not be there, and its counts count only if it is', () => {
  const plan = () => planOf([CREATED, LIKED], 'info');
  assert.equal(quarrels(plan(), []), []);
  // Its deletion alone does not make it one.
  assert.equal(quarrels(plan(), [DELETED, LIKED]), []);
  assert.equal(quarrels(plan(), [CREATED, LIKED]), []);
  assert.equal(quarrels(plan(), [CREATED]), [['has 0 likes by the log, and 4 to 4 by the plan', '4 to 4', 0]]);
});

test('users who commented must be as many', () => {
  const comments: Fact[] = [
    ['COMMENT_CREATED', 1],
    ['COMMENT_CREATED', 2],
  ];
  assert.equal(quarrels(planOf([CREATED, ...comments]), [CREATED, ...comments]), []);
  const [first, second] = comments as [Fact, Fact];
  assert.equal(quarrels(planOf([CREATED, first]), [CREATED, ...comments]), [
    ['has 2 comments by the log, and 1 to 1 by the plan', '1 to 1', 2],
    ['has 2 users who commented by the log, and 1 to 1 by the plan', '1 to 1', 2],
  ]);
  assert.equal(quarrels(planOf([CREATED, first, second]), [CREATED, second]), [
    ['has 1 users who commented by the log, and 2 to 2 by the plan', '2 to 2', 1],
  ]);
});

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

const comparison: LogComparison = {
  records: 7,
  matched: 5,
  missing: 0,
  lost: 0,
  examples: [],
  repeats: 2,
  foreign: 0,
  foreignExamples: [],
};
const sends = { ok: 4, fail: 1, info: 1, acks: 'all', rankingEqualsLog: true } as const;
const compare = (fields: Partial<LogComparison>) => compareLogWithPlan({ ...comparison, ...fields }, sends);

test('what was read is said in one sentence', () => {
  const seen = '7 records in the topics, 5 of them planned, 2 repeated by retries';
  assert.equal(compare({}), {
    check: { check: 'log equals plan', outcome: 'pass', seen, findings: [], findingCount: 0 },
    isHarnessBug: false,
  });
});

test('each contradiction is told with what was expected and found', () => {
  const { check, isHarnessBug } = compare({
    matched: 6,
    foreign: 2,
    foreignExamples: ['view/0 offset 3', 'like/1 offset 9'],
    lost: 2,
    examples: ['7', '8'].map((eventId) => ({ place: 'view/0', eventId })),
  });
  assert.is(isHarnessBug, true);
  assert.equal(check.findings, [
    {
      code: 'records-foreign',
      message: 'harness bug: 2 records in the topics were never planned, such as view/0 offset 3, like/1 offset 9',
      expected: 0,
      found: 2,
    },
    {
      code: 'records-of-failed-sends',
      message: 'harness bug: 1 records are in the topics whose sends are said to have failed',
      expected: 5,
      found: 6,
    },
    {
      code: 'records-lost',
      message:
        'Kafka lost 2 acknowledged records with acks=all; the ranking equals the log; lost are event 7 of view/0, event 8 of view/0',
      expected: 4,
      found: 6,
    },
  ]);
});

test('topics without a record have shown nothing, whatever is missing', () => {
  const { check, isHarnessBug } = compare({ records: 0, matched: 0, lost: 4 });
  assert.equal([check.outcome, check.reason, isHarnessBug], ['unknown', 'the topics hold no records', false]);
});

test.run();

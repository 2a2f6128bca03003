// test/simulator/judge/checks/delivery.test.ts — Counts of every article: what was lost, what counted twice, and what is shown of nothing.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { snowflakeText } from '../../../../contract/ids.js';
import { Kind } from '../../../../contract/kind.js';
import type { ArticleTable, ObservedDay } from '../../../../simulator/history/history.js';
import { DELIVERY } from '../../../../simulator/judge/checks/delivery.js';
import { Oracle } from '../../../../simulator/judge/oracle/oracle.js';
import { LaneTruth } from '../../../../simulator/produce/account/lane-truth.js';
import type { CheckResult } from '../../../../simulator/record/verdict-record.js';
import {
  calendar,
  checkerOf,
  created,
  day,
  type Event,
  historyWith,
  idOf,
  NODE,
  onTime,
  oracleOf,
  rules,
  table,
  threeArticles,
} from '../histories.js';

const checkDelivery = checkerOf(DELIVERY);

const wrong = (findings: CheckResult['findings']) => ({ outcome: 'fail', findings, findingCount: findings.length });
const check = (events: readonly Event[], shown: ArticleTable) =>
  checkDelivery(historyWith([], shown), oracleOf(events));

function outcomeOf({ check: name, seen, ...result }: CheckResult): Omit<CheckResult, 'check' | 'seen'> {
  assert.is(name, 'delivery');
  assert.ok(seen);
  return result;
}

test('right counts of every article pass', () => {
  const shown = table([
    [0, 1, 0, 0],
    [1, 0, 2, 0],
    [2, 0, 0, 3],
  ]);
  assert.equal(check(threeArticles, shown), {
    check: 'delivery',
    outcome: 'pass',
    seen: "3 articles' counts against 6 acknowledged events",
    findings: [],
    findingCount: 0,
  });
});

test('of an article that is not shown all is lost', () => {
  const shown = table([[0, 1, 0, 0]]);
  const message = (article: number, counts: string) => `article ${idOf(article)} has no state, expected ${counts}`;
  assert.equal(
    outcomeOf(check(threeArticles, shown)),
    wrong([
      {
        day: '20241001',
        articleId: idOf(1),
        expected: 4,
        found: 'nothing',
        code: 'state-missing',
        message: message(1, '0 likes, 2 comments, 0 views'),
      },
      {
        day: '20241001',
        articleId: idOf(2),
        expected: 3,
        found: 'nothing',
        code: 'state-missing',
        message: message(2, '0 likes, 0 comments, 3 views'),
      },
    ]),
  );
});

test('where no article is shown and some should be, they are lost, not unseen', () => {
  assert.is(check(threeArticles, table([])).outcome, 'fail');
});

test('one without a score, or that may have been lost by Kafka, need not be shown', () => {
  const events = [created(0), created(1, 'info'), [Kind.viewed, 1, 5], created(2), [Kind.viewed, 2, 9]] as Event[];
  assert.is(check(events, table([[2, 0, 0, 9]])).outcome, 'pass');
});

test('more than was acknowledged, and less than may be, are told apart', () => {
  const events: Event[] = [created(0), [Kind.viewed, 0, 3], [Kind.viewed, 0, 4, 'info'], [Kind.liked, 0, 2]];
  const findingOf = (likes: number, views: number) => check(events, table([[0, likes, 0, views]])).findings;
  assert.equal(findingOf(2, 3), []);
  assert.equal(findingOf(2, 4), []);
  const where = { day: '20241001', articleId: idOf(0) };
  assert.equal(findingOf(2, 5), [
    {
      ...where,
      expected: '3 to 4',
      found: 5,
      code: 'count-too-high',
      message: `article ${idOf(0)} has 5 views, expected 3 to 4: more than was ever acknowledged`,
    },
  ]);
  assert.equal(findingOf(3, 2), [
    {
      ...where,
      expected: 2,
      found: 3,
      code: 'count-too-high',
      message: `article ${idOf(0)} has 3 likes, expected 2: more than was ever acknowledged`,
    },
    {
      ...where,
      expected: '3 to 4',
      found: 2,
      code: 'count-too-low',
      message: `article ${idOf(0)} has 2 views, expected 3 to 4: events are missing`,
    },
  ]);
});

test('a score of no article, of a deleted one, or of one that was never sent, is foreign', () => {
  const events: Event[] = [created(0), [Kind.deleted, 0, 0], created(1, 'fail'), created(2), [Kind.viewed, 2, 1]];
  const foreign = (article: number) => ({
    day: '20241001',
    articleId: idOf(article),
    expected: 'nothing',
    found: 'a score',
    code: 'state-unexpected',
    message: `article ${idOf(article)} has a score but is no live article of 20241001`,
  });
  const shown = table([
    [0, 1, 0, 0],
    [1, 0, 0, 1],
    [2, 0, 0, 1],
    [99, 1, 0, 0],
  ]);
  assert.equal(outcomeOf(check(events, shown)), wrong([foreign(0), foreign(1), foreign(99)]));
});

test('an article belongs to the day of its creation, from its first instant to before its last', () => {
  const times = [day.startMs - 1, day.startMs, day.endMs - 1, day.endMs];
  const truth = new LaneTruth(times.length, calendar, [day]);
  for (const [article, createdMs] of times.entries()) {
    const when = { eventMs: day.startMs + 1, createdMs, dueMs: day.startMs + 1 };
    truth.settle('ok', { kind: Kind.created, article, count: 0, version: 2 * article + 1 }, when);
    truth.settle('ok', { kind: Kind.viewed, article, count: 1, version: 2 * article + 2 }, when);
  }
  const ids = times.map((ms, article) => snowflakeText(ms, NODE + article));
  const createdMs = Float64Array.from(times);
  const lane = { lane: 0, articles: times.length, createdMs, ids: BigUint64Array.from(ids, BigInt), truth };
  const zeros = new Uint32Array(times.length);
  const shown: ArticleTable = {
    rows: times.length,
    ids: BigUint64Array.from(ids, BigInt),
    like: zeros,
    comment: zeros,
    commenter: zeros,
    view: zeros.map(() => 1),
  };
  const { findings } = checkDelivery(historyWith([], shown), new Oracle(rules, [lane]));
  assert.equal(
    findings.map(({ message }) => message),
    [ids[0], ids[3]].map((id) => `article ${id} has a score but is no live article of 20241001`),
  );
});

test('an article that is shown twice is found', () => {
  const shown = table([
    [0, 1, 0, 0],
    [0, 1, 0, 0],
  ]);
  const events: Event[] = [created(0), [Kind.liked, 0, 1]];
  assert.equal(
    outcomeOf(check(events, shown)),
    wrong([
      {
        day: '20241001',
        articleId: idOf(0),
        expected: 'nothing',
        found: 'a score',
        code: 'state-twice',
        message: `article ${idOf(0)} is shown twice`,
      },
    ]),
  );
});

test('without counts, or without any article, nothing was seen', () => {
  assert.equal(outcomeOf(checkDelivery(historyWith([]), oracleOf(threeArticles))), {
    outcome: 'unknown',
    findings: [],
    findingCount: 0,
    reason: 'the consumer does not show the counts behind its list',
  });
  assert.equal(outcomeOf(check([created(0)], table([]))), {
    outcome: 'unknown',
    findings: [],
    findingCount: 0,
    reason: 'it needs to have seen the counts of an article',
  });
});

test('a day that can no longer be read need not be shown', () => {
  const shown = table([[0, 1, 0, 0]]);
  const gone: ObservedDay = {
    span: calendar.span('20240901'),
    list: [],
    articles: undefined,
    isForgotten: true,
    expiry: undefined,
  };
  const kept: ObservedDay = { span: day, list: [], articles: shown, isForgotten: false, expiry: onTime };
  const events: Event[] = [created(0), [Kind.liked, 0, 1]];
  const result = checkDelivery({ ...historyWith([]), days: [gone, kept] }, oracleOf(events));
  assert.is(result.outcome, 'pass');
  assert.is(result.seen, "1 articles' counts against 6 acknowledged events");
});

test.run();

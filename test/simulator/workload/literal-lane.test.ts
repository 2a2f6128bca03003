// test/simulator/workload/literal-lane.test.ts — Whatever given events say, the planned oracle and that of the log agree on them; and one lane sends all of them in order.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar, formatLocal } from '../../../contract/calendar.js';
import { EVENT_TYPES } from '../../../contract/events.js';
import { disagreements } from '../../../simulator/judge/log/disagreements.js';
import { lanesByLog } from '../../../simulator/judge/log/lanes-by-log.js';
import { LogOracle } from '../../../simulator/judge/log/log-oracle.js';
import { Oracle } from '../../../simulator/judge/oracle/oracle.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
import { lanesOf, titlesOf } from '../../../simulator/workload/lanes.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { POISON } from '../../../simulator/workload/planned-lane.js';
import { survey } from '../../../simulator/workload/survey.js';
import { literalWith } from '../../support/scenarios.js';
import { plannedLanes, plannedLog } from '../judge/planned-log.js';

const ZONE = 'Asia/Seoul';
const MIDNIGHT_MS = Date.parse('2024-10-02T00:00:00+09:00');
const HOUR_MS = 3_600_000;
const local = (timeMs: number) => formatLocal(timeMs, ZONE);

/** Three days, and most often the edges of one: its close, and its publication an hour later. */
const time = fc.oneof(
  fc.integer({ min: MIDNIGHT_MS - 30 * HOUR_MS, max: MIDNIGHT_MS + 30 * HOUR_MS }),
  fc.constantFrom(-1, 0, HOUR_MS - 1, HOUR_MS).map((ms) => MIDNIGHT_MS + ms),
);

interface Drawn {
  readonly type: string;
  readonly article: number;
  readonly timeMs: number;
  readonly lateMs: number;
  readonly count: number;
  readonly comment: number;
  readonly partition: number | undefined;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  type: fc.constantFrom(...EVENT_TYPES, 'RAW'),
  article: fc.integer({ min: 1, max: 4 }),
  timeMs: time,
  lateMs: fc.constantFrom(0, 0, -60_000, 60_000, 2 * HOUR_MS, 26 * HOUR_MS),
  count: fc.nat({ max: 9 }),
  comment: fc.integer({ min: 1, max: 3 }),
  partition: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
});

/** Articles 1 and 2 are of the day before midnight, 3 and 4 of the day after. */
function eventOf({ type, article, timeMs, lateMs, count, comment, partition }: Drawn, eventId: number): object {
  const sent = {
    time: local(timeMs),
    sentAt: local(timeMs + lateMs),
    ...(partition === undefined ? {} : { partition }),
  };
  if (type === 'RAW') return { ...sent, type, topic: 'like', text: `{"eventId":${eventId}` };
  const articleId = article;
  const createdAt = local(MIDNIGHT_MS + (article > 2 ? 1 : -1));
  const payload = type.startsWith('COMMENT')
    ? { articleId, commentId: comment, writerId: comment % 2 || 2, articleCommentCount: count }
    : type === 'ARTICLE_VIEWED'
      ? { articleId, articleViewCount: count }
      : type.endsWith('LIKED')
        ? { articleId, articleLikeCount: count }
        : { articleId, createdAt };
  return { ...sent, type, eventId, payload };
}

/** Ids in any order, and some events twice. */
const events = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 25 })
  .chain((ids) => fc.tuple(fc.tuple(...ids.map((id) => drawn.map((one) => ({ one, id })))), fc.nat({ max: 5 })))
  .map(([all, again]) => {
    const more = all.slice(0, again).map(({ one, id }) => ({ one: { ...one, lateMs: one.lateMs + 30 * 60_000 }, id }));
    return [...all, ...more].map(({ one, id }) => eventOf(one, id));
  });

test('both oracles agree on whatever is given', () => {
  fc.assert(
    fc.property(events, fc.constantFrom(0, 5), (given, commenter) => {
      const scenario = literalWith(given, { rules: { weights: { commenter } } });
      const lanes = plannedLanes(scenario);
      const log = new LogOracle(scenario.rules);
      for (const one of plannedLog(scenario)) log.add(one);
      assert.equal(disagreements(lanes, log), []);
      const [byPlan, byLog] = [lanes, lanesByLog(lanes, log)].map((one) => new Oracle(scenario.rules, one));
      const { days } = planOf(scenario);
      for (const day of days) {
        // Counts of an article that was never created have no effect, and the log forgets them.
        const judged = (oracle: Oracle | undefined) =>
          [...(oracle?.articlesOf(day) ?? [])].map((one) => (one.truth.created === 'no' ? one.articleId : one));
        assert.equal(judged(byLog), judged(byPlan));
        assert.equal(byLog?.expectedList(day), byPlan?.expectedList(day));
      }
    }),
    { numRuns: 150 },
  );
});

test('a deletion in time and a late one make the same truth in any order', () => {
  const payload = { articleId: 2, createdAt: '2024-10-01T12:00:00' };
  const created = { time: '2024-10-01T12:00:00', type: 'ARTICLE_CREATED', payload };
  const inTime = { time: '2024-10-01T13:00:00', type: 'ARTICLE_DELETED', payload };
  const late = { ...inTime, time: '2024-10-02T00:59:59', sentAt: '2024-10-02T01:00:59' };
  for (const given of [
    [created, inTime, late],
    [late, created, inTime],
  ]) {
    const scenario = literalWith(given);
    const log = new LogOracle(scenario.rules);
    for (const one of plannedLog(scenario)) log.add(one);
    const { deleted, withdrawn } = log.find('2') ?? {};
    assert.equal([deleted, withdrawn], ['must', 'no']);
    const [day] = planOf(scenario).days.filter((one) => one.day === '20241001');
    assert.ok(day);
    const [planned] = new Oracle(scenario.rules, plannedLanes(scenario)).articlesOf(day);
    assert.equal([planned?.truth.deleted, planned?.truth.withdrawn], ['must', 'no']);
  }
});

test('the list is what a reader works out by hand', () => {
  const at = '2024-10-01T12:00:00';
  const created = (articleId: number) => ({ time: at, type: 'ARTICLE_CREATED', payload: { articleId } });
  const liked = (articleId: number, articleLikeCount: number, eventId: number) => ({
    time: at,
    type: 'ARTICLE_LIKED',
    eventId,
    payload: { articleId, articleLikeCount },
  });
  const scenario = literalWith([
    ...[created(1), created(2), created(3)],
    ...[liked(1, 7, 20), liked(1, 9, 19), liked(2, 4, 30), liked(3, 4, 31), liked(9, 50, 32)],
  ]);
  const [day] = planOf(scenario).days;
  assert.ok(day);
  const rows = new Oracle(scenario.rules, plannedLanes(scenario)).expectedList(day);
  assert.equal(
    rows.map(({ articleId, score }) => [articleId, score]),
    [
      ['1', 21],
      ['3', 12],
      ['2', 12],
    ],
  );
});

test('a-dozen-events has twelve, and the list that its description says', async () => {
  const scenario = await loadScenario('scenarios/a-dozen-events.json');
  const plan = planOf(scenario);
  const [day] = plan.days;
  assert.ok(day);
  const rows = new Oracle(scenario.rules, plannedLanes(scenario)).expectedList(day);
  assert.is(plan.events, 12);
  assert.equal(
    rows.map(({ articleId, score }) => [articleId, score]),
    [
      ['1', 9],
      ['2', 8],
    ],
  );
});

test('one lane sends all records in the order of their times, and knows which cannot be decoded', () => {
  fc.assert(
    fc.property(events, (given) => {
      const scenario = literalWith(given);
      const plan = planOf(scenario);
      const open = lanesOf(plan);
      const [first, ...others] = Array.from({ length: plan.lanes }, (_, index) => open(index));
      assert.equal(
        others.map((lane) => lane.advance()),
        [false, false],
      );
      let sent = 0;
      for (let dueMs = plan.startMs; first?.advance(); sent += 1) {
        assert.ok(first.dueMs >= dueMs && first.dueMs < plan.endMs);
        assert.is(first.kind === POISON, scenario.events[sent]?.value.endsWith('}}') === false);
        dueMs = first.dueMs;
      }
      assert.is(sent, given.length);
      assert.is(plan.events, given.length);
    }),
  );
});

test('the days are those that events and articles are of, and the plan is one phase', () => {
  const scenario = literalWith([
    { time: '2024-10-05T12:00:00', type: 'ARTICLE_VIEWED', payload: { articleId: 1, articleViewCount: 1 } },
    {
      time: '2024-10-05T12:00:00',
      type: 'ARTICLE_DELETED',
      payload: { articleId: 1, createdAt: '2024-10-01T00:00:00' },
    },
  ]);
  const plan = planOf(scenario);
  assert.equal(
    plan.days.map(({ day }) => day),
    ['20241001', '20241005'],
  );
  assert.equal(
    plan.phases.map(({ name, events }) => [name, events]),
    [['events', 2]],
  );
  assert.is(plan.days[0]?.endMs, new Calendar(scenario.rules).span('20241001').endMs);
});

test('the same events have the same hash, and another order or send time another', () => {
  const view = (articleViewCount: number, sentAt = '2024-10-01T12:00:00') => ({
    time: '2024-10-01T12:00:00',
    sentAt,
    type: 'ARTICLE_VIEWED',
    eventId: articleViewCount,
    payload: { articleId: 1, articleViewCount },
  });
  const hash = (given: readonly object[]) => survey(planOf(literalWith(given))).hash;
  const whole = hash([view(1), view(2)]);
  assert.is(hash([view(1), view(2)]), whole);
  assert.is.not(hash([view(2), view(1)]), whole);
  assert.is.not(hash([view(1), view(2, '2024-10-01T12:00:01')]), whole);
});

test('a title is that of the update that is meant, unless the creation is newer', () => {
  const article = (type: string, eventId: number, title: string) => ({
    time: '2024-10-01T12:00:00',
    type,
    eventId,
    payload: { articleId: 1, title },
  });
  const plan = planOf(
    literalWith([
      article('ARTICLE_UPDATED', 5, 'early'),
      article('ARTICLE_CREATED', 10, 'first'),
      article('ARTICLE_UPDATED', 20, 'second'),
    ]),
  );
  const titleOf = titlesOf(plan);
  assert.equal(
    [0, 1, 3].map((edition) => titleOf(0, 0, edition)),
    ['first', 'first', 'second'],
  );
});

test.run();

// test/e2e/apply-script.e2e.test.ts — Whatever order, repetition or loss: Redis ends as the plain rules say.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Fold } from '../../consumer/applying/fold.js';
import type { StoredOffset } from '../../consumer/applying/range-store.js';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { RedisRankingStore } from '../../consumer/applying/redis-ranking-store.js';
import { ServiceClock } from '../../consumer/runtime/service-clock.js';
import { Calendar } from '../../contract/calendar.js';
import {
  COMMENTER_RULES,
  DAYS,
  eventLog,
  modelOf,
  RULES,
  risesAndFalls,
  type TimedEvent,
} from '../consumer/ranking-model.js';
import { shown } from '../consumer/ranking-shown.js';
import { clearRedisStage, type RedisStage, setRedisStage } from '../consumer/redis-stage.js';
import { FEW_CANDIDATES, PLACE, PLAIN, Player, SCRIPT } from '../consumer/store-player.js';
import { holds } from '../support/property.js';

const test = suite<RedisStage>('apply script');
test.before(setRedisStage);
test.after(clearRedisStage);

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 30, maxLength: 30 });

for (const [name, script, numRuns, rules] of [
  ['as it is', SCRIPT, 15, RULES],
  ['with few candidates, so that they are cut and found again', FEW_CANDIDATES, 25, RULES],
  ['with users who commented', FEW_CANDIDATES, 25, COMMENTER_RULES],
] as const) {
  test(`after each range the lists are those of all records up to the stored offset, ${name}`, async ({ redis }) => {
    await holds(
      fc.asyncProperty(eventLog, sizes, fc.array(fc.nat(40), { minLength: 30 }), async (log, steps, back) => {
        await redis.flushall();
        const player = new Player(redis, log, script, rules);
        let at = 0;
        for (let i = 0; at < log.length; i += 1) {
          // Now and then from an earlier offset, as after a rebalance.
          const from = Math.max(0, at - Math.max(0, (back[i] ?? 0) - 30));
          const next = Math.min(log.length, at + (steps[i % steps.length] ?? 1));
          const reply = await player.apply(from, next, at === 0 ? 'none' : undefined);
          assert.equal(reply, { outcome: 'applied', late: 0 });
          await player.check();
          at = next;
        }
      }),
      numRuns,
    );
  });
}

test('however many leaders fall, those behind them come back', async ({ redis }) => {
  await holds(
    fc.asyncProperty(risesAndFalls, fc.integer({ min: 1, max: 3 }), async (log, step) => {
      await redis.flushall();
      const player = new Player(redis, log, FEW_CANDIDATES);
      for (let at = 0; at < log.length; at += step) {
        await player.apply(at, Math.min(log.length, at + step), at === 0 ? 'none' : undefined);
        await player.check();
      }
    }),
    15,
  );
});

test('any order of the same records ends in the same state', async ({ redis }) => {
  const shuffled = eventLog.chain((log) =>
    fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length })),
  );
  await holds(
    fc.asyncProperty(shuffled, fc.constantFrom(RULES, COMMENTER_RULES), async ([log, other], rules) => {
      await redis.flushall();
      const player = new Player(redis, other, FEW_CANDIDATES, rules);
      for (let at = 0; at < other.length; at += 7) {
        await player.apply(at, Math.min(other.length, at + 7), at === 0 ? 'none' : undefined);
      }
      assert.equal(await shown(redis, PLAIN.keys, rules), modelOf(log, rules));
    }),
    30,
  );
});

test('what was applied is skipped, and offsets are compared as integers of any size', async ({ redis }) => {
  await redis.flushall();
  const clock = new ServiceClock({ kind: 'event-time' }, new Calendar(RULES), Date.now);
  const store = new RedisRankingStore({ ...PLAIN, redis, clock, keys: new RankingKeys('p:', 1) });
  const days = new Map();
  const apply = (from: string, next: string, inSpiteOf?: StoredOffset) =>
    store.apply({ ...PLACE, from, next, days }, inSpiteOf);
  assert.equal(await apply('0', '9'), { outcome: 'refused', stored: 'none' });
  assert.equal(await apply('0', '9', 'none'), { outcome: 'applied', late: 0 });
  assert.equal(await apply('9', '9007199254740992'), { outcome: 'applied', late: 0 });
  assert.equal(await apply('9', '10'), { outcome: 'skipped', stored: '9007199254740992' });
  assert.equal(await apply('9007199254740993', '9007199254740994'), { outcome: 'refused', stored: '9007199254740992' });
  assert.equal(await apply('9007199254740992', '9007199254740993'), { outcome: 'applied', late: 0 });
  assert.equal(await redis.keys('*'), ['p:hot-article::{0}::offsets']);
});

test('a published day is changed by deletions only: a deleted article leaves, and no article moves up', async ({
  redis,
}) => {
  await holds(
    fc.asyncProperty(eventLog, fc.nat(100), async (log, at) => {
      await redis.flushall();
      const [frozenAt, [day = '']] = [at % (log.length + 1), DAYS];
      const player = new Player(redis, log, FEW_CANDIDATES);
      if (frozenAt > 0) await player.apply(0, frozenAt, 'none');
      await player.freeze(day);
      const before = (await shown(redis, PLAIN.keys)).lists[day] ?? [];
      const reply =
        frozenAt < log.length
          ? await player.apply(frozenAt, log.length, frozenAt === 0 ? 'none' : undefined)
          : undefined;
      const rest = log.slice(frozenAt);
      const deleted = new Set(rest.flatMap(({ event }) => (event.type === 'ARTICLE_DELETED' ? [event.articleId] : [])));
      const { lists } = await shown(redis, PLAIN.keys);
      const deletedThere = (articleId: string) =>
        rest.some(
          ({ event }) => event.articleId === articleId && event.type === 'ARTICLE_DELETED' && event.createdDay === day,
        );
      assert.equal(
        lists[day],
        before.filter(({ articleId }) => !deleted.has(articleId) || !deletedThere(articleId)),
      );
      const other = DAYS[1] ?? '';
      assert.equal(lists[other], modelOf(log).lists[other]);
      const late = rest.filter(({ event, timeMs }) => dayOf(event, timeMs) === day).length;
      assert.is(reply?.outcome === 'applied' ? reply.late : 0, late);
    }),
    25,
  );
});

/** The day on which a creation or a count tells. */
function dayOf(event: TimedEvent['event'], timeMs: number): string | undefined {
  if (event.type === 'ARTICLE_CREATED') return event.createdDay;
  return event.type === 'ARTICLE_DELETED' || event.type === 'ARTICLE_UPDATED'
    ? undefined
    : new Calendar(RULES).at(timeMs).day;
}

test('every key of a day expires, at the same time, and what comes after that is late', async ({ redis }) => {
  await redis.flushall();
  const calendar = new Calendar(RULES);
  const wallStartMs = Date.now();
  const eventStartMs = calendar.span('20241001').startMs;
  const clock = new ServiceClock({ kind: 'scaled', eventStartMs, wallStartMs, speed: 1440 }, calendar, Date.now);
  const store = new RedisRankingStore({ ...PLAIN, rules: COMMENTER_RULES, redis, clock });
  const fold = new Fold(calendar, COMMENTER_RULES);
  const base = { eventId: '1', createdDay: '20241001', title: '', count: 2 };
  for (const articleId of ['1', '2']) {
    fold.add({ ...base, articleId, type: 'ARTICLE_CREATED' }, eventStartMs);
    fold.add({ ...base, articleId, type: 'ARTICLE_VIEWED' }, eventStartMs);
    fold.add({ ...base, articleId, type: 'COMMENT_CREATED', commentId: '1', writerId: '2' }, eventStartMs);
  }
  fold.add({ ...base, articleId: '1', type: 'ARTICLE_DELETED' }, calendar.publishedAtMs('20241001'));
  const forgotten = { ...base, articleId: '3', createdDay: '20240922' };
  fold.add({ ...forgotten, type: 'ARTICLE_CREATED' }, eventStartMs);
  const reply = await store.apply({ ...PLACE, from: '0', next: '6', days: fold.take() }, 'none');
  assert.equal(reply, { outcome: 'applied', late: 1 });
  const keys = (await redis.keys('*')).filter((key) => key !== PLAIN.keys.offsets(0));
  const expiries = await Promise.all(keys.map((key) => redis.pexpiretime(key)));
  const forgottenAtMs = wallStartMs + (8 * 1440 + 60) * (60_000 / 1440);
  assert.is(keys.length, 9);
  assert.equal(new Set(expiries), new Set([Math.ceil(forgottenAtMs)]));
});

test.run();

// test/e2e/publication.e2e.test.ts — A day is published when its time has come and everything sent by then is applied, whichever process dies meanwhile. Then only deletions change it.
// runs alone: it ends processes at instants of a publication
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { Publication } from '../../consumer/publishing/publication.js';
import { Publisher, type PublisherOptions } from '../../consumer/publishing/publisher.js';
import { ServiceClock } from '../../consumer/runtime/service-clock.js';
import { Calendar } from '../../contract/calendar.js';
import { formatClock } from '../../contract/clock.js';
import { DEFAULT_RULES } from '../../contract/rules.js';
import { Board } from '../consumer/board.js';
import { eventually, ServiceProcess } from '../consumer/service-process.js';
import {
  A,
  B,
  clearStage,
  created,
  DAY,
  environmentOf,
  liked,
  listOf,
  NOON,
  type Stage,
  setStage,
  untilListIs,
  viewed,
} from '../consumer/service-stage.js';

const test = suite<Stage>('publication');
test.before(setStage);
test.after(clearStage);

const calendar = new Calendar(DEFAULT_RULES);
const dueMs = calendar.publishedAtMs(DAY);
const SERVED = `/v1/hot-articles/articles/date/${DAY}`;

/** A clock of the service at which the day is to be published so many seconds from now, an hour of event time a second. */
const dueIn = (seconds: number) =>
  formatClock({
    kind: 'scaled',
    eventStartMs: dueMs - 3_600_000,
    wallStartMs: Date.now() + (seconds - 1) * 1000,
    speed: 3600,
  });

test('a publication waits for what was in the log when it was due, and goes on where another process left it', async ({
  redis,
}) => {
  let nowMs = dueMs - 1;
  let applied = '3';
  let end = '5';
  let dies = false;
  const seen: unknown[] = [];
  const publication = new Publication(redis, new RankingKeys('alone:', 1));
  const options: PublisherOptions = {
    publication,
    calendar,
    historyDays: 1,
    clock: new ServiceClock({ kind: 'scaled', eventStartMs: 0, wallStartMs: 0, speed: 1 }, calendar, () => nowMs),
    shards: {
      offsets: async () => new Map([['board-like/0', applied]]),
      eventTimes: async () => new Map(),
      freeze: async (day) => {
        seen.push(['frozen', day]);
        if (dies) throw new Error('died');
      },
    },
    logEnds: async () => ({ 'board-like/0': end }),
    published: (day, delayMs) => void seen.push(['published', day, delayMs]),
    waitingSince: (since) => void seen.push(['waiting since', since]),
    warn: (message) => void seen.push(message),
  };
  const check = async () => {
    seen.length = 0;
    // Nothing is kept in the process.
    await new Publisher(options).check();
    return [...seen];
  };
  await publication.publish('20240930', 0);
  assert.equal(await check(), [['waiting since', undefined]]);
  nowMs = dueMs;
  assert.equal(await check(), [['waiting since', dueMs]]);
  // What is sent later is not waited for.
  [applied, end] = ['4', '9'];
  assert.equal(await check(), [['waiting since', dueMs]]);
  assert.not((await publication.read()).published.has(DAY));
  // One that dies between the steps of a publication leaves it to the next.
  [applied, nowMs, dies] = ['5', dueMs + 700, true];
  assert.equal(await check(), [['frozen', DAY], 'publications could not be checked']);
  assert.not((await publication.read()).published.has(DAY));
  dies = false;
  const published = ['published', DAY, 700];
  assert.equal(await check(), [['frozen', DAY], published, ['waiting since', undefined]]);
  assert.equal(await check(), [['waiting since', undefined]]);
  // Redis lost the day before, and its history is over, so no client asks for it.
  assert.equal([...(await publication.read()).published], [DAY]);
});

test('after its publication a day is changed by deletions only, and what came late is counted', async (context) => {
  await using board = await Board.open(context.kafka, 'late');
  await board.send(created(A), created(B), liked(A, 4), viewed(B, 3));
  await using service = await ServiceProcess.start({ ...environmentOf(context, 'late'), CLOCK: dueIn(3) });
  await untilListIs(context, 'late', `${A} 12, ${B} 3`);
  assert.is((await service.get(SERVED)).status, 404);
  await board.send(liked(A, 5));
  await untilListIs(context, 'late', `${A} 15, ${B} 3`);
  await eventually('the day is served', async () => (await service.get(SERVED)).status === 200);

  await board.send(liked(B, 50), created('77'), viewed('77', 99));
  await eventually('three are late', async () => (await service.observation()).late === 3);
  assert.is(await listOf(context, 'late'), `${A} 15, ${B} 3`);
  assert.match(String((await service.get('/metrics')).body), /^hot_article_records_late_total 3$/m);
  assert.match(String((await service.get('/metrics')).body), /^hot_article_publication_waiting_seconds 0$/m);
  await board.send({ type: 'ARTICLE_DELETED', articleId: A, at: NOON });
  await untilListIs(context, 'late', `${B} 3`);
});

/** Whether a client of Redis is blocked in one of these commands: flag `b`. */
async function isWaiting({ redis }: Stage, commands: string): Promise<boolean> {
  return new RegExp(` flags=[a-zA-Z]*b[a-zA-Z]* .* cmd=(${commands}) `).test(String(await redis.client('LIST')));
}

test('killed while it publishes, the next process publishes the same', async (context) => {
  await using board = await Board.open(context.kafka, 'dies');
  await board.send(created(A), liked(A, 4));
  const environment = { ...environmentOf(context, 'dies'), CLOCK: dueIn(4), SESSION_TIMEOUT_MS: '6000' };
  await using first = await ServiceProcess.start(environment);
  await untilListIs(context, 'dies', `${A} 12`);
  await context.redis.client('PAUSE', 60_000, 'WRITE');
  await eventually('it waits for Redis with its publication', async () => isWaiting(context, 'hsetnx|set'));
  await first.end('SIGKILL');
  await context.redis.client('UNPAUSE');
  await using second = await ServiceProcess.start(environment);
  await eventually('the day is served', async () => (await second.get(SERVED)).status === 200);
  assert.is(await listOf(context, 'dies'), `${A} 12`);
});

test('killed before the script and killed before the commit, nothing is lost or counted twice', async (context) => {
  await using board = await Board.open(context.kafka, 'between');
  const environment = { ...environmentOf(context, 'between'), COMMIT_INTERVAL_MS: '60000', SESSION_TIMEOUT_MS: '6000' };
  await board.send(created(A), liked(A, 1));
  await using first = await ServiceProcess.start(environment);
  await untilListIs(context, 'between', `${A} 3`);
  // Applied, and not committed.
  assert.is(await board.lag('between'), 2);
  await first.end('SIGKILL');

  await using second = await ServiceProcess.start(environment);
  await board.send(liked(A, 2));
  await untilListIs(context, 'between', `${A} 6`);
  await context.redis.client('PAUSE', 60_000, 'WRITE');
  await board.send(liked(A, 3));
  await eventually('a batch waits for its script', async () => isWaiting(context, 'evalsha'));
  await second.end('SIGKILL');
  await context.redis.client('UNPAUSE');

  await using third = await ServiceProcess.start({ ...environment, COMMIT_INTERVAL_MS: '100' });
  await untilListIs(context, 'between', `${A} 9`);
  await eventually('all is committed', async () => (await board.lag('between')) === 0);
  assert.ok((await third.observation()).applied >= 1);
});

test('offsets that only transactions leave behind count as read', async (context) => {
  await using board = await Board.open(context.kafka, 'transactions');
  await using service = await ServiceProcess.start(environmentOf(context, 'transactions'));
  await board.inTransaction('commit', created(A), liked(A, 5));
  await untilListIs(context, 'transactions', `${A} 15`);
  await board.inTransaction('abort', liked(A, 9), viewed(A, 9));
  await board.inTransaction('abort', viewed(B, 1));
  await eventually('nothing is left to read', async () => (await board.lag('transactions')) === 0);
  assert.is(await listOf(context, 'transactions'), `${A} 15`);
  await board.passTo('2024-10-02T01:00:00.000');
  await eventually('the day is published', async () => (await service.get('/v1/hot-articles')).status === 200);
  assert.is((await service.observation()).deadLetters, 0);
});

test.run();

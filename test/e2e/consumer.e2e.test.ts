// test/e2e/consumer.e2e.test.ts — The service on a real Kafka and Redis: right lists, also after it, or Redis, was struck down.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Board, type Sent } from '../consumer/board.js';
import { eventually, runToEnd, ServiceProcess } from '../consumer/service-process.js';
import {
  A,
  B,
  C,
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

const test = suite<Stage>('consumer');
test.before(setStage);
test.after(clearStage);

test('a day is listed as it happens, and served once it is published', async (context) => {
  await using board = await Board.open(context.kafka, 'day');
  await using service = await ServiceProcess.start(environmentOf(context, 'day'));

  await board.send(liked(A, 4), viewed(B, 12), viewed(C, 1));
  await eventually('three records are applied', async () => (await service.observation()).applied === 3);
  assert.is(await listOf(context, 'day'), '');
  await board.send(created(A), created(B), created(C));
  await untilListIs(context, 'day', `${B} 12, ${A} 12`);
  await board.send({ type: 'COMMENT_CREATED', articleId: A, at: NOON, count: 1 });
  await untilListIs(context, 'day', `${A} 14, ${B} 12`);
  await board.send({ type: 'ARTICLE_UNLIKED', articleId: A, at: NOON, count: 3 });
  await untilListIs(context, 'day', `${B} 12, ${A} 11`);
  await board.send({ type: 'ARTICLE_DELETED', articleId: B, at: NOON });
  await untilListIs(context, 'day', `${A} 11, ${C} 1`);
  await eventually('all is committed', async () => (await board.lag('day')) === 0);

  assert.is((await service.get(`/v1/hot-articles/articles/date/${DAY}`)).status, 404);
  assert.is((await service.get('/v1/hot-articles/articles/date/20241301')).status, 400);
  // Every partition with a record must reach the time of publication; otherwise it is unknown whether the day is complete.
  const [likes, views] = [{ type: 'ARTICLE_LIKED' as const }, { type: 'ARTICLE_VIEWED' as const }];
  await board.send({ ...views, articleId: A, at: '2024-10-02T01:00:00.000', count: 99 });
  await eventually('it is read', async () => (await service.observation()).applied === 10);
  assert.is((await service.get(`/v1/hot-articles/articles/date/${DAY}`)).status, 404);
  await board.send(
    ...[A, B, C].flatMap((articleId): Sent[] => [
      { type: 'ARTICLE_UPDATED', articleId, at: '2024-10-02T01:00:00.000', createdAt: NOON },
      { ...likes, articleId, at: '2024-10-02T01:00:00.000', count: 99 },
      { ...views, articleId, at: '2024-10-02T01:00:00.000', count: 99 },
      { type: 'COMMENT_CREATED', articleId, at: '2024-10-02T01:00:00.000', count: 99 },
    ]),
  );
  const articles = [
    { articleId: A, score: 11, likeCount: 3, commentCount: 1, viewCount: 0 },
    { articleId: C, score: 1, likeCount: 0, commentCount: 0, viewCount: 1 },
  ];
  await eventually(
    'the day is served',
    async () => (await service.get(`/v1/hot-articles/articles/date/${DAY}`)).status === 200,
  );
  assert.equal((await service.get('/v1/hot-articles')).body, { day: DAY, articles });
  const history = (await service.get('/v1/hot-articles/history')).body as { day: string }[];
  assert.equal([history.length, history[0]], [7, { day: DAY, articles }]);

  const lines = String((await service.get(`/internal/articles/${DAY}`)).body)
    .trim()
    .split('\n');
  assert.equal(
    lines.map((line) => JSON.parse(line)).sort((a, b) => b.score - a.score),
    [
      { articleId: A, like: 3, comment: 1, view: 0, score: 11 },
      { articleId: C, like: 0, comment: 0, view: 1, score: 1 },
    ],
  );
  assert.match(String((await service.get('/metrics')).body), /^hot_article_records_applied_total 22$/m);

  await board.send({ type: 'ARTICLE_DELETED', articleId: A, at: '2024-10-02T02:00:00.000', createdAt: NOON });
  await untilListIs(context, 'day', `${C} 1`);
});

test('a record that is none is put aside, and its neighbours count', async (context) => {
  await using board = await Board.open(context.kafka, 'poison');
  await using service = await ServiceProcess.start(environmentOf(context, 'poison'));
  await board.send(created(A), liked(A, 1));
  await board.sendBroken('{"eventId":1,"type":"ARTICLE_LIKED"', A, NOON);
  await board.send(liked(A, 2));
  await untilListIs(context, 'poison', `${A} 6`);
  const { value, headers } = await board.deadLetter();
  assert.is(value, '{"eventId":1,"type":"ARTICLE_LIKED"');
  const { partition, ...others } = headers;
  assert.match(partition ?? '', /^[01]$/);
  assert.equal(others, { topic: 'poison-like', offset: '1', reason: 'value is not JSON', group: 'poison' });
  assert.is((await service.observation()).deadLetters, 1);
  await eventually('all is committed', async () => (await board.lag('poison')) === 0);
});

test('while dead letters are not taken their partition waits and others go on; then all go, also large ones', async (context) => {
  await using board = await Board.open(context.kafka, 'full');
  await board.limitDeadLetters(1);
  await using service = await ServiceProcess.start(environmentOf(context, 'full'));
  await board.send(created(A), created(B));
  // Together more than a topic takes at once; the last one alone is, with its headers.
  const broken = [400_000, 400_001, 400_002, 1_048_480].map((length) => '{'.padEnd(length, 'x'));
  for (const value of broken) await board.sendBroken(value, A, NOON);
  await board.send(liked(A, 3), viewed(B, 5));
  await untilListIs(context, 'full', `${B} 5`);
  const metrics = async () => String((await service.get('/metrics')).body);
  await eventually('the partition waits', async () => /^hot_article_held_up_total [1-9]/m.test(await metrics()));
  assert.is((await service.get('/healthz')).status, 200);

  await board.limitDeadLetters(1_048_588);
  await untilListIs(context, 'full', `${A} 9, ${B} 5`);
  const letters = await board.deadLetters(broken.length);
  assert.equal(
    letters.map(({ value, headers }) => [value.length, headers.offset, headers.cutFrom]),
    [
      [400_000, '0', undefined],
      [400_001, '1', undefined],
      [400_002, '2', undefined],
      [16_384, '3', '1048480'],
    ],
  );
  assert.is((await service.observation()).deadLetters, broken.length);
});

test('killed halfway and started again, it loses nothing', async (context) => {
  await using board = await Board.open(context.kafka, 'killed');
  const environment = { ...environmentOf(context, 'killed'), SESSION_TIMEOUT_MS: '6000' };
  await using first = await ServiceProcess.start({
    ...environment,
    FETCH_MAX_BYTES_PER_PARTITION: '4096',
  });
  await board.send(created(A), created(B), created(C));
  const rising = Array.from({ length: 3000 }, (_, i) => (i % 2 === 0 ? viewed(A, i) : liked(B, i)));
  const sending = board.send(...rising);
  await eventually('some are applied', async () => (await first.observation()).applied > 3);
  await first.end('SIGKILL');
  await sending;
  await using second = await ServiceProcess.start(environment);
  await untilListIs(context, 'killed', `${B} ${3 * 2999}, ${A} 2998`);
  await eventually('all is committed', async () => (await board.lag('killed')) === 0);
  assert.is((await second.end('SIGTERM')).code, 0);
});

test('told of a leader that does not exist, with no request that fails upon it, it asks again', async (context) => {
  await using board = await Board.open(context.kafka, 'misled');
  const environment = { ...environmentOf(context, 'misled'), METADATA_MAX_AGE_MS: '500' };
  const first = await ServiceProcess.start(environment);
  await board.send(created(A), liked(A, 1));
  // Where nothing was ever committed, it has to ask the leader for the first offset, and notices.
  await board.send(...Array.from({ length: 20 }, (_, i) => liked(String(i + 1), 1)));
  await eventually('all is applied', async () => (await first.observation()).applied === 22);
  await eventually('all is committed', async () => (await board.lag('misled')) === 0);
  await first.end('SIGTERM');

  const preload = new URL('../consumer/wrong-leader.mjs', import.meta.url).href;
  await using misled = await ServiceProcess.start({ ...environment, NODE_OPTIONS: `--import ${preload}` });
  const told = () => misled.log.flatMap((line) => /told of (?:a wrong|the right) leader/.exec(line)?.[0] ?? []);
  await board.send(liked(A, 4));
  await untilListIs(context, 'misled', `${A} 12`);
  assert.equal([...new Set(told())], ['told of a wrong leader', 'told of the right leader']);
});

test('a member that kafkajs has given up joins the group anew', async (context) => {
  await using board = await Board.open(context.kafka, 'forgotten');
  const preload = new URL('../consumer/forgotten-member.mjs', import.meta.url).href;
  const environment = { ...environmentOf(context, 'forgotten'), NODE_OPTIONS: `--import ${preload}` };
  await using service = await ServiceProcess.start(environment);
  await board.send(created(A), liked(A, 4));
  await untilListIs(context, 'forgotten', `${A} 12`);
  await eventually('all is committed', async () => (await board.lag('forgotten')) === 0);
  assert.is((await service.end('SIGTERM')).code, 0);
  const anew = service.log.filter((line) => line.includes('the consumer was given up, and joins the group anew'));
  assert.is(anew.length, 1, service.log.join('\n'));
});

test('a Redis that lost everything is filled again, though nothing more is sent', async (context) => {
  await using board = await Board.open(context.kafka, 'flushed');
  await using _service = await ServiceProcess.start(environmentOf(context, 'flushed'));
  await board.send(created(A), created(B), liked(A, 5), viewed(B, 3));
  await untilListIs(context, 'flushed', `${A} 15, ${B} 3`);
  await eventually('all is committed', async () => (await board.lag('flushed')) === 0);
  await context.redis.flushall();
  await untilListIs(context, 'flushed', `${A} 15, ${B} 3`);
});

test('it stops in order, and in time also when Redis is silent', async (context) => {
  await using board = await Board.open(context.kafka, 'stopped');
  await using idle = await ServiceProcess.start(environmentOf(context, 'stopped'));
  assert.is((await idle.end('close stdin')).code, 0);

  await using service = await ServiceProcess.start(environmentOf(context, 'stopped'));
  await board.send(created(A), liked(A, 1));
  await untilListIs(context, 'stopped', `${A} 3`);
  await context.redis.client('PAUSE', 60_000, 'WRITE');
  await board.send(liked(A, 2));
  await eventually('a batch waits for Redis', async () => (await service.observation()).consumed === 3);
  const { code, milliseconds } = await service.end('SIGTERM');
  await context.redis.client('UNPAUSE');
  assert.is(code, 0);
  assert.ok(milliseconds < 5000, `${milliseconds} ms`);
});

test('a Redis that deletes keys when it is full is warned of', async (context) => {
  await using _board = await Board.open(context.kafka, 'evicting');
  const set = (limit: string, policy: string) =>
    context.redis.config('SET', 'maxmemory', limit, 'maxmemory-policy', policy);
  await set('100mb', 'volatile-ttl');
  try {
    await using service = await ServiceProcess.start(environmentOf(context, 'evicting'));
    assert.match(service.log.join('\n'), /"policy":"volatile-ttl","msg":"Redis deletes keys when it is full/);
  } finally {
    await set('0', 'noeviction');
  }
});

test('what it cannot start with is said, and ends it', async (context) => {
  const wrong = await runToEnd({ KAFKA_BROKERS: 'nowhere', CLOCK: 'sundial' });
  assert.is(wrong.code, 64);
  for (const name of ['KAFKA_BROKERS', 'REDIS_URL', 'CLOCK']) assert.match(wrong.output, `  ${name}: expected`);
  const redisUrl = context.redisUrl.replace('redis://', 'redis://nobody:wrong@');
  const refused = await runToEnd({ ...environmentOf(context, 'refused'), REDIS_URL: redisUrl });
  assert.is(refused.code, 1);
  assert.match(refused.output, 'WRONGPASS');
  await using _board = await Board.open(context.kafka, 'crashed');
  const crashed = await runToEnd({ ...environmentOf(context, 'crashed'), SESSION_TIMEOUT_MS: '3600000' });
  assert.is(crashed.code, 1);
  assert.match(crashed.output, '"msg":"the consumer failed: The session timeout is not within the range allowed');
  const missing = await runToEnd(environmentOf(context, 'not-there'));
  assert.is(missing.code, 1);
  for (const stream of ['article', 'comment', 'like', 'view'])
    assert.match(missing.output, `--create --topic not-there-${stream} `);
});

test.run();

// test/e2e/article-read.e2e.test.ts — The article-read service beside the ranking, on a real Kafka and Redis: two groups, the same topics, neither disturbs the other.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Board } from '../consumer/board.js';
import { ARTICLE_READ, eventually, runToEnd, ServiceProcess } from '../consumer/service-process.js';
import {
  A,
  B,
  C,
  clearStage,
  created,
  environmentOf,
  liked,
  NOON,
  type Stage,
  setStage,
  untilListIs,
  viewed,
} from '../consumer/service-stage.js';

const test = suite<Stage>('article-read');
test.before(setStage);
test.after(clearStage);

function readEnvironment(context: Stage, prefix: string): Record<string, string> {
  return { ...environmentOf(context, prefix), KAFKA_GROUP_ID: `${prefix}-read` };
}

const none = { likeCount: 0, commentCount: 0, viewCount: 0 };
const UPDATED = '2024-10-05T12:00:00.000';

test('an article is read with its newest title and counts, whatever the day', async (context) => {
  await using board = await Board.open(context.kafka, 'read');
  await using service = await ServiceProcess.start(readEnvironment(context, 'read'), ARTICLE_READ);
  const article = async (id: string) => (await service.get(`/v1/articles/${id}`)).body;

  await board.send(liked(A, 4), viewed(B, 12));
  await eventually('two records are applied', async () => (await service.observation()).applied === 2);
  assert.is((await service.get(`/v1/articles/${A}`)).status, 404);
  assert.is((await service.get('/v1/articles/first')).status, 400);
  await board.send({ ...created(A), title: '첫 제목' }, created(B));
  await board.send({ type: 'ARTICLE_UPDATED', articleId: A, at: UPDATED, createdAt: NOON, title: '새 제목' });
  await board.send({ type: 'COMMENT_CREATED', articleId: A, at: '2024-11-05T12:00:00.000', count: 7 });
  await board.send({ type: 'ARTICLE_DELETED', articleId: B, at: UPDATED, createdAt: NOON });
  await eventually('all is committed', async () => (await board.lag('read-read')) === 0);

  const first = { articleId: A, title: '새 제목', state: 'created', ...none, likeCount: 4, commentCount: 7 };
  assert.equal(await article(A), { ...first, updatedAt: '2024-10-05T03:00:00.000Z' });
  const second = { articleId: B, title: '제목', state: 'deleted', ...none, viewCount: 12 };
  assert.equal(await article(B), { ...second, updatedAt: '2024-10-01T03:00:00.000Z' });
  const lines = String((await service.get('/internal/read-models')).body);
  assert.is(lines.trim().split('\n').length, 2);
  assert.match(String((await service.get('/metrics')).body), /^article_read_records_applied_total 7$/m);
  const { paths } = (await service.get('/openapi.json')).body as { paths: Record<string, unknown> };
  assert.ok('/v1/articles/{articleId}' in paths);
});

test('each group has its own offsets, and its own dead letters', async (context) => {
  await using board = await Board.open(context.kafka, 'both');
  await using _ranking = await ServiceProcess.start(environmentOf(context, 'both'));
  await board.send(created(A), liked(A, 5), viewed(C, 3));
  await board.sendBroken('{"eventId":1', A, NOON);
  await untilListIs(context, 'both', `${A} 15`);
  await using reading = await ServiceProcess.start(readEnvironment(context, 'both'), ARTICLE_READ);
  await eventually('the second group has read all', async () => (await board.lag('both-read')) === 0);
  assert.is((await reading.observation()).applied, 4);
  assert.equal((await board.deadLetters(2)).map(({ headers }) => headers.group).sort(), ['both', 'both-read']);
  await reading.end('SIGKILL');
  await board.send(liked(A, 6));
  await untilListIs(context, 'both', `${A} 18`);
});

test('a Redis that lost everything is filled again, though nothing more is sent', async (context) => {
  await using board = await Board.open(context.kafka, 'lost');
  await using service = await ServiceProcess.start(readEnvironment(context, 'lost'), ARTICLE_READ);
  await board.send(created(A), liked(A, 5));
  await eventually('all is committed', async () => (await board.lag('lost-read')) === 0);
  await context.redis.flushall();
  await eventually('it is back', async () => {
    const { body } = await service.get(`/v1/articles/${A}`);
    return (body as { likeCount?: number }).likeCount === 5;
  });
});

test('it has no rules of a ranking, and says what it can be told', async () => {
  const { code, output } = await runToEnd({ KAFKA_BROKERS: 'nowhere', RULES: 'none' }, ARTICLE_READ);
  assert.is(code, 64);
  assert.match(output, '  KAFKA_BROKERS: expected');
  assert.not.match(output, 'RULES');
});

test.run();

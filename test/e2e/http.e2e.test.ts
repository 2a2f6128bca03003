// test/e2e/http.e2e.test.ts — What the service serves from a real Redis is what its OpenAPI document says.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ArticleState, Counter, MAX_PACKED_BYTES, pack } from '../../consumer/applying/article-state.js';
import { answerOf, type HttpService, httpService } from '../consumer/http-service.js';
import { clearRedisStage, type RedisStage, setRedisStage } from '../consumer/redis-stage.js';

const DAY = '20241001';
const LARGEST = '9223372036854775807';

interface Context extends RedisStage {
  service: HttpService;
}
const test = suite<Context>('http');
test.before(async (context) => {
  await setRedisStage(context);
  await context.redis.ping();
  context.service = httpService(context.redis, () => true);
});
test.after(async (context) => {
  await context.service?.http.close();
  await clearRedisStage(context);
});

async function list({ redis, service: { keys } }: Context, articleId: string, likes: number): Promise<void> {
  const state = new ArticleState();
  state.offer(Counter.like, '1', likes);
  const packed = Buffer.alloc(MAX_PACKED_BYTES);
  const end = pack(state, packed, 0);
  await redis.zadd(keys.list(DAY), 3 * likes, articleId);
  await redis.hset(keys.bucketOfArticle(DAY, articleId), articleId, packed.subarray(0, end));
}

test('before anything is published there is nothing to serve', async ({ service }) => {
  const missing = (message: string) => ({ status: 404, body: { error: { code: 'not-published', message } } });
  assert.equal(await answerOf(service, '/v1/hot-articles'), missing('no day is published yet'));
  assert.equal(await answerOf(service, '/v1/hot-articles/history'), { status: 200, body: [] });
  service.clock.seen(Date.parse('2024-10-02T01:00:00+09:00'));
  assert.equal(
    await answerOf(service, `/v1/hot-articles/articles/date/${DAY}`),
    missing(`${DAY} is not published, or not kept any more`),
  );
});

test('lists, the history and health are as documented', async (context) => {
  await list(context, LARGEST, 2 ** 40);
  await list(context, '7', 1);
  for (const day of [DAY, '20240930']) await context.service.publication.publish(day, 0);
  const none = { commentCount: 0, viewCount: 0 };
  const articles = [
    { articleId: LARGEST, score: 3 * 2 ** 40, likeCount: 2 ** 40, ...none },
    { articleId: '7', score: 3, likeCount: 1, ...none },
  ];
  const expected = { status: 200, body: { day: DAY, articles } };
  assert.equal(await answerOf(context.service, '/v1/hot-articles'), expected);
  assert.equal(await answerOf(context.service, `/v1/hot-articles/articles/date/${DAY}`), expected);
  const history = await answerOf(context.service, '/v1/hot-articles/history');
  assert.equal(history, { status: 200, body: [expected.body, { day: '20240930', articles: [] }] });
  assert.equal(await answerOf(context.service, '/healthz'), { status: 200, body: { status: 'ok' } });
});

test('a Redis that is there and silent is not waited for', async (context) => {
  const { redis, service } = context;
  // No command ends such a pause; the next test waits for its end.
  await redis.client('PAUSE', 5000, 'ALL');
  const body = { error: { code: 'redis-away', message: 'Redis does not answer' } };
  const answers = await Promise.all(['/v1/hot-articles', '/healthz'].map((url) => answerOf(service, url)));
  assert.equal(answers, [
    { status: 503, body },
    { status: 503, body },
  ]);
});

test('a list that cannot be read is a fault, and logged', async (context) => {
  const { redis, service } = context;
  await redis.set(service.keys.list('20240930'), 'not a sorted set');
  assert.equal(await answerOf(service, '/v1/hot-articles/articles/date/20240930'), {
    status: 500,
    body: { error: { code: 'internal', message: 'the service failed; its log says why' } },
  });
  assert.equal(service.warnings, ['a request failed']);
});

test.run();

// test/consumer/http/routes.test.ts
import { Validator } from '@seriousme/openapi-schema-validator';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedis } from '../../../consumer/runtime/redis-connection.js';
import { answerOf, documentOf, httpService } from '../http-service.js';

/** It was never connected: a Redis that is away. */
const serviceWithoutRedis = (isJoined = true) =>
  httpService(
    createRedis({ redisUrl: 'redis://127.0.0.1:1', redisTlsCa: undefined }, () => undefined),
    () => isJoined,
  );
const error = (status: number, code: string, message: string) => ({ status, body: { error: { code, message } } });

test('the document is valid OpenAPI, and names every public route', async () => {
  const document = await documentOf(serviceWithoutRedis());
  assert.match(document.openapi, /^3\.1\./);
  const found = await new Validator().validate({ ...document });
  assert.ok(found.valid, JSON.stringify(found.errors, null, 1));
  assert.equal(Object.keys(document.paths).sort(), [
    ...['/healthz', '/livez', '/metrics', '/v1/hot-articles', '/v1/hot-articles/articles/date/{day}'],
    '/v1/hot-articles/history',
  ]);
});

test('a document that is wrong is not valid', async () => {
  const { paths, ...rest } = await documentOf(serviceWithoutRedis());
  assert.not((await new Validator().validate({ ...rest, paths: { '/x': { get: { responses: 7 } } } })).valid);
});

test('what is no day is refused', async () => {
  for (const day of ['20241301', '2024-10-01', 'x']) {
    const refused = error(400, 'bad-request', `expected a date as yyyyMMdd, found "${day}"`);
    assert.equal(await answerOf(serviceWithoutRedis(), `/v1/hot-articles/articles/date/${day}`), refused);
    for (const path of ['/internal/articles', '/internal/cut']) {
      const { statusCode, payload } = await serviceWithoutRedis().http.inject(`${path}/${day}`);
      assert.equal({ status: statusCode, body: JSON.parse(payload) }, refused);
    }
  }
});

test('a Redis that is away is said, and the process is alive all the same', async () => {
  const service = serviceWithoutRedis();
  const away = error(503, 'redis-away', 'Redis does not answer');
  for (const url of [
    '/v1/hot-articles',
    '/v1/hot-articles/history',
    '/v1/hot-articles/articles/date/20241001',
    '/healthz',
  ])
    assert.equal(await answerOf(service, url), away, url);
  assert.is((await service.http.inject('/internal/cut/20241001')).statusCode, 503);
  assert.equal(await answerOf(service, '/livez'), { status: 200, body: { status: 'ok' } });
  assert.match(String((await answerOf(service, '/metrics')).body), 'hot_article_records_applied_total 0');
  assert.equal(service.warnings, []);
});

test('a process that is not in the group is not ready', async () => {
  const expected = error(503, 'not-joined', 'not a member of the consumer group at the moment');
  assert.equal(await answerOf(serviceWithoutRedis(false), '/healthz'), expected);
});

test('what is not served is refused in the same form', async () => {
  const { http } = serviceWithoutRedis();
  const refused = async (method: 'GET' | 'POST', url: string) => {
    const { statusCode, payload } = await http.inject({ method, url });
    return { status: statusCode, body: JSON.parse(payload) };
  };
  assert.equal(await refused('GET', '/v2'), error(404, 'not-found', 'GET /v2 is not served'));
  assert.equal(await refused('POST', '/healthz'), error(404, 'not-found', 'POST /healthz is not served'));
  assert.is((await refused('GET', '/%zz')).body.error.code, 'bad-request');
});

test.run();

// test/consumer/http/routes.test.ts
import { Validator } from '@seriousme/openapi-schema-validator';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedis } from '../../../consumer/runtime/redis-connection.js';
import { answerOf, documentOf, httpService } from '../http-service.js';

/** It was never connected: a Redis that is away. */
const serviceWithoutRedis = (isJoined = true, serves?: 'public' | 'internal') =>
  httpService(
    createRedis({ redisUrl: 'redis://127.0.0.1:1', redisTlsCa: undefined }, () => undefined),
    () => isJoined,
    serves,
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
  assert.equal(await refused('POST', '/v2'), error(404, 'not-found', 'POST /v2 is not served'));
  assert.is((await refused('GET', '/%zz')).body.error.code, 'bad-request');
});

const PUBLIC = ['/v1/hot-articles', '/v1/hot-articles/history', '/v1/hot-articles/articles/date/20241001', '/healthz'];
const INTERNAL = ['/internal/observation', '/internal/articles/20241001', '/internal/cut/20241001'];

test('another method than GET and HEAD is not allowed, whatever it brings', async () => {
  const { http } = serviceWithoutRedis();
  for (const url of [...PUBLIC, '/livez', '/metrics', '/openapi.json', ...INTERNAL]) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const headers = { 'content-type': 'application/x-unknown' };
      const answer = await http.inject({ method, url, headers, payload: method === 'OPTIONS' ? '' : '{' });
      const body = { error: { code: 'method-not-allowed', message: `${method} is not allowed, only GET and HEAD` } };
      assert.equal(
        [answer.statusCode, answer.headers.allow, answer.json()],
        [405, 'GET, HEAD', body],
        `${method} ${url}`,
      );
    }
  }
});

test('HEAD is answered as GET is, without a body', async () => {
  const { http } = serviceWithoutRedis();
  const answer = await http.inject({ method: 'HEAD', url: '/livez' });
  assert.equal([answer.statusCode, answer.payload], [200, '']);
});

test('figures for the harness can be left out, or be served alone', async () => {
  const isServed = async (serves: 'public' | 'internal', url: string) =>
    (await serviceWithoutRedis(true, serves).http.inject(url)).statusCode !== 404;
  for (const url of ['/internal/observation', '/internal/articles/x', '/internal/cut/x'])
    assert.equal([await isServed('public', url), await isServed('internal', url)], [false, true]);
  for (const url of [...PUBLIC, '/metrics'])
    assert.equal([await isServed('public', url), await isServed('internal', url)], [true, false]);
});

test.run();

// test/simulator/infra/server-errors.test.ts — What a server answers is no bug of sim, wherever it comes up; what sim asks wrongly is.
import { createRequire } from 'node:module';
import { Redis, ReplyError } from 'ioredis';
import { MaxRetriesPerRequestError } from 'ioredis/built/errors/index.js';
import kafkajs from 'kafkajs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InfraError } from '../../../simulator/errors.js';
import { asServerError } from '../../../simulator/infra/server-errors.js';

const require = createRequire(import.meta.url);
const { createErrorFromCode } = require('kafkajs/src/protocol/error.js') as {
  readonly createErrorFromCode: (code: number) => Error;
};
const [INVALID_REQUEST, TOPIC_AUTHORIZATION_FAILED, POLICY_VIOLATION, SASL_AUTHENTICATION_FAILED] = [42, 29, 44, 58];

test('a Kafka that is away, slow, or refuses is infrastructure', () => {
  const lost = new kafkajs.KafkaJSConnectionError('connect ECONNREFUSED');
  for (const error of [
    lost,
    new kafkajs.KafkaJSNumberOfRetriesExceeded(lost, { retryCount: 8, retryTime: 1 }),
    createErrorFromCode(SASL_AUTHENTICATION_FAILED),
    createErrorFromCode(POLICY_VIOLATION),
    createErrorFromCode(TOPIC_AUTHORIZATION_FAILED),
  ]) {
    const known = asServerError(error);
    assert.instance(known, InfraError, String(error));
    assert.match((known as InfraError).message, /^Kafka refused, or was not there: /);
  }
});

test('a Redis that is away, full, or refuses is infrastructure', async () => {
  const redis = new Redis(1, '127.0.0.1', { maxRetriesPerRequest: 0, retryStrategy: null });
  redis.on('error', () => undefined);
  const closed = await redis.get('a').catch((error: unknown) => error);
  redis.disconnect();
  const refusals = ['OOM command not allowed', 'NOPERM no'].map((text) => new ReplyError(text));
  for (const error of [closed, new MaxRetriesPerRequestError(3), ...refusals]) {
    assert.instance(asServerError(error), InfraError, String(error));
  }
});

test('a wrong request, a wrong command, and anything else stay what they are', () => {
  for (const error of [
    createErrorFromCode(INVALID_REQUEST),
    new kafkajs.KafkaJSNonRetriableError('Invalid topics array'),
    new ReplyError('ERR syntax error'),
    new TypeError('x is undefined'),
    'oops',
  ]) {
    assert.is(asServerError(error), error);
  }
});

test.run();

// test/consumer/settings/config.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../../consumer/settings/config.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';

const NEEDED = { KAFKA_BROKERS: 'a:9092, b:9093', REDIS_URL: 'redis://127.0.0.1:6379' };

test('two addresses are enough', () => {
  assert.equal(readConfig(NEEDED), {
    kind: 'config',
    config: {
      brokers: ['a:9092', 'b:9093'],
      groupId: 'hot-article-service',
      topicPrefix: 'board',
      createTopics: 0,
      security: undefined,
      redisUrl: 'redis://127.0.0.1:6379',
      redisTlsCa: undefined,
      shards: 1,
      keyPrefix: '',
      http: { host: '127.0.0.1', port: 8080, internal: 'public' },
      rules: DEFAULT_RULES,
      clock: { kind: 'system' },
      logLevel: 'info',
      commitIntervalMs: 500,
      fetch: { maxWaitMs: 100, minBytes: 1, maxBytesPerPartition: 4_194_304 },
      partitionsConcurrently: 12,
      sessionTimeoutMs: 30_000,
      metadataMaxAgeMs: 30_000,
      latencyBoundariesMs: [],
      exitsWithParent: false,
    },
  });
});

test('rules differ from the defaults only where they are given', () => {
  const result = readConfig({ ...NEEDED, RULES: '{"top":3,"weights":{"like":5}}', CLOCK: 'scaled:10:20:1440' });
  assert.is(result.kind, 'config');
  if (result.kind !== 'config') return;
  assert.equal(result.config.rules, { ...DEFAULT_RULES, top: 3, weights: { ...DEFAULT_RULES.weights, like: 5 } });
  assert.equal(result.config.clock, { kind: 'scaled', eventStartMs: 10, wallStartMs: 20, speed: 1440 });
});

test('every problem is told, with the name of the variable', () => {
  const result = readConfig({
    KAFKA_BROKERS: 'nowhere',
    KAFKA_SECURITY: '{"ssl":true,"sasl":{"mechanism":"magic","username":"u","password":"p"}}',
    HTTP_PORT: '70000',
    RULES: '{"tops":3}',
    CLOCK: 'sundial',
    LOG_LEVEL: 'loud',
  });
  assert.is(result.kind, 'problems');
  if (result.kind !== 'problems') return;
  const named = result.problems.map((problem) => /^[A-Z_]+/.exec(problem)?.[0]);
  assert.equal(named.sort(), [
    ...['CLOCK', 'HTTP_PORT', 'KAFKA_BROKERS', 'KAFKA_SECURITY', 'LOG_LEVEL', 'REDIS_URL', 'RULES'],
  ]);
});

test('several hosts are a Cluster, which has neither databases nor slots for braces', () => {
  const problemsOf = (REDIS_URL: string, others: Readonly<Record<string, string>> = {}) => {
    const result = readConfig({ ...NEEDED, REDIS_URL, ...others });
    return result.kind === 'problems' ? result.problems : [];
  };
  assert.equal(problemsOf('rediss://u:p@a:7001,[::1]:7002,c', { REDIS_SHARDS: '256' }), []);
  assert.equal(problemsOf('redis://a:7001,b:7002/0'), []);
  assert.equal(problemsOf('redis://u:secret@a:7001,b:7002/3'), [
    'REDIS_URL: expected no database: a Redis Cluster has only 0',
  ]);
  assert.equal(problemsOf('redis://u:secret@a:7001,,b'), [
    'REDIS_URL: expected host:port, separated by commas, found ""',
  ]);
  assert.equal(problemsOf('http://a:7001'), ['REDIS_URL: expected redis:// or rediss:// and a host']);
  assert.equal(problemsOf('redis://a,b', { REDIS_KEY_PREFIX: '{x}:' }), [
    'REDIS_KEY_PREFIX: expected no braces, as REDIS_URL is of a Redis Cluster',
  ]);
  assert.equal(problemsOf('redis://a', { REDIS_KEY_PREFIX: '{x}:' }), []);
  assert.is(problemsOf('redis://a', { REDIS_SHARDS: '257', REDIS_TLS_CA: 'nowhere.pem' }).length, 2);
});

test('a flag wins over the environment, and a problem names what was given', () => {
  const result = readConfig({ ...NEEDED, HTTP_PORT: '80' }, ['--http-port=81', '--kafka-group-id', 'own']);
  assert.is(result.kind, 'config');
  if (result.kind !== 'config') return;
  assert.equal([result.config.http.port, result.config.groupId], [81, 'own']);
  assert.equal(readConfig({ ...NEEDED, FETCH_MIN_BYTES: 'few' }, ['--http-port=x', '--redis-ulr=redis://a']), {
    kind: 'problems',
    problems: [
      '--redis-ulr: expected a known flag; did you mean --redis-url?',
      '--http-port: expected an integer',
      'FETCH_MIN_BYTES: expected an integer',
    ],
  });
  assert.equal(readConfig({}, ['--help']), { kind: 'help' });
});

test('figures for the harness are served with the rest, elsewhere, or not at all', () => {
  const internalOf = (text: string) => {
    const result = readConfig({ ...NEEDED, HTTP_INTERNAL: text });
    return result.kind === 'config' ? result.config.http.internal : result.kind;
  };
  assert.equal(['public', 'off', '127.0.0.1:9000', '[::1]:0'].map(internalOf), [
    'public',
    'off',
    { host: '127.0.0.1', port: 9000 },
    { host: '::1', port: 0 },
  ]);
  for (const text of ['', 'on', '127.0.0.1', ':9000', 'a:70000']) assert.is(internalOf(text), 'problems', text);
});

test.run();

// test/contract/redis-client.test.ts — What is wrong with an address is said without its password.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { problemOfRedisUrl } from '../../contract/redis-client.js';

test('characters that an address gives another meaning must be escaped in a login', () => {
  assert.is(problemOfRedisUrl('redis://:100%pure@127.0.0.1:6379'), 'write % in a user or password as %25');
  assert.is(problemOfRedisUrl('redis://:a#b@127.0.0.1:6379'), 'write # in a user or password as %23');
  assert.is(problemOfRedisUrl('redis://a:b?c@127.0.0.1:6379'), 'write ? in a user or password as %3F');
});

test('an escaped login is as good as a plain one, also in the address of a Cluster', () => {
  for (const url of ['redis://u:100%25pure%23@127.0.0.1:6379/0', 'redis://[::1]:6379', 'redis://:pw@a:1,b:2']) {
    assert.is(problemOfRedisUrl(url), undefined, url);
  }
});

test('a port that is none is told', () => {
  assert.is(problemOfRedisUrl('redis://a:99999'), 'expected host:port, separated by commas, found "a:99999"');
});

test.run();

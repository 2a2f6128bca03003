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

test('a database is a number, and the client is given no other parameters', () => {
  for (const rest of ['', '/', '/3', '?db=3', '/0?family=6']) {
    assert.is(problemOfRedisUrl(`redis://a:6379${rest}`), undefined, rest);
  }
  assert.is(problemOfRedisUrl('redis://a/board'), 'expected the number of a database, found "board"');
  assert.is(problemOfRedisUrl('redis://a/-1'), 'expected the number of a database, found "-1"');
  assert.is(problemOfRedisUrl('redis://a?db=x'), 'expected the number of a database, found "x"');
  assert.is(problemOfRedisUrl('redis://a/0?password=secret'), 'unknown parameter "password"; known here: db, family');
});

test.run();

// test/simulator/cli/servers.test.ts — Addresses that nothing can be reached by are refused before anything starts.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ServerArguments, serversFrom } from '../../../simulator/cli/servers.js';
import { UsageError } from '../../../simulator/errors.js';

const refusals: readonly (readonly [args: ServerArguments, sentence: string])[] = [
  [{ brokers: 'nowhere' }, '--brokers: expected host:port'],
  [{ brokers: 'a:0' }, '--brokers: expected host:port'],
  [{ brokers: 'a:65536' }, '--brokers: expected host:port'],
  [{ brokers: 'a:1,' }, 'found ""'],
  [{ brokers: 'a b:1' }, 'found "a b:1"'],
  [{ brokers: '::1:9092' }, '--brokers: expected host:port'],
  [{ brokers: 'http://a:9092' }, '--brokers: expected host:port'],
  [{ brokers: 'a:1', kafkaSecurity: '{' }, '--kafka-security: expected JSON'],
  [{ brokers: '[zz]:1' }, 'found "[zz]:1"'],
  [{ brokers: 'u:p@a:1' }, 'found "u:p@a:1"'],
  [{ brokers: 'a:1', kafkaSecurity: '{"ssl":{"caFile":"/nowhere/ca.pem"}}' }, 'ssl.caFile: expected a PEM file'],
  [{ brokers: 'a:1', kafkaSecurity: '{"ssl":{"caFile":"LICENSE"}}' }, 'LICENSE holds no certificate as PEM'],
  [{ brokers: 'a:1', kafkaSecurity: '{"ssl":{"keyFile":"LICENSE"}}' }, 'certFile and keyFile cannot be used'],
  [{ redis: 'redis://a/board' }, '--redis: expected the number of a database, found "board"'],
  [{ kafkaSecurity: '{"ssl":true}' }, '--kafka-security: is for the Kafka that --brokers names'],
  [{ redis: 'a:6379' }, '--redis: expected redis://'],
  [{ redis: 'redis://' }, '--redis: expected redis://'],
  [{ redis: 'redis://a:99999' }, '--redis: expected host:port'],
  [{ redis: 'http://a' }, '--redis: expected redis://'],
];
for (const [args, sentence] of refusals) {
  test(`${JSON.stringify(args)} is refused`, () => {
    try {
      serversFrom(args, {});
      assert.unreachable('it was accepted');
    } catch (error) {
      assert.instance(error, UsageError);
      assert.ok(String(error).includes(sentence), String(error));
    }
  });
}

test('what is wrong inside the security is told with its path', () => {
  const problemsOf = (kafkaSecurity: string) => {
    try {
      serversFrom({ brokers: 'a:1', kafkaSecurity }, {});
    } catch (error) {
      if (error instanceof UsageError) return error.problems;
    }
    return assert.unreachable('it was accepted');
  };
  assert.equal(problemsOf('{"sasl":5}'), ['sasl: expected object, found 5']);
  assert.equal(problemsOf('[]'), ['(top level): expected object, found []']);
  const login = (mechanism: string) => JSON.stringify({ sasl: { mechanism, username: 'u', password: 'p' } });
  assert.equal(problemsOf(login('SCRAM-SHA-256')), [
    'sasl.mechanism: expected one of plain, scram-sha-256, scram-sha-512, found "SCRAM-SHA-256"; did you mean "scram-sha-256"?',
  ]);
});

test('an address of IPv6 and several brokers are taken', () => {
  assert.equal(serversFrom({ brokers: 'a:9092, [::1]:65535' }, {}).kafka, { brokers: ['a:9092', '[::1]:65535'] });
});

test.run();

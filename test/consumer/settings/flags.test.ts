// test/consumer/settings/flags.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flagOf, readFlags } from '../../../consumer/settings/flags.js';

const SETTINGS = ['KAFKA_BROKERS', 'HTTP_PORT', 'REDIS_URL'];
const read = (...args: string[]) => readFlags(args, SETTINGS);

test('a setting has one flag', () => {
  assert.is(flagOf('FETCH_MAX_BYTES_PER_PARTITION'), '--fetch-max-bytes-per-partition');
});

test('a value follows after an equals sign or a space, and the last one counts', () => {
  assert.equal(read('--kafka-brokers=a:1', '--http-port', '80', '--http-port=81'), {
    given: { KAFKA_BROKERS: 'a:1', HTTP_PORT: '81' },
    problems: [],
    isHelp: false,
  });
  assert.equal(read('--kafka-brokers=-a=b').given, { KAFKA_BROKERS: '-a=b' });
});

test('every problem is told, and an unknown flag with the nearest known one', () => {
  const { problems } = read(
    '--http-prot=80',
    '--colour',
    'me',
    '--redis-url',
    '--http-port=9',
    '-p',
    '--kafka-brokers',
  );
  assert.equal(problems, [
    '--http-prot: expected a known flag; did you mean --http-port?',
    '--colour: expected a known flag (--help lists them)',
    'me: expected --flag=value',
    '--redis-url: expected a value, as --redis-url=…',
    '-p: expected a known flag (--help lists them)',
    '--kafka-brokers: expected a value, as --kafka-brokers=…',
  ]);
});

test('help is asked for among others', () => {
  assert.is(read('--http-port=1', '--help').isHelp, true);
  assert.is(read('--http-port=1').isHelp, false);
});

test.run();

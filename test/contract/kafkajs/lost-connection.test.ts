// test/contract/kafkajs/lost-connection.test.ts
import kafkajs from 'kafkajs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { askedAgain, onceThere } from '../../../contract/kafkajs/lost-connection.js';

/** More than are waited for. */
const MANY = 1000;

/** As kafkajs marks them. */
const reset = () => Object.assign(new Error('read ECONNRESET'), { retriable: true });

/** @returns how often it was asked, and what came of it */
async function asked(failures: readonly Error[]): Promise<{ times: number; end: unknown }> {
  let times = 0;
  const ask = async () => {
    const failure = failures[times];
    times += 1;
    if (failure) throw failure;
    return 'an answer';
  };
  const end = await askedAgain(ask, { pauseMs: 1, withinMs: failures.length < MANY ? 10_000 : 30 }).catch(
    (error: unknown) => error,
  );
  return { times, end };
}

test('after connections that were reset it is asked again', async () => {
  assert.equal(await asked([reset(), reset()]), { times: 3, end: 'an answer' });
});

test('what no repetition helps is thrown at once', async () => {
  const refused = Object.assign(new Error('not authorized'), { retriable: false });
  assert.equal(await asked([refused]), { times: 1, end: refused });
});

test('over a topic that a broker does not know yet kafkajs stumbles, and is not to end for it', async () => {
  const stumbled = new TypeError("Cannot destructure property 'partitions' of 'high.pop(...)' as it is undefined.");
  assert.equal(await asked([stumbled]), { times: 2, end: 'an answer' });
  const { end } = await asked(Array.from({ length: MANY }, () => stumbled));
  assert.not.instance(end, TypeError);
  assert.is((end as Error).cause, stumbled);
});

test('it is not asked for ever', async () => {
  const all = Array.from({ length: MANY }, reset);
  const { times, end } = await asked(all);
  assert.ok(times > 1 && times < MANY, `${times} times`);
  assert.is(end, all[times - 1]);
});

/** @returns how often it was asked, after how long it ended, and with what */
async function started(failures: readonly Error[]): Promise<{ times: number; seconds: number; end: unknown }> {
  let times = 0;
  let nowMs = 0;
  const ask = async () => {
    const failure = failures[times];
    times += 1;
    if (failure) throw failure;
    return 'an answer';
  };
  const warned: unknown[] = [];
  const sleep = async (milliseconds: number) => {
    nowMs += milliseconds;
  };
  const warn = (error: unknown) => void warned.push(error);
  const end = await onceThere(ask, { warn, sleep, now: () => nowMs }).catch((error: unknown) => error);
  assert.equal(warned, failures.slice(0, times - 1));
  return { times, seconds: nowMs / 1000, end };
}

const absent = () => new kafkajs.KafkaJSNonRetriableError('Connection error: connect ECONNREFUSED');

test('a start waits for a Kafka that is not there yet', async () => {
  const found = await started(Array.from({ length: 90 }, absent));
  assert.equal(found, { times: 91, seconds: 90, end: 'an answer' });
});

test('it waits for five minutes', async () => {
  const { seconds, end } = await started(Array.from({ length: MANY }, absent));
  assert.is(seconds, 300);
  assert.instance(end, kafkajs.KafkaJSNonRetriableError);
});

test('it does not wait where that cannot help, nor for what is no failure of Kafka', async () => {
  const refused = Object.assign(absent(), { type: 'CLUSTER_AUTHORIZATION_FAILED' });
  assert.equal(await started([refused]), { times: 1, seconds: 0, end: refused });
  const bug = new RangeError('a bug');
  assert.equal(await started([bug]), { times: 1, seconds: 0, end: bug });
});

test.run();

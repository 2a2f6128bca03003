// test/contract/kafkajs/lost-connection.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { askedAgain } from '../../../contract/kafkajs/lost-connection.js';

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

test.run();

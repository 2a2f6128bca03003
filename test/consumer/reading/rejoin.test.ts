// test/consumer/reading/rejoin.test.ts — A consumer that was given up joins again, by a clock that the test moves, unless that cannot help or fails time and again.
import kafkajs from 'kafkajs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Rejoin } from '../../../consumer/reading/rejoin.js';
import { nextTurn } from '../../../contract/waiting.js';

interface Behaviour {
  readonly run?: () => Promise<void>;
  readonly connected?: () => void;
}

/** What happened, in order; nobody waits unless `pass` moves the clock. */
function stage({ run = async () => undefined, connected = () => undefined }: Behaviour = {}) {
  const seen: string[] = [];
  let nowMs = 0;
  let sleepers: { readonly untilMs: number; readonly wake: () => void }[] = [];
  const rejoin = new Rejoin({
    consumer: {
      connect: async () => {
        seen.push('connect');
        connected();
      },
    },
    run: async () => {
      seen.push('run');
      await run();
    },
    crashed: ({ message }) => seen.push(`crashed: ${message}`),
    log: (_, message, { error }) => seen.push(`${message}: ${error}`),
    time: {
      now: () => nowMs,
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          sleepers.push({ untilMs: nowMs + milliseconds, wake: resolve });
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    },
  });
  const pass = async (milliseconds: number) => {
    nowMs += milliseconds;
    const awake = sleepers.filter(({ untilMs }) => untilMs <= nowMs);
    sleepers = sleepers.filter((one) => !awake.includes(one));
    for (const { wake } of awake) wake();
    await nextTurn();
  };
  const times = (what: string) => seen.filter((one) => one.startsWith(what)).length;
  return { rejoin, seen, pass, times };
}

const GIVEN_UP = 'the consumer was given up, and joins the group anew: Error: unknown member';
const error = new Error('unknown member');
const MINUTE_MS = 60_000;

test('a member joins anew after a second, with a connection of its own', async () => {
  const { rejoin, seen, pass } = stage();
  rejoin.joined();
  rejoin.failed(error);
  await pass(999);
  assert.equal(seen, [GIVEN_UP]);
  await pass(1);
  assert.equal(seen, [GIVEN_UP, 'connect', 'run']);
});

test('a consumer that has never been a member tries again, too', async () => {
  const { rejoin, seen, pass } = stage();
  rejoin.failed(error);
  await pass(1000);
  assert.equal(seen, [GIVEN_UP, 'connect', 'run']);
});

test('waits become longer, up to five seconds', async () => {
  const { rejoin, times, pass } = stage({ run: () => Promise.reject(error) });
  rejoin.failed(error);
  for (const waitMs of [1000, 2000, 3000, 4000, 5000, 5000, 5000]) {
    const before = times('run');
    await pass(waitMs - 1);
    assert.is(times('run'), before);
    await pass(1);
    assert.is(times('run'), before + 1);
  }
});

test('after thirty failures in a row it does not join again', async () => {
  const { rejoin, times, pass } = stage({ run: () => Promise.reject(error) });
  rejoin.joined();
  rejoin.failed(error);
  for (let i = 0; i < 50; i += 1) await pass(5000);
  assert.equal([times('run'), times('crashed')], [30, 1]);
});

test('a membership of a minute begins the count anew', async () => {
  const { rejoin, times, pass } = stage();
  for (let i = 0; i < 40; i += 1) {
    rejoin.failed(error);
    await pass(5000);
    rejoin.joined();
    await pass(MINUTE_MS);
  }
  assert.equal([times('run'), times('crashed')], [40, 0]);
});

test('a member that joins and fails at once, again and again, ends', async () => {
  const { rejoin, times, pass } = stage();
  for (let i = 0; i < 31; i += 1) {
    rejoin.joined();
    await pass(MINUTE_MS - 5001);
    rejoin.failed(error);
    await pass(5000);
  }
  assert.equal([times('run'), times('crashed')], [30, 1]);
});

test('what no repetition heals ends it at once, also behind what kafkajs wraps it in', () => {
  const codec = new kafkajs.KafkaJSNonRetriableError('wrapped');
  Object.assign(codec, {
    cause: Reflect.construct(kafkajs.KafkaJSNotImplemented, ['Snappy compression not implemented']),
  });
  const refused = Object.assign(new Error('Not authorized to access group'), { type: 'GROUP_AUTHORIZATION_FAILED' });
  for (const permanent of [codec, refused]) {
    const { rejoin, seen } = stage();
    rejoin.joined();
    rejoin.failed(permanent);
    assert.equal(seen, [`crashed: ${permanent.message}`]);
  }
});

test('once stopped it does not come back', async () => {
  const { rejoin, seen, pass } = stage();
  rejoin.joined();
  rejoin.failed(error);
  rejoin.stop();
  rejoin.failed(error);
  await pass(MINUTE_MS);
  assert.equal(seen, [GIVEN_UP]);
});

test('nor when it is stopped while it connects', async () => {
  const { rejoin, seen, pass } = stage({ connected: () => rejoin.stop() });
  rejoin.joined();
  rejoin.failed(error);
  await pass(1000);
  assert.equal(seen, [GIVEN_UP, 'connect']);
});

test.run();

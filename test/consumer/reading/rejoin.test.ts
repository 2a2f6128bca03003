// test/consumer/reading/rejoin.test.ts — A member that was one before is so again; one that never was, or fails time and again, is none for good.
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Rejoin } from '../../../consumer/reading/rejoin.js';

/** What happened, in order. */
function stage(run: () => Promise<void> = async () => undefined, connected: () => void = () => undefined) {
  const seen: string[] = [];
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
    waitMs: 1,
  });
  return { rejoin, seen };
}

const GIVEN_UP = 'the consumer was given up, and joins the group anew: Error: unknown member';
const error = new Error('unknown member');

test('a member joins anew, with a connection of its own', async () => {
  const { rejoin, seen } = stage();
  rejoin.joined();
  rejoin.failed(error);
  await sleep(50);
  assert.equal(seen, [GIVEN_UP, 'connect', 'run']);
});

test('one that has never been a member is none for good', () => {
  const { rejoin, seen } = stage();
  rejoin.failed(error);
  assert.equal(seen, ['crashed: unknown member']);
});

test('after five times in a row it is none for good, and a time that goes well begins the count anew', async () => {
  const { rejoin, seen } = stage(() => Promise.reject(error));
  const crashes = () => seen.filter((one) => one.startsWith('crashed')).length;
  rejoin.joined();
  rejoin.failed(error);
  await sleep(200);
  assert.equal([seen.filter((one) => one === 'run').length, crashes()], [5, 1]);
  rejoin.joined();
  rejoin.failed(error);
  assert.is(crashes(), 1);
  rejoin.stop();
});

test('one that stops does not come back', async () => {
  const { rejoin, seen } = stage();
  rejoin.joined();
  rejoin.failed(error);
  rejoin.stop();
  rejoin.failed(error);
  await sleep(50);
  assert.equal(seen, [GIVEN_UP]);
});

test('nor does one that stops while it connects', async () => {
  const { rejoin, seen } = stage(undefined, () => rejoin.stop());
  rejoin.joined();
  rejoin.failed(error);
  await sleep(50);
  assert.equal(seen, [GIVEN_UP, 'connect']);
});

test.run();

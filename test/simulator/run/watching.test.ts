// test/simulator/run/watching.test.ts — The end of the work ends the sampling, whenever it comes.
// own process: it listens for errors that end a process
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nextTurn } from '../../../contract/waiting.js';
import { realTime } from '../../../simulator/run/real-time.js';
import { sampledUntil } from '../../../simulator/run/watching.js';
import { ManualTime } from '../../support/manual-time.js';

test('work that fails while a sample is taken is thrown to the caller, and is not an unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  const problem = new Error('a producer thread ended early');
  let fail: (error: Error) => void = () => undefined;
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const sample = async () => {
    fail(problem);
    // Node says what is unhandled at the end of a turn.
    await nextTurn();
    await nextTurn();
  };
  const time = realTime(new AbortController().signal);
  const thrown = await sampledUntil(work, { time, sample }).catch((error: unknown) => error);
  process.off('unhandledRejection', listen);
  assert.is(thrown, problem);
  assert.equal(unhandled, []);
});

test('a sample is taken every half second until the work ends', async () => {
  const time = new ManualTime();
  const atMs: number[] = [];
  let end: (value: string) => void = () => undefined;
  const work = new Promise<string>((resolve) => {
    end = resolve;
  });
  const sample = async () => {
    atMs.push(time.nowMs());
    if (atMs.length === 3) end('done');
  };
  assert.is(await sampledUntil(work, { time, sample }), 'done');
  assert.equal(atMs, [0, 500, 1000]);
});

test('an aborted run ends the sampling with the reason of the signal', async () => {
  const aborted = new AbortController();
  const time = realTime(aborted.signal);
  const reason = new Error('interrupted');
  const sample = async () => aborted.abort(reason);
  const never = new Promise<void>(() => undefined);
  const thrown = await sampledUntil(never, { time, sample }).catch((error: unknown) => error);
  assert.is(thrown, reason);
});

test.run();

// test/contract/waiting.test.ts — Waiting ends when it should, by a clock that is handed in where time matters.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  callEvery,
  createPause,
  deadline,
  inTime,
  oneAtATime,
  orAborted,
  sleep,
  until,
  withDeadline,
} from '../../contract/waiting.js';

/** A clock on which only sleeping takes time. */
function virtualTime() {
  let nowMs = 0;
  const slept: number[] = [];
  const pause = async (milliseconds: number) => {
    slept.push(milliseconds);
    nowMs += milliseconds;
  };
  return { now: () => nowMs, sleep: pause, slept };
}

const never = new Promise<never>(() => undefined);
const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );

test('what is found at once is not waited for', async () => {
  const time = virtualTime();
  assert.is(await until(() => 'found', { ...time, pollMs: 10, withinMs: 0 }), 'found');
  assert.equal(time.slept, []);
});

test('it attempts until it finds something other than undefined and false', async () => {
  const time = virtualTime();
  const answers = [undefined, false, 0];
  assert.is(await until(async () => answers.shift(), { ...time, pollMs: 10 }), 0);
  assert.equal(time.slept, [10, 10]);
});

test('only the last attempt is told so, and begins when time is up', async () => {
  const time = virtualTime();
  const told: boolean[] = [];
  const attempt = (isLast: boolean) => {
    told.push(isLast);
    return false;
  };
  assert.is(await until(attempt, { ...time, pollMs: 10, withinMs: 25 }), undefined);
  assert.equal(told, [false, false, false, true]);
  assert.is(time.now(), 30);
});

test('what an attempt throws ends the waiting', async () => {
  const problem = new Error('refused');
  const time = virtualTime();
  const attempt = async () => {
    throw problem;
  };
  assert.is(await thrownBy(until(attempt, { ...time, pollMs: 10 })), problem);
  assert.equal(time.slept, []);
});

test('an aborted signal ends the waiting before the next attempt, with its reason', async () => {
  const abort = new AbortController();
  const reason = new Error('interrupted');
  let attempts = 0;
  const attempt = () => {
    attempts += 1;
    abort.abort(reason);
    return false;
  };
  assert.is(await thrownBy(until(attempt, { ...virtualTime(), pollMs: 10, signal: abort.signal })), reason);
  assert.is(attempts, 1);
});

test('a sleep that is aborted ends with the reason of the signal, also when that came before', async () => {
  const abort = new AbortController();
  const reason = new Error('interrupted');
  const slept = thrownBy(sleep(60_000, abort.signal));
  abort.abort(reason);
  assert.is(await slept, reason);
  assert.is(await thrownBy(sleep(60_000, abort.signal)), reason);
});

test('a deadline passes at its time, and is seen ahead', () => {
  let nowMs = 100;
  const isOver = deadline(50, () => nowMs);
  assert.is(isOver(), false);
  assert.is(isOver(49), false);
  assert.is(isOver(50), true);
  nowMs = 150;
  assert.is(isOver(), true);
});

test('work in time brings its value, also one that is undefined', async () => {
  assert.equal(await inTime(Promise.resolve(undefined), 60_000), { value: undefined });
  assert.is(await withDeadline(Promise.resolve(7), 60_000), 7);
});

test('work that fails in time is thrown', async () => {
  const problem = new Error('refused');
  assert.is(await thrownBy(inTime(Promise.reject(problem), 60_000)), problem);
  assert.is(await thrownBy(withDeadline(Promise.reject(problem), 60_000)), problem);
});

test('late work is told, and its failure is dropped', async () => {
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise<void>((_, reject) => {
    fail = reject;
  });
  assert.is(await inTime(late, 1), undefined);
  assert.equal(await thrownBy(withDeadline(late, 1)), new Error('not within 0.001 s'));
  fail(new Error('too late'));
});

test('work is left when the signal is aborted, before and after it began', async () => {
  const abort = new AbortController();
  const reason = new Error('interrupted');
  const left = thrownBy(orAborted(never, abort.signal));
  abort.abort(reason);
  assert.is(await left, reason);
  assert.is(await thrownBy(orAborted(Promise.reject(new Error('dropped')), abort.signal)), reason);
});

test('work that ends before its signal brings its value', async () => {
  assert.is(await orAborted(Promise.resolve(7), new AbortController().signal), 7);
});

test('a pause ends when it is woken', async () => {
  const pause = createPause();
  pause.wake();
  const waited = pause.wait(60_000);
  pause.wake();
  await waited;
});

test('calls come again and again until they are stopped', async () => {
  let calls = 0;
  await new Promise<void>((resolve) => {
    const stop = callEvery(1, () => {
      calls += 1;
      if (calls < 3) return;
      stop();
      resolve();
    });
  });
  assert.is(calls, 3);
});

test('work that is asked for while it goes on is done once, and begins anew after it has ended or failed', async () => {
  const ends: ((error?: Error) => void)[] = [];
  const work = oneAtATime(
    () => new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
  );
  const first = work();
  assert.is(work(), first);
  ends[0]?.(new Error('Redis is away'));
  assert.is((await first.catch((error: unknown) => error as Error))?.message, 'Redis is away');
  const second = work();
  assert.is(ends.length, 2);
  ends[1]?.();
  await second;
  void work();
  assert.is(ends.length, 3);
});

test.run();

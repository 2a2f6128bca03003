// test/simulator/run/real-time.test.ts — A wait on real servers ends sooner for what was waited for, and at once when the run is over.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { realTime } from '../../../simulator/run/real-time.js';

const LONG_MS = 3_600_000;

function clocked() {
  const aborted = new AbortController();
  const clock = { wallMs: 1_000_000, elapsedMs: 5000 };
  const time = realTime(aborted.signal, { wallMs: () => clock.wallMs, elapsedMs: () => clock.elapsedMs });
  return { aborted, clock, time };
}

test('a wait ends when what was waited for ends, whether well or not', async () => {
  const { time } = clocked();
  await time.pass(LONG_MS, Promise.resolve('done'));
  await time.pass(LONG_MS, Promise.reject(new Error('failed')));
  await time.pass(-1);
});

test('a wait throws the reason of the run, also one that begins too late', async () => {
  const { aborted, time } = clocked();
  const reason = new Error('interrupted');
  const waiting = time.pass(LONG_MS).catch((error: unknown) => error);
  aborted.abort(reason);
  assert.is(await waiting, reason);
  assert.is(await time.pass(LONG_MS, Promise.resolve()).catch((error: unknown) => error), reason);
});

test('a wall clock that was set is noticed by the next wait, and spans do not see it', async () => {
  const { clock, time } = clocked();
  assert.is(time.elapsedMs(), 5000);
  clock.wallMs += 60_000;
  await time.pass(0);
  assert.equal(
    time.steps().map(({ byMs }) => byMs),
    [60_000],
  );
  assert.is(time.elapsedMs(), 5000);
});

test.run();

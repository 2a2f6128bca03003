// test/simulator/run/drain.test.ts — When the consumers have read everything, and when waiting for them is over.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MappedClock } from '../../../contract/clock.js';
import { type DrainOptions, type DrainPorts, drain, drainSeconds } from '../../../simulator/run/drain.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { ManualTime } from '../../support/manual-time.js';
import { scenarioWith } from '../../support/scenarios.js';

const START_MS = 50_000;
const plan = planOf(scenarioWith({ pace: 'max', drainTimeoutSeconds: 10 }));

interface Seen {
  /** By sample; the last one stays. */
  readonly lags: readonly (number | null)[];
  /** By reading; the last one stays. Empty: lists cannot be read. */
  readonly scores?: readonly number[];
  readonly exits?: readonly string[];
  readonly articleRead?: DrainPorts['articleRead'];
}

/** The last value stays for ever. */
function inTurn<Value>(values: readonly Value[]): () => Value | undefined {
  let at = 0;
  return () => values[Math.min(at++, values.length - 1)];
}

function drained({ lags, scores = [1], exits = [], articleRead }: Seen, options: Partial<DrainOptions> = {}) {
  const [nextLag, nextScore] = [inTurn(lags), inTurn(scores)];
  const read = async () => {
    const score = nextScore();
    if (score === undefined) throw new Error('Redis is away');
    return [{ articleId: '1', score }];
  };
  const ports = {
    time: new ManualTime(START_MS),
    clock: undefined,
    lists: { read },
    ranking: { consumers: { exits } },
  };
  const sample = async () => ({ lag: nextLag() ?? null });
  const signal = new AbortController().signal;
  return drain({ ...ports, articleRead }, { plan, watching: { sample }, mayMove: false, signal, ...options });
}

test('a lag of 0 is enough where lists cannot move any more', async () => {
  assert.equal(await drained({ lags: [7, null, 0] }), {
    drainedAtMs: START_MS + 200,
    finalLag: 0,
    isSettled: true,
    waitedSeconds: 0.2,
    articleReadLag: undefined,
  });
});

test('where lists may move they must hold still for three seconds, and the drain is as old as their last move', async () => {
  const { drainedAtMs, isSettled, waitedSeconds } = await drained({ lags: [0], scores: [1, 1, 2] }, { mayMove: true });
  assert.equal([drainedAtMs, isSettled, waitedSeconds], [START_MS + 200, true, 3.2]);
});

test('a new lag, or lists that cannot be read, begin the wait for stillness again', async () => {
  const anew = await drained({ lags: [0, 0, 5, 0] }, { mayMove: true });
  assert.equal([anew.drainedAtMs, anew.waitedSeconds], [START_MS + 300, 3.3]);
  const unread = await drained({ lags: [0], scores: [] }, { mayMove: true });
  assert.equal(unread, {
    drainedAtMs: null,
    finalLag: 0,
    isSettled: false,
    waitedSeconds: 10,
    articleReadLag: undefined,
  });
});

test('the wait ends in time, and says how far the consumers are', async () => {
  const { drainedAtMs, finalLag, isSettled, waitedSeconds } = await drained({ lags: [9, 4] });
  assert.equal([drainedAtMs, finalLag, isSettled, waitedSeconds], [null, 4, true, 10]);
});

test('nobody waits for a consumer that has ended', async () => {
  const { finalLag, waitedSeconds } = await drained({ lags: [9], exits: ['consumer 0 exited with 1'] });
  assert.equal([finalLag, waitedSeconds], [9, 0]);
});

test('the article-read service is waited for too, and an answer that fails is no lag', async () => {
  const lagOf = (lags: readonly (number | null)[], exits: readonly string[] = []) => {
    const next = inTurn(lags);
    const read = async () => {
      const lag = next() ?? null;
      if (lag === null) throw new Error('no coordinator');
      return [{ partition: 'articles/0', committed: 10 - lag, latest: 10 }];
    };
    return drained({ lags: [0], articleRead: { consumers: { exits }, lag: { read } } });
  };
  assert.is((await lagOf([3, null, 0])).articleReadLag, 0);
  assert.is((await lagOf([3])).articleReadLag, 3);
  assert.is((await lagOf([null])).articleReadLag, null);
  assert.is((await lagOf([3, 0], ['article-read 0 exited with 1'])).articleReadLag, 3);
});

test('the wait is shorter where the last day is soon forgotten, and at least a second', () => {
  const speed = 86_400;
  const fast = planOf(scenarioWith({ pace: 'paced', clock: { start: '2024-10-01T00:00:00', speed } }));
  const clock: MappedClock = { kind: 'scaled', eventStartMs: fast.startMs, wallStartMs: START_MS, speed };
  const { rules } = fast.scenario;
  // At this speed a day takes a second.
  const forgottenSeconds = 1 + (rules.publishedAfterMinutes * 60) / speed + rules.historyDays;
  const seconds = (nowMs: number) => drainSeconds({ time: new ManualTime(nowMs), clock }, fast);
  assert.ok(Math.abs(seconds(START_MS) - (forgottenSeconds - 5)) < 0.001);
  assert.is(seconds(START_MS + 60_000), 1);
  assert.is(drainSeconds({ time: new ManualTime(), clock: undefined }, plan), 10);
});

test.run();

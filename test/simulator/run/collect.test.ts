// test/simulator/run/collect.test.ts — What lists and consumers show at the end becomes the history.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MappedClock } from '../../../contract/clock.js';
import { type CollectOptions, type CollectPorts, collectHistory, expiryOf } from '../../../simulator/run/collect.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { ManualTime } from '../../support/manual-time.js';
import { scenarioWith } from '../../support/scenarios.js';

const DAY_MS = 86_400_000;
const START_MS = 900_000_000;
const SPEED = 86_400;
const plan = planOf(scenarioWith({ pace: 'paced', clock: { start: '2024-10-01T00:00:00', speed: SPEED } }));
const [day] = plan.days;
const clock: MappedClock = { kind: 'scaled', eventStartMs: plan.startMs, wallStartMs: START_MS, speed: SPEED };
const list = [{ articleId: '7', score: 3 }];
const articles = {
  rows: 1,
  ids: BigUint64Array.of(7n),
  like: Uint32Array.of(1),
  comment: Uint32Array.of(0),
  view: Uint32Array.of(0),
  commenter: Uint32Array.of(0),
};

interface Shown {
  readonly nowMs?: number;
  readonly deadLetters?: readonly number[] | undefined;
  readonly hasLostSome?: boolean;
  readonly poison?: number;
  readonly expiryMs?: number | null | undefined;
  /** How long the consumer takes to show its articles. */
  readonly readingMs?: number;
  readonly listTtlDays?: number;
}

function collected(shown: Shown) {
  const time = new ManualTime(shown.nowMs ?? START_MS);
  const { deadLetters = [0], poison = 0 } = shown;
  const consumers = {
    exits: ['consumer 0 exited with 1'],
    hasLostSome: shown.hasLostSome ?? false,
    observe: async () => ('deadLetters' in shown && !shown.deadLetters ? undefined : deadLetters.map(observed)),
  };
  const ports: CollectPorts = {
    time,
    clock,
    startedAtMs: START_MS,
    load: { totals: { ok: 5, fail: 2, info: 1 } },
    lists: { read: async () => list, readExpiry: async () => shown.expiryMs },
    ranking: {
      consumers,
      readArticles: async () => {
        await time.pass(shown.readingMs ?? 0);
        return articles;
      },
    },
    articleRead: undefined,
  };
  const sendErrors = [{ reason: 'timed out', count: 2 }];
  const options: CollectOptions = {
    plan,
    results: [
      { poison, sendErrors },
      { poison: 0, sendErrors: [] },
    ],
    drained: { finalLag: 4, waitedSeconds: 9, isSettled: false, articleReadLag: undefined },
    watching: { sampler: { behind: [] }, watch: { finish: async () => NOTHING_WATCHED } },
    breakage: { nemesis: { results: async () => [] } },
    sut: { isOpaque: false, listTtlDays: shown.listTtlDays },
    signal: new AbortController().signal,
  };
  return collectHistory(ports, options);
}

const NOTHING_WATCHED = { cuts: [], snapshots: [], answers: [], commits: [] };

function observed(deadLetters: number) {
  return { deadLetters };
}

test('sends, their errors, the drain and the lists are told as they were', async () => {
  const history = await collected({ expiryMs: null });
  assert.equal(history.sends, { ok: 5, fail: 2, info: 1 });
  assert.equal(history.sendErrors, [{ reason: 'timed out', count: 2 }]);
  assert.equal([history.finalLag, history.drainSeconds, history.isSettled], [4, 9, false]);
  assert.equal(history.consumerExits, ['consumer 0 exited with 1']);
  assert.equal(history.days, [{ span: day, list, expiry: { kind: 'never' }, articles, isForgotten: false }]);
  assert.is(history.stallMsAllowed, Number.POSITIVE_INFINITY);
  assert.not('articleRead' in history);
});

test('dead letters are added up, and unknown where a consumer does not tell or may have lost some', async () => {
  assert.is((await collected({ deadLetters: [2, 3], poison: 5 })).deadLetters, 5);
  assert.is((await collected({ deadLetters: undefined })).deadLetters, null);
  assert.is((await collected({ deadLetters: [2, 3], poison: 5, hasLostSome: true })).deadLetters, null);
  // Without poison there was nothing that it could have lost.
  assert.is((await collected({ deadLetters: [0], hasLostSome: true })).deadLetters, 0);
});

test('a day that is forgotten shows its list alone, and one that is forgotten meanwhile shows nothing', async () => {
  const { historyDays, publishedAfterMinutes } = plan.scenario.rules;
  const forgottenAtMs = START_MS + 1000 * (1 + historyDays) + (publishedAfterMinutes * 60_000) / SPEED;
  const [late] = (await collected({ nowMs: forgottenAtMs + 1, expiryMs: undefined })).days;
  assert.equal([late?.isForgotten, late?.articles, late?.list], [true, undefined, list]);
  assert.equal((await collected({ nowMs: forgottenAtMs - 1, readingMs: 2 })).days, []);
});

test('a consumer that says how long Redis keeps a list is judged by that, in wall time', async () => {
  const nowMs = START_MS + 4000;
  const [shown] = (await collected({ nowMs, expiryMs: nowMs + 3 * DAY_MS, listTtlDays: 8 })).days;
  // Probe articles may have been written two minutes before the load.
  assert.equal(shown?.expiry, { kind: 'in', leftMs: 3 * DAY_MS, expectedMs: 8 * DAY_MS, sinceMs: 124_000 });
});

test('when a list expires is known in event time only where the consumer has a scaled clock', () => {
  assert.is(expiryOf(undefined, clock), undefined);
  assert.equal(expiryOf(null, undefined), { kind: 'never' });
  assert.equal(expiryOf(START_MS, undefined), { kind: 'some time' });
  assert.equal(expiryOf(START_MS + 1000, clock), {
    kind: 'at',
    eventMs: plan.startMs + DAY_MS,
    errorMs: 1000 * SPEED,
  });
});

test.run();

// test/simulator/fault/nemesis.test.ts — Faults come when the scenario says so, are healed in time, and are accounted for.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NoTargetError } from '../../../simulator/fault/fault.js';
import { Bench } from './nemesis-bench.js';

test('a fault comes at its progress and is healed after its time', async () => {
  const bench = new Bench([{ at: { progress: 0.4 } }]);
  await bench.at(100, { sentShare: 0.39 });
  await bench.at(200, { sentShare: 0.4 });
  await bench.at(2199, { sentShare: 0.9 });
  await bench.at(2200, { sentShare: 0.9 });
  assert.equal(bench.diary, ['200 broken', '2200 healed']);
  const [result] = await bench.nemesis.results();
  assert.equal(result, {
    kind: 'consumer-kill',
    target: 'consumer 1',
    injectedAtMs: 200,
    healedAtMs: 2200,
    receipt: { proven: true, facts: [] },
    recovery: { detectedMs: null, firstProgressMs: null, caughtUpMs: null },
  });
});

test('a fault comes with its phase, or at its event time', async () => {
  const bench = new Bench([{ at: { phase: 'rush' } }, { at: { time: '2024-10-01T09:00:00' } }]);
  await bench.at(1, { eventTimeMs: Date.parse('2024-09-30T23:59:59Z') });
  await bench.at(2, { startedPhases: new Set(['rush']) });
  await bench.at(3, { eventTimeMs: Date.parse('2024-10-01T00:00:00Z') });
  assert.equal(bench.diary, ['2 broken', '3 broken']);
});

test('it comes again as often as it should, and never before it was healed', async () => {
  let heal = () => {};
  const slow = new Promise<void>((resolve) => {
    heal = resolve;
  });
  let lives = 0;
  const bench = new Bench([{ at: { progress: 0 }, every: { seconds: 5, times: 3 } }], async () => {
    lives += 1;
    return bench.broken(lives === 1 ? () => slow : undefined);
  });
  for (const atMs of [0, 2000, 5000, 6000]) await bench.at(atMs);
  assert.equal(bench.diary, ['0 broken']);
  heal();
  for (const atMs of [7000, 7020, 9020, 9999, 10_000, 12_000, 20_000]) await bench.at(atMs);
  assert.equal(bench.diary, ['0 broken', '7000 healed', '7020 broken', '9020 healed', '10000 broken', '12000 healed']);
});

test('what is broken during a phase is healed at its end, and not before its own time', async () => {
  const bench = new Bench([{ during: { phase: 'rush' } }]);
  const started = { startedPhases: new Set(['rush']) };
  const ended = { ...started, endedPhases: new Set(['rush']) };
  await bench.at(1, started);
  await bench.at(90_000, started);
  await bench.at(90_020, ended);
  assert.equal(bench.diary, ['1 broken', '90020 healed']);

  const short = new Bench([{ during: { phase: 'rush' } }]);
  await short.at(1, started);
  for (const atMs of [100, 2000, 2001]) await short.at(atMs, ended);
  assert.equal(short.diary, ['1 broken', '2001 healed']);
});

test('what is broken during a stretch of the load is healed at its end, or with the load', async () => {
  const bench = new Bench([{ during: { progress: [0.2, 0.4] } }, { during: { progress: [0.5, 1] } }]);
  for (const [atMs, sentShare] of [
    [1, 0.1],
    [2, 0.2],
    [5000, 0.39],
    [6000, 0.4],
    [7000, 0.5],
    [9900, 0.9],
  ] as const) {
    await bench.at(atMs, { sentShare });
  }
  bench.nemesis.loadIsOver();
  await bench.at(9920, { sentShare: 0.9 });
  assert.equal(bench.diary, ['2 broken', '6000 healed', '7000 broken', '9920 healed']);
});

test('without a target it waits; what cannot be broken or healed is a problem', async () => {
  let tries = 0;
  const bench = new Bench([{ at: { progress: 0 } }], async () => {
    tries += 1;
    if (tries === 1) throw new NoTargetError('all are broken');
    return bench.broken(() => Promise.reject(new Error('it stays down')));
  });
  for (const atMs of [0, 100, 2100]) await bench.at(atMs);
  assert.equal(bench.diary, ['100 broken']);
  const [healed] = await bench.nemesis.results();
  assert.is(healed?.healedAtMs, null);
  assert.is(healed?.problem, 'could not be healed: it stays down');

  const other = new Bench([{ at: { progress: 0 } }], () => Promise.reject(new Error('no such thing')));
  await other.at(0);
  const [broken] = await other.nemesis.results();
  assert.is(broken?.problem, 'no such thing');
});

test('of one kind of thing one is broken after the other, as each must know what is broken already', async () => {
  const seen: number[] = [];
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 0 } }], async (_, { broken }) => {
    seen.push(broken.size);
    return bench.broken();
  });
  await bench.at(0);
  assert.equal(seen, [0]);
  await bench.at(20);
  assert.equal(seen, [0, 1]);
});

test('what has had no effect yet stays broken for longer, within bounds', async () => {
  let hasShown = false;
  const shy = async (bench: Bench) => ({ ...bench.broken(), hasShown: async () => hasShown });
  const bench = new Bench([{ at: { progress: 0 } }], () => shy(bench));
  for (const atMs of [0, 2000, 9000]) await bench.at(atMs);
  assert.equal(bench.diary, ['0 broken']);
  hasShown = true;
  await bench.at(9020);
  assert.equal(bench.diary, ['0 broken', '9020 healed']);

  hasShown = false;
  const never = new Bench([{ at: { progress: 0 } }], () => shy(never));
  for (const atMs of [0, 2000, 31_999, 32_000]) await never.at(atMs);
  assert.equal(never.diary, ['0 broken', '32000 healed']);
});

test('everything is healed at once when the run ends early', async () => {
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 0 } }]);
  for (const atMs of [0, 0]) await bench.at(atMs);
  bench.atMs = 50;
  await bench.nemesis.healAll();
  assert.equal(bench.diary, ['0 broken', '0 broken', '50 healed', '50 healed']);
});

test.run();

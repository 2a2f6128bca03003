// test/simulator/fault/nemesis-after-load.test.ts — What still breaks when the load has ended, and for how long.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NoTargetError } from '../../../simulator/fault/fault.js';
import type { FaultSpec } from '../../../simulator/scenario/schema.js';
import { Bench } from './nemesis-bench.js';

test('what is broken when the load ends has its time, and nothing more is broken', async () => {
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 1 } }]);
  await bench.at(0);
  bench.nemesis.loadIsOver();
  await bench.at(1000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, false);
  await bench.at(2000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, true);
  assert.equal(bench.diary, ['0 broken', '2000 healed']);
  const [, second] = await bench.nemesis.results();
  assert.equal(second, {
    kind: 'consumer-kill',
    target: 'consumer:random',
    injectedAtMs: null,
    healedAtMs: null,
    problem: 'the load was over before its time came',
  });
});

test('what found its target broken may still come after the load, within bounds', async () => {
  let isFree = false;
  const inject = async () => {
    if (isFree) return bench.broken();
    throw new NoTargetError('all are broken');
  };
  const bench = new Bench([{ at: { progress: 0 } }, { at: { progress: 1 } }], inject);
  await bench.at(0);
  bench.nemesis.loadIsOver();
  await bench.at(5000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, false);
  isFree = true;
  for (const atMs of [6000, 8000]) await bench.at(atMs, { sentShare: 1 });
  assert.equal(bench.diary, ['6000 broken', '8000 healed']);
  assert.is(bench.nemesis.isQuiet, true);

  const late = new Bench([{ at: { progress: 0 } }], () => Promise.reject(new NoTargetError('all are broken')));
  await late.at(0);
  late.nemesis.loadIsOver();
  await late.at(29_999);
  assert.is(late.nemesis.isQuiet, false);
  await late.at(30_000);
  assert.is(late.nemesis.isQuiet, true);
});

test('the rest of a series comes after a load that ended in a rush, within bounds', async () => {
  const bench = new Bench([{ at: { progress: 0.5 }, every: { seconds: 20, times: 3 } }]);
  await bench.at(0, { sentShare: 1 });
  bench.nemesis.loadIsOver();
  for (const atMs of [2000, 20_000, 22_000]) await bench.at(atMs, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, false);
  for (const atMs of [30_000, 40_000]) await bench.at(atMs, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, true);
  assert.equal(bench.diary, ['0 broken', '2000 healed', '20000 broken', '22000 healed']);
});

test('what waits is given its time anew when something else is healed', async () => {
  const inject = async ({ kind }: FaultSpec) => {
    if (kind === 'consumer-kill') return bench.broken();
    throw new NoTargetError('it is broken');
  };
  const long = { at: { progress: 0 }, forSeconds: 20 };
  const bench = new Bench([long, { kind: 'broker-kill', at: { progress: 0 } }], inject);
  await bench.at(0);
  bench.nemesis.loadIsOver();
  for (const atMs of [20_000, 49_999]) await bench.at(atMs, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, false);
  await bench.at(50_000, { sentShare: 1 });
  assert.is(bench.nemesis.isQuiet, true);
});

test.run();

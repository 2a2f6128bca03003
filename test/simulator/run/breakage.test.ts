// test/simulator/run/breakage.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fault } from '../../../simulator/fault/fault.js';
import { Breakage, type BreakagePorts } from '../../../simulator/run/breakage.js';
import type { FaultSpec } from '../../../simulator/scenario/schema.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { ManualTime } from '../../support/manual-time.js';
import { scenarioWith } from '../../support/scenarios.js';

const START_MS = 10_000;

interface Broken {
  isBroken: boolean;
  times: number;
}

function faultOn(broken: Broken): Fault<FaultSpec> {
  return {
    inject: async () => {
      broken.isBroken = true;
      broken.times += 1;
      return {
        targets: ['lamp'],
        heal: async () => {
          broken.isBroken = false;
        },
        receipt: async () => ({ proven: broken.times > 0, facts: [] }),
      };
    },
  };
}

function unpaced() {
  const faults = [{ kind: 'consumer-slow', at: { progress: 0.7 }, forSeconds: 0.5 }];
  const plan = planOf(scenarioWith({ pace: 'max', faults }));
  const broken: Broken = { isBroken: false, times: 0 };
  const time = new ManualTime(START_MS);
  const load = { totals: { sent: 0 } };
  // The fault above asks nothing of its context.
  const context = {} as BreakagePorts['faults']['context'];
  const ports = {
    time,
    clock: undefined,
    startedAtMs: START_MS,
    load,
    faults: { faultOf: () => faultOn(broken), context },
  };
  return { plan, broken, time, load, breakage: new Breakage(ports, { plan, say: () => undefined }) };
}

test('what came due between the last tick and the end of the load still comes', async () => {
  const { plan, broken, time, load, breakage } = unpaced();
  await time.pass(100);
  assert.is(broken.times, 0);
  load.totals.sent = plan.events;
  let isOver = false;
  const ended = breakage.ended().then(() => {
    isOver = true;
  });
  await turns();
  assert.equal(broken, { isBroken: true, times: 1 });
  await time.pass(400);
  await turns();
  assert.is(isOver, false, 'it stays broken for its time');
  await time.pass(200);
  await turns();
  await time.pass(20);
  await ended;
  assert.is(broken.isBroken, false);
  const [result] = await breakage.nemesis.results();
  assert.is(result?.problem, undefined);
  assert.is(result?.receipt?.proven, true);
  await breakage[Symbol.asyncDispose]();
});

test('a run that ends early heals what is broken', async () => {
  const { plan, broken, time, load, breakage } = unpaced();
  load.totals.sent = plan.events;
  await time.pass(20);
  await turns();
  assert.is(broken.isBroken, true);
  await breakage[Symbol.asyncDispose]();
  assert.is(broken.isBroken, false);
});

test('nothing breaks before the load begins', async () => {
  const { plan, broken, time, load, breakage } = unpaced();
  load.totals.sent = plan.events;
  await time.pass(-1);
  await turns();
  assert.is(broken.times, 0);
  await breakage[Symbol.asyncDispose]();
});

/** All that follows without waiting has happened then. */
function turns(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test.run();

// test/simulator/run/breakage.test.ts — Faults beside a load that goes faster than anyone looks.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Breakage, type BreakageOptions } from '../../../simulator/run/breakage.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

test('what came due between the last look and the end of the load still comes', async () => {
  const faults = [{ kind: 'consumer-slow', at: { progress: 0.7 }, forSeconds: 0.5 }];
  const plan = planOf(scenarioWith({ pace: 'max', faults }));
  const load = { totals: { sent: 0 } };
  const consumer = { number: 1, state: 'running', pid: process.pid, pause: () => undefined, resume: () => undefined };
  const context = { consumers: { all: () => [consumer] } };
  await using breakage = new Breakage({
    ...{ plan, clock: undefined, startedAtMs: Date.now(), say: () => undefined },
    load: load as BreakageOptions['load'],
    context: context as unknown as BreakageOptions['context'],
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  load.totals.sent = plan.events;
  await breakage.ended(new AbortController().signal);
  const [result] = await breakage.nemesis.results();
  assert.is(result?.problem, undefined);
  assert.is(result?.receipt?.proven, true);
});

test.run();

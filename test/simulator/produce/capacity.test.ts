// test/simulator/produce/capacity.test.ts — A pace that no machine can play is told before the run, with the number; an easy one is not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { paceWarning, peakRate } from '../../../simulator/produce/capacity.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const arrivals = [{ name: 'day', shape: 'constant', durationHours: 24, events: 10_000_000 }];

test('the densest rate is that of wall time', () => {
  const plan = planOf(scenarioWith({ arrivals, clock: { speed: 86_400 } }));
  assert.is(Math.round(peakRate(plan)), 10_000_000);
});

test('a pace beyond the machine is told with its number, an easy one and none at all are not', () => {
  const warning = (fields: object) => paceWarning(planOf(scenarioWith({ arrivals, ...fields })));
  assert.match(warning({ clock: { speed: 864_000 } }) ?? '', 'up to 100,000,000 events/s');
  assert.is(warning({ clock: { speed: 86.4 } }), undefined);
  assert.is(warning({ clock: { speed: 864_000 }, pace: 'max' }), undefined);
});

test.run();

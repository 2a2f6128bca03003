// test/simulator/run/judge.test.ts — The clock was set, or the machine slept, while a run went on.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { plannedRun } from '../../support/planned-run.js';
import { scenarioWith } from '../../support/scenarios.js';

const arrivals = [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 1000 }];
const SLEPT = [{ atMs: 1_000_000, byMs: 5_700_000 }];

async function verdictOf(pace: 'paced' | 'max', clockSteps: typeof SLEPT) {
  // No list was found, which is wrong.
  const { record } = await plannedRun(scenarioWith({ pace, arrivals }), new Map(), { clockSteps });
  return record.verdict;
}

test('a wrong list is the consumer’s fault where the clock was not set', async () => {
  assert.is((await verdictOf('paced', []))?.outcome, 'fail');
});

test('a paced run during which the machine slept is unknown, and says why', async () => {
  const verdict = await verdictOf('paced', SLEPT);
  assert.is(verdict?.outcome, 'unknown');
  const lists = verdict?.checks.find(({ check }) => check === 'lists');
  assert.is(lists?.reason, 'the clock was set while the run went on, or the machine slept: +5700 s');
});

test('without pacing no event has a wall time, so the clock harms nothing', async () => {
  assert.is((await verdictOf('max', SLEPT))?.outcome, 'fail');
});

test.run();

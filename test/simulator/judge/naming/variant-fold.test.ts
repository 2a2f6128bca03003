// test/simulator/judge/naming/variant-fold.test.ts — The list of a fold follows from the events, however they come.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ranked } from '../../../../contract/rules.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { EXACT, type Traits } from '../../../../simulator/judge/naming/traits.js';
import { VariantFold } from '../../../../simulator/judge/naming/variant-fold.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { plannedLog } from '../planned-log.js';
import { arrivalOn, calendar, rules } from './hand-fold.js';

const oneDay = {
  clock: { start: '2024-10-01T00:00:00' },
  arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 2500 }],
};
const leadersFall = { ...oneDay, aim: [{ kind: 'leaders-fall', leaders: 30, minutesBeforeClose: 60 }] };

function listOf(traits: Partial<Traits>, log: readonly LogEvent[]): readonly Ranked[] {
  const fold = new VariantFold({ ...EXACT, ...traits }, { rules, calendar, viewsPerEvent: 1 });
  for (const one of log) {
    const day = calendar.at(one.timeMs).day;
    fold.add(arrivalOn(day, one));
  }
  return fold.list('20241001');
}

test('a list trimmed to more rows than there are articles is the right one', () => {
  const log = plannedLog(scenarioWith(leadersFall)).slice(-2000);
  fc.assert(
    fc.property(fc.subarray(log, { minLength: 100 }), (part) => {
      const trim = { rows: 10_000, loses: 'the worst' } as const;
      assert.equal(listOf({ trim }, part), listOf({}, part));
    }),
    { numRuns: 10 },
  );
});

test('the right list does not depend on order or repeats', () => {
  const log = plannedLog(scenarioWith(oneDay)).slice(0, 500);
  const expected = listOf({}, log);
  const others = fc.shuffledSubarray([...log, ...log.slice(200)], { minLength: 800, maxLength: 800 });
  fc.assert(
    fc.property(others, (other) => {
      assert.equal(listOf({}, other), expected);
    }),
    { numRuns: 20 },
  );
});

test.run();

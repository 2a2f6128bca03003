// test/simulator/judge/naming/divergence-trail.test.ts — Which events around the parting of a bug and the rules are kept.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { AFTER, BEFORE, DivergenceTrail } from '../../../../simulator/judge/naming/divergence-trail.js';

const log = (offset: number) => ({ offset }) as LogEvent;

/** @param states by event: whether it is what the rules make it */
function trailOf(states: readonly boolean[]) {
  const trail = new DivergenceTrail();
  for (const [offset, isRight] of states.entries())
    trail.add({ log: log(offset), counts: { like: offset, comment: 0, view: 0 } }, isRight);
  return { parting: trail.parting?.offset, kept: trail.steps.map((step) => step.log.offset) };
}

const times = (count: number, isRight: boolean) => Array.from({ length: count }, () => isRight);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('the last before the parting, it, and the first after it are kept', () => {
  assert.equal(trailOf([...times(20, true), ...times(20, false)]), {
    parting: 20,
    kept: range(20 - BEFORE, 20 + AFTER),
  });
});

test('what comes to be right again has not parted', () => {
  const again = trailOf([...times(20, true), ...times(3, false), ...times(2, true)]);
  assert.is(again.parting, undefined);
  assert.equal(again.kept.slice(-BEFORE), range(25 - BEFORE, 24));
  const twice = trailOf([...times(20, true), ...times(9, false), ...times(30, true), ...times(2, false)]);
  assert.equal(twice, { parting: 59, kept: range(59 - BEFORE, 60) });
});

test.run();

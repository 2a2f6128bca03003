// test/simulator/fault/occurrence.test.ts — A fault that comes too late is healed at once, and what becomes of that is told.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nextTurn, until } from '../../../contract/waiting.js';
import type { ActiveFault } from '../../../simulator/fault/fault.js';
import { Occurrence } from '../../../simulator/fault/occurrence.js';
import { scenarioWith } from '../../support/scenarios.js';

/** An occurrence that was given up before it broke anything, and what is told of it. */
async function givenUp() {
  const { faults } = scenarioWith({ faults: [{ kind: 'consumer-pause', at: { progress: 0.5 }, forSeconds: 1 }] });
  const [spec] = faults;
  assert.ok(spec);
  let breakNow: (active: ActiveFault) => void = () => undefined;
  const breaking = new Promise<ActiveFault>((resolve) => {
    breakNow = resolve;
  });
  const told: string[] = [];
  const healedTargets: string[] = [];
  const occurrence = new Occurrence({
    spec,
    inject: () => breaking,
    healed: (targets) => void healedTargets.push(...targets),
    now: () => 0,
    say: (line) => void told.push(line),
    breakLimitMs: 1,
  });
  occurrence.advance({ mayInject: true, mayHeal: false });
  await until(() => occurrence.isOver, { pollMs: 1 });
  return { occurrence, breakNow, told, healedTargets };
}

const broken = (heal: () => Promise<void>): ActiveFault => ({
  targets: ['consumer 1'],
  heal,
  receipt: async () => ({ proven: true, facts: [] }),
});

test('what breaks after it was given up is healed at once, and its target may be broken again', async () => {
  const { occurrence, breakNow, told, healedTargets } = await givenUp();
  let heals = 0;
  breakNow(
    broken(async () => {
      heals += 1;
    }),
  );
  await nextTurn();
  assert.is(heals, 1);
  assert.equal(healedTargets, ['consumer 1']);
  assert.equal(told, []);
  assert.is((await occurrence.result()).problem, 'not within 0.001 s');
});

test('what breaks after it was given up and cannot be healed is told', async () => {
  const { occurrence, breakNow, told, healedTargets } = await givenUp();
  breakNow(
    broken(async () => {
      throw new Error('it does not answer');
    }),
  );
  await nextTurn();
  assert.equal(healedTargets, ['consumer 1']);
  assert.equal(told, ['fault: consumer-pause came too late, and could not be healed: it does not answer']);
  assert.is((await occurrence.result()).problem, 'came too late, and could not be healed: it does not answer');
});

test.run();

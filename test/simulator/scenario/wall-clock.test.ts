// test/simulator/scenario/wall-clock.test.ts — A scenario for a consumer whose clock is the wall’s is the same in less time, or is refused.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadScenario } from '../../../simulator/scenario/load.js';
import type { GeneratedScenario } from '../../../simulator/scenario/schema.js';
import { onWallClock } from '../../../simulator/scenario/wall-clock.js';
import { Field } from '../../../simulator/workload/article-table.js';
import { Lane } from '../../../simulator/workload/lane.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { loadGenerated } from '../../support/scenarios.js';

const NOON = Date.parse('2026-05-01T03:00:00Z');

async function fitted(name: string, nowMs = NOON): Promise<GeneratedScenario> {
  const result = onWallClock(await loadScenario(`scenarios/${name}.json`), nowMs);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result.scenario;
}

test('a day of ten seconds is ten seconds of today', async () => {
  const original = planOf(await loadScenario('scenarios/leader-falls.json'));
  const plan = planOf(await fitted('leader-falls'));
  assert.is(plan.startMs, NOON);
  assert.is(plan.endMs - plan.startMs, (original.endMs - original.startMs) / 8640);
  assert.is(plan.events, original.events);
  assert.is(plan.articles, original.articles);
  assert.equal(
    plan.days.map(({ day }) => day),
    ['20260501'],
  );
});

test('the same articles lead by about as much, and fall before the end', async () => {
  const leaders = (scenario: GeneratedScenario) => {
    const lane = new Lane(planOf(scenario), 0);
    while (lane.advance());
    const { world } = lane;
    const articles = Array.from({ length: world.count - world.older }, (_, i) => i + world.older);
    const scores = articles.map((one) => ({
      score: world.table.score(one, scenario.rules.weights),
      isDeleted: world.table.get(one, Field.isDeleted) !== 0,
    }));
    return scores.sort((a, b) => b.score - a.score).slice(0, 10);
  };
  const before = leaders(await loadGenerated('scenarios/leader-falls.json'));
  const after = leaders(await fitted('leader-falls'));
  assert.ok(after.every(({ isDeleted }) => isDeleted));
  const sum = (rows: typeof before) => rows.reduce((total, { score }) => total + score, 0);
  assert.ok(Math.abs(Math.log(sum(after) / sum(before))) < Math.log(2), `${sum(before)} and ${sum(after)}`);
});

test('delays shrink with the day', async () => {
  const { delivery } = await fitted('outbox-resend');
  assert.equal(delivery.resend, { everyMinutes: 30 / 8640, sliceSeconds: 300 / 8640, delaySeconds: 1200 / 8640 });
  assert.is((await fitted('early-likes')).delivery.skewSeconds?.article, 2400 / 8640);
});

test('what comes again by event time comes as often, and what lasts from one local time to another is refused', async () => {
  const crash = (...settings: string[]) => loadScenario('scenarios/consumer-crash.json', settings);
  const again = onWallClock(await crash('faults.0.every=null', 'faults.0.every={"minutes":72,"times":2}'), NOON);
  assert.equal('scenario' in again && again.scenario.faults[0]?.every, { minutes: 72 / 4320, times: 2 });
  const from = await crash(
    'faults=[{"kind":"consumer-kill","during":{"time":["2024-10-01T09:00:00","2024-10-01T10:00:00"]}}]',
  );
  assert.equal(onWallClock(from, NOON), {
    problems: ['faults: a local date-time has no place in a run that starts now; give progress or phase'],
  });
});

for (const [name, problem] of [
  ['a-dozen-events', /events: their times are given/],
  ['week', /arrivals: they touch more than one day/],
  ['midnight-rush', /aim: "midnight" needs a midnight/],
  ['peak-day', /pace: "max" has no clock/],
] as const)
  test(`${name} is refused by name`, async () => {
    const result = onWallClock(await loadScenario(`scenarios/${name}.json`), NOON);
    assert.match('problems' in result ? result.problems.join('\n') : '', problem);
  });

test('a run that would last past midnight is refused, with what to do, also when it is its start that takes so long', async () => {
  const at = async (time: string) => onWallClock(await loadScenario('scenarios/smoke.json'), Date.parse(time));
  for (const result of [await at('2026-05-01T14:59:57Z'), await at('2026-05-01T14:58:01Z')])
    assert.match(
      'problems' in result ? result.problems.join('\n') : '',
      /past midnight.* in Asia\/Seoul; .*rules\.zone=UTC/,
    );
  assert.ok('scenario' in (await at('2026-05-01T14:57:00Z')));
});

test.run();

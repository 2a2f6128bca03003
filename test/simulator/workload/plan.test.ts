// test/simulator/workload/plan.test.ts — Days in a row, lifetimes and content do what the language says.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../contract/kind.js';
import { contentPools } from '../../../simulator/workload/content.js';
import { Lane } from '../../../simulator/workload/lane.js';
import { phaseBoundaries, planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const HOUR_MS = 3_600_000;

test('the arrivals of a day are played once a day, each time 24 hours later', () => {
  const arrivals = [
    { name: 'morning', shape: 'constant', durationHours: 3, events: 100 },
    { name: 'evening', shape: 'constant', durationHours: 2, events: 200 },
  ];
  const plan = planOf(scenarioWith({ arrivals, days: 3 }));
  assert.equal(
    plan.phases.map(({ name, day, startMs, endMs }) => [
      name,
      day,
      (startMs - plan.startMs) / HOUR_MS,
      (endMs - plan.startMs) / HOUR_MS,
    ]),
    [
      ['morning', 0, 0, 3],
      ['evening', 0, 3, 5],
      ['morning', 1, 24, 27],
      ['evening', 1, 27, 29],
      ['morning', 2, 48, 51],
      ['evening', 2, 51, 53],
    ],
  );
  assert.is(plan.events, 900);
  assert.is(plan.days.length, 3);
  assert.equal(
    phaseBoundaries(plan).map((at) => (at - plan.startMs) / HOUR_MS),
    [3, 24, 27, 48, 51],
  );
});

test('one day in a row is the arrivals themselves', () => {
  assert.equal(planOf(scenarioWith({ days: 1 })), planOf(scenarioWith()));
});

test('an article draws nothing after its lifetime, and without one the old still do', () => {
  const oldest = (fields: object) => {
    const lane = new Lane(planOf(scenarioWith({ ...fields, topics: { partitions: 1 } })), 0);
    let most = 0;
    while (lane.advance()) {
      if (lane.kind === Kind.viewed) most = Math.max(most, lane.timeMs - (lane.world.createdMs[lane.article] ?? 0));
    }
    return most / HOUR_MS;
  };
  const articles = { perDay: 300, older: 30 };
  assert.ok(oldest({ articles }) > 20);
  assert.ok(oldest({ articles: { ...articles, lifetimeHours: 2 } }) <= 2);
  assert.ok(oldest({ articles: { ...articles, lifetimeHours: 2 }, popularity: { olderShare: 0.5 } }) <= 2);
});

test('articles of the day before draw the same share of a plan, whatever its scale', () => {
  const shareOfOlder = (scale: number) => {
    const arrivals = [{ name: 'day', shape: 'constant', durationHours: 24, events: 6000 / scale }];
    const articles = { perDay: 300 / scale, older: 30, deleteRate: 0 };
    const scenario = scenarioWith({ articles, arrivals, scale, popularity: { model: 'uniform' } });
    const lane = new Lane(planOf(scenario), 0);
    let older = 0;
    while (lane.advance()) if (lane.article < lane.world.older) older += 1;
    return older;
  };
  assert.is(shareOfOlder(0.01), shareOfOlder(1));
});

test('with the aim `swap` the lower neighbour ends one view above the upper', () => {
  const scenario = scenarioWith({
    topics: { partitions: 1 },
    articles: { perDay: 300, older: 30, deleteRate: 0 },
    aim: [{ kind: 'swap', ranks: [3], minutesBeforeClose: 240 }],
  });
  const plan = planOf(scenario);
  const lane = new Lane(plan, 0);
  const { weights } = scenario.rules;
  const ranked = () =>
    Array.from({ length: lane.world.count }, (_, article) => article)
      .filter((article) => (lane.world.createdMs[article] ?? 0) >= plan.startMs)
      .map((article) => ({ article, score: lane.world.table.score(article, weights) }))
      .sort((a, b) => b.score - a.score || b.article - a.article);
  let before: ReturnType<typeof ranked> = [];
  while (lane.advance()) if (lane.timeMs < plan.endMs - 240 * 60_000) before = ranked();
  const after = ranked();
  assert.is(after[2]?.article, before[3]?.article);
  assert.is(after[3]?.article, before[2]?.article);
  assert.is((after[2]?.score ?? 0) - (after[3]?.score ?? 0), weights.view);
});

test('bodies have as many sentences as the scenario says', () => {
  const lengths = (bodySentences: object) => {
    const { bodies } = contentPools(scenarioWith({ content: { locale: 'en', poolSize: 16, bodySentences } }));
    return bodies.map((body) => body.toString().split('.').length - 1);
  };
  assert.equal(new Set(lengths({ min: 5, max: 5 })), new Set([5]));
  assert.ok(lengths({ min: 1, max: 3 }).every((sentences) => sentences >= 1 && sentences <= 3));
});

test.run();

// test/simulator/run/plan-warnings.test.ts — A scenario that can be played but will hardly show what it means to is warned about, with the numbers.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { planWarnings } from '../../../simulator/run/plan-warnings.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const warnings = (fields: object) => planWarnings(planOf(scenarioWith({ clock: { speed: 60 }, ...fields }))).join();

test('more articles than events, and aims with too few articles, are told; others are not', () => {
  assert.is(warnings({}), '');
  assert.match(warnings({ articles: { perDay: 6000 } }), '6,000 events cannot do more than create that many articles');
  const fall = { aim: [{ kind: 'leaders-fall', leaders: 100 }] };
  assert.match(warnings(fall), 'aim[0] leaders-fall: a partition has about 100 articles a day, and 100 leaders fall');
  assert.is(warnings({ ...fall, topics: { partitions: 2 } }), '');
  assert.match(warnings({ aim: [{ kind: 'ties', ranks: [1, 100] }] }), 'rank 100 has no article below it');
});

test.run();

// test/simulator/cli/handlers/plan-text.test.ts — `sim plan` shows what will happen, without any server.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { planText } from '../../../../simulator/cli/handlers/plan-text.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { survey } from '../../../../simulator/workload/survey.js';
import { scenarioWith } from '../../../support/scenarios.js';

const textOf = (fields: object) => {
  const plan = planOf(scenarioWith({ clock: { speed: 8640 }, ...fields }));
  return planText(plan, survey(plan));
};

test('events by type and topic, articles, the rate as a chart, run time, memory, bytes, and the hash', () => {
  const text = textOf({});
  for (const part of [
    '6,000 events on 300 new articles, seed 42',
    /[▁▂▃▄▅▆▇█]{72}/,
    /at most \d+ events\/s; phases: day \(6,000\)/,
    /article created +300\n/,
    /view +[\d,]+ records +[\d.]+ kB/,
    /run time +about 18\.0 s/,
    /memory +about \d+ MB/,
    /bytes +\d+ kB of record values, 1\d\d a record/,
    /stream hash +[0-9a-f]{64}\n/,
  ]) {
    assert.match(text, part);
  }
});

test('what is sent again is more records, and no more events', () => {
  const text = textOf({ delivery: { duplicates: { share: 0.5, delaySeconds: 40 } } });
  assert.match(text, '6,000 events on 300 new articles');
  assert.match(text, /\n {2}(?:8,9\d\d|9,[01]\d\d) records, with what is sent again/);
  assert.match(text, /by type\n/);
  assert.not.match(textOf({}), 'sent again');
});

test('of a plan that is cut short nothing is told that only the whole shows', () => {
  const plan = planOf(scenarioWith({ delivery: { duplicates: { share: 0.9, delaySeconds: 40 } } }));
  const found = survey(plan, 8000);
  assert.is(found.hash, undefined);
  assert.ok(found.records >= 8000 && found.records < 8003);
  assert.ok(found.events > 4000 && found.events < 4500, `${found.events}`);
  assert.match(planText(plan, found), /by type, estimated from the first 4,[0-4]\d\d events/);
});

test('a fault is shown with the phase that its share of the load falls into', () => {
  const arrivals = ['morning', 'evening'].map((name) => {
    return { name, shape: 'constant', durationHours: 6, events: 3000 };
  });
  const faults = [0.4, 0.6].map((progress) => ({ kind: 'consumer-kill', at: { progress } }));
  const text = textOf({ arrivals, faults });
  assert.match(text, 'at 40 % of the load, in phase morning, for');
  assert.match(text, 'at 60 % of the load, in phase evening, for');
});

test('the hottest partition is the one that the keys lead to', () => {
  assert.match(textOf({}), /hottest +partition \d of 3 has 33\.\d% of the records/);
  assert.match(textOf({ partitioning: 'shard4' }), /hottest +partition 2 of 3 has [67]\d\.\d% of the records/);
});

test('aims are shown with what they come to, and what cannot be had is warned about', () => {
  const text = textOf({ aim: [{ kind: 'leaders-fall', leaders: 100, minutesBeforeClose: 1 }] });
  assert.match(text, /aim +leaders-fall: \d+ events; \d+ more find no time/);
  assert.match(text, /warning +aim\[0\] leaders-fall: a partition has about 100 articles a day/);
  assert.match(textOf({ clock: { speed: 1_000_000 } }), /warning +the plan asks for up to [\d,]+ events\/s/);
});

test.run();

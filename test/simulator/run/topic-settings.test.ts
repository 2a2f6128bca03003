// test/simulator/run/topic-settings.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { topicSettings, unfitSettings } from '../../../simulator/run/topic-settings.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const plan = planOf(scenarioWith({}));
const YEAR_MS = 365 * 86_400_000;
const settings = topicSettings(plan, plan.startMs + YEAR_MS);

function unfit(found: Readonly<Record<string, string>>): string[] {
  return unfitSettings(settings, new Map(Object.entries(found))).map(
    ({ setting, found: value }) => `${setting.name}=${value}`,
  );
}

test('a topic with the settings of a run is fit', () => {
  assert.equal(unfit(Object.fromEntries(settings.map(({ name, value }) => [name, value]))), []);
});

test('each setting that would bend a verdict is unfit', () => {
  const wrong = {
    'message.timestamp.type': 'LogAppendTime',
    'cleanup.policy': 'compact,delete',
    'retention.ms': '604800000',
    'retention.bytes': '1000',
    'max.message.bytes': '20000',
    'message.timestamp.before.max.ms': '3600000',
  };
  assert.equal(
    unfit(wrong),
    Object.entries(wrong).map(([name, value]) => `${name}=${value}`),
  );
});

test('retention is fit when it keeps the oldest event of the run', () => {
  assert.equal(unfit({ 'retention.ms': String(2 * YEAR_MS) }), []);
  assert.equal(unfit({ 'retention.ms': String(YEAR_MS - 1) }), [`retention.ms=${YEAR_MS - 1}`]);
});

test('event times ahead need a broker that takes them', () => {
  const early = topicSettings(plan, plan.startMs - YEAR_MS);
  const found = new Map([['message.timestamp.after.max.ms', '3600000']]);
  assert.equal(unfitSettings(early, found).length, 1);
  assert.equal(unfitSettings(settings, found), []);
});

test('a topic that takes small batches only can be used with smaller batches', () => {
  const [problem] = unfitSettings(settings, new Map([['max.message.bytes', '20000']]));
  assert.is(problem?.setting.instead?.('20000'), 'or run with --set producer.batchBytes=19000');
});

test('a setting that the broker does not tell is not judged', () => {
  assert.equal(unfit({}), []);
});

test.run();

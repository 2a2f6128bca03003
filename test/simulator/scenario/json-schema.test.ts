// test/simulator/scenario/json-schema.test.ts — The published schema is the language's own, and it accepts every shipped scenario.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarioJsonSchema } from '../../../simulator/scenario/json-schema.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
import { loadGenerated } from '../../support/scenarios.js';

const SCHEMA = 'scenario.schema.json';
const files = readdirSync('scenarios').filter((name) => name.endsWith('.json') && name !== SCHEMA);

const validate = new Ajv2020({ strict: false }).compile(JSON.parse(scenarioJsonSchema()));

test('scenarios/scenario.schema.json is up to date: npm run schema', () => {
  assert.is(readFileSync(`scenarios/${SCHEMA}`, 'utf8'), scenarioJsonSchema());
});

for (const name of files) {
  test(`${name} is valid, and names its schema`, async () => {
    const content = JSON.parse(readFileSync(`scenarios/${name}`, 'utf8')) as Record<string, unknown>;
    assert.ok(validate(content), JSON.stringify(validate.errors));
    assert.is(content.$schema, `./${SCHEMA}`);
    await loadScenario(`scenarios/${name}`);
  });
}

test('the schema wants drawn events or given ones, not both', () => {
  const events = [
    { time: '2024-10-01T09:00:00', type: 'ARTICLE_VIEWED', payload: { articleId: 1, articleViewCount: 1 } },
  ];
  const drawn = {
    articles: { perDay: 1 },
    arrivals: [{ name: 'day', shape: 'constant', durationHours: 1, events: 1 }],
  };
  const isValid = (fields: object) => validate({ description: 'a test', ...fields });
  assert.equal(
    [{ events }, drawn, {}, { events, ...drawn }, { events, scale: 2 }, { events: [{ ...events[0], typ: 1 }] }].map(
      isValid,
    ),
    [true, true, false, false, false, false],
  );
});

test('peak-day has at least 5 million events and 300,000 articles, quickstart 300,000 events, smoke at most 20,000', async () => {
  const peak = await loadGenerated('scenarios/peak-day.json');
  const eventsOf = (scenario: typeof peak) => scenario.arrivals.reduce((sum, phase) => sum + (phase.events ?? 0), 0);
  assert.ok(eventsOf(peak) >= 5_000_000 && peak.articles.perDay >= 300_000);
  assert.ok(eventsOf(await loadGenerated('scenarios/quickstart.json')) >= 300_000);
  assert.ok(eventsOf(await loadGenerated('scenarios/smoke.json')) <= 20_000);
});

test.run();

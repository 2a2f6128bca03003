// test/simulator/scenario/json-schema.test.ts — The published schema is the language's own, and it accepts every shipped scenario.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarioJsonSchema } from '../../../simulator/scenario/json-schema.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
import { loadGenerated } from '../../support/scenarios.js';

const SCHEMA = 'scenario.schema.json';
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(scenarioJsonSchema()));
const files = readdirSync('scenarios').filter((name) => name.endsWith('.json') && name !== SCHEMA);

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

test('every field says what it is, and all but the load have defaults or do without', () => {
  const silent: string[] = [];
  const schema = JSON.parse(scenarioJsonSchema()) as SchemaNode;
  const meant = (node: SchemaNode): SchemaNode => schema.$defs?.[node.$ref?.replace('#/$defs/', '') ?? ''] ?? node;
  const look = (node: SchemaNode, path: string): void => {
    for (const [key, named] of Object.entries(node.properties ?? {})) {
      // Refused beside the others.
      if (named === false) continue;
      const field = meant(named);
      if (field.description === undefined && field.const === undefined) silent.push(`${path}.${key}`);
      look(field, `${path}.${key}`);
    }
    for (const option of [...(node.oneOf ?? []), ...(node.anyOf ?? [])]) look(option, path);
    if (node.items) look(node.items, `${path}[]`);
  };
  look(schema, '');
  assert.equal(silent, []);
  const needed = (...names: string[]) => [{ required: names }, { required: ['extends'] }];
  assert.equal(
    schema.anyOf?.map(({ anyOf }) => anyOf),
    [needed('description', 'articles', 'arrivals'), needed('description', 'events')],
  );
});

test('editors take a file that extends another, and the environment in place of a value', () => {
  const file = { extends: 'smoke.json', seed: '${SEED:-42}', pace: '${PACE}', producer: { acks: '${ACKS:-all}' } };
  assert.ok(validate(file), JSON.stringify(validate.errors));
  assert.not(validate({ ...file, seed: 'forty-two' }));
  assert.not(validate({ ...file, pace: 'fast' }));
  assert.not(validate({ seed: 42 }));
  assert.ok(validate({ extends: 'a-dozen-events.json', consumers: '${CONSUMERS:-2}' }));
});

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

interface SchemaNode {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode | false>>;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

test.run();

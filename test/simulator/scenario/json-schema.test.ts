// test/simulator/scenario/json-schema.test.ts — The published schema is the language's own, and it accepts every shipped scenario.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarioJsonSchema } from '../../../simulator/scenario/json-schema.js';
import { loadScenario } from '../../../simulator/scenario/load.js';

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
  const schema = JSON.parse(scenarioJsonSchema()) as SchemaNode;
  const silent: string[] = [];
  const look = (node: SchemaNode, path: string): void => {
    for (const [key, field] of Object.entries(node.properties ?? {})) {
      const { description = schema.$defs?.[(field.$ref ?? '').slice('#/$defs/'.length)]?.description } = field;
      if (description === undefined && field.const === undefined) silent.push(`${path}.${key}`);
      look(field, `${path}.${key}`);
    }
    for (const option of [...(node.oneOf ?? []), ...(node.anyOf ?? [])]) look(option, path);
    if (node.items) look(node.items, `${path}[]`);
  };
  look(schema, '');
  for (const [name, shared] of Object.entries(schema.$defs ?? {})) look(shared, name);
  assert.equal(silent, []);
  assert.equal(schema.anyOf, [{ required: ['description', 'articles', 'arrivals'] }, { required: ['extends'] }]);
});

test('editors take a file that extends another, and the environment in place of a value', () => {
  const file = { extends: 'smoke.json', seed: '${SEED:-42}', pace: '${PACE}', producer: { acks: '${ACKS:-all}' } };
  assert.ok(validate(file), JSON.stringify(validate.errors));
  assert.not(validate({ ...file, seed: 'forty-two' }));
  assert.not(validate({ ...file, pace: 'fast' }));
  assert.not(validate({ seed: 42 }));
});

test('peak-day has at least 5 million events and 300,000 articles, quickstart 300,000 events, smoke at most 20,000', async () => {
  const peak = await loadScenario('scenarios/peak-day.json');
  const eventsOf = (scenario: typeof peak) => scenario.arrivals.reduce((sum, phase) => sum + (phase.events ?? 0), 0);
  assert.ok(eventsOf(peak) >= 5_000_000 && peak.articles.perDay >= 300_000);
  assert.ok(eventsOf(await loadScenario('scenarios/quickstart.json')) >= 300_000);
  assert.ok(eventsOf(await loadScenario('scenarios/smoke.json')) <= 20_000);
});

interface SchemaNode {
  readonly description?: string;
  readonly const?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

test.run();

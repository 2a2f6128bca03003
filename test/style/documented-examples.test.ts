// test/style/documented-examples.test.ts — Every example file in the documents is one that `sim` takes.
import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { completeScenario } from '../../simulator/scenario/load.js';
import { merged, withEnvironment } from '../../simulator/scenario/settings.js';
import { sutSchema } from '../../simulator/sut/schema.js';

const EXAMPLE = /^```jsonc\n([\s\S]*?)^```/gm;
const fields = z.record(z.string(), z.unknown());

const examples = (file: string) => [...readFileSync(file, 'utf8').matchAll(EXAMPLE)].map(([, text = '']) => text);
const read = (text: string) => fields.parse(parse(text));

test('the scenarios in docs/scenarios.md are complete', () => {
  const scenarios = examples('docs/scenarios.md').map((text) => completeScenario('example.json', read(text)));
  assert.equal(
    scenarios.map((scenario) => ('events' in scenario ? 'given' : 'drawn')),
    ['drawn', 'given'],
  );
});

test('the faults in docs/faults.md fit the scenario in docs/scenarios.md', () => {
  const [scenario = ''] = examples('docs/scenarios.md');
  const [faults = ''] = examples('docs/faults.md');
  const complete = completeScenario('example.json', merged(read(scenario), read(`{${faults}}`)));
  assert.equal(
    complete.faults.map(({ kind }) => kind),
    ['consumer-kill', 'link-latency'],
  );
});

test('the consumer in docs/your-consumer.md is one that can be put under test', () => {
  const [own = ''] = examples('docs/your-consumer.md');
  const { extends: base, ...values } = read(own);
  assert.is(base, './de-facto.json');
  const shared = withEnvironment(
    read(readFileSync('suts/de-facto.json', 'utf8')),
    { SUT_JAR: 'a.jar' },
    assert.unreachable,
  );
  const { command, topicPrefix, traits } = sutSchema.parse(merged(shared, values));
  assert.equal(
    { command, topicPrefix, traits },
    {
      command: ['java', '-jar', 'build/libs/hot-article.jar'],
      topicPrefix: 'our-board',
      traits: ['TRIM_LOSS'],
    },
  );
});

test.run();

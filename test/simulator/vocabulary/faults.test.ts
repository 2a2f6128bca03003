// test/simulator/vocabulary/faults.test.ts — A scenario takes every fault of the registry and no other, and the page on faults is current.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { faultSchema } from '../../../simulator/scenario/fault.js';
import type { FaultDefinition } from '../../../simulator/vocabulary/fault-definition.js';
import { FAULTS } from '../../../simulator/vocabulary/faults.js';
import { faultsPart } from '../../support/faults-page.js';
import { partOf } from '../../support/generated-parts.js';

const faults: readonly (readonly [string, FaultDefinition])[] = Object.entries(FAULTS);
const SHARED_FIELDS = ['kind', 'target', 'at', 'during', 'every', 'forSeconds'];

test('the faults in docs/faults.md are what the registry says; npm run schema writes them', () => {
  assert.is(partOf(readFileSync('docs/faults.md', 'utf8'), 'faults'), faultsPart());
});

test('a scenario takes every kind of the registry and no other', () => {
  const kinds = faultSchema.options.map(({ shape }) => [...shape.kind.values][0]);
  assert.equal(
    kinds,
    faults.map(([kind]) => kind),
  );
});

test('a kind takes the fields that the registry names and no others, and lasts as long as it says', () => {
  for (const { shape } of faultSchema.options) {
    const [kind] = shape.kind.values;
    assert.ok(kind);
    const { fields, forSeconds }: FaultDefinition = FAULTS[kind];
    const own = Object.keys(shape).filter((name) => !SHARED_FIELDS.includes(name));
    assert.equal(own, Object.keys(fields), kind);
    assert.is(faultSchema.parse({ kind, at: { progress: 0 } }).forSeconds, forSeconds, kind);
  }
});

test('a field is described as the registry says', () => {
  const latency = faultSchema.options.find(({ shape }) => [...shape.kind.values][0] === 'link-latency');
  const described = latency?.toJSONSchema().properties?.latencyMs;
  assert.is((described as { description?: string } | undefined)?.description, FAULTS['link-latency'].fields.latencyMs);
});

test.run();

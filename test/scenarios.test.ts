// test/scenarios.test.ts — The tables of scenarios, their fields and exit codes are current, and the library covers the hard cases of the ranking.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodeTable } from './support/exit-code-table.js';
import { partOf } from './support/generated-parts.js';
import { scenarioFields } from './support/scenario-fields.js';
import { scenarioTable } from './support/scenario-table.js';

test('scenarios/README.md is up to date: npm run schema', async () => {
  assert.is(readFileSync('scenarios/README.md', 'utf8'), await scenarioTable());
});

test('docs/scenarios.md lists every field as the schema has it: npm run schema', () => {
  assert.is(partOf(readFileSync('docs/scenarios.md', 'utf8'), 'scenario-fields'), scenarioFields());
});

test('docs/ci.md lists every exit code: npm run schema', () => {
  assert.is(partOf(readFileSync('docs/ci.md', 'utf8'), 'exit-codes'), exitCodeTable());
});

test('every field has a meaning', () => {
  assert.equal(
    scenarioFields()
      .split('\n')
      .filter((row) => /\|\s*\|$/.test(row)),
    [],
  );
});

test('every hard case has its scenario', () => {
  const names = new Set(readdirSync('scenarios').map((name) => name.replace(/\.json$/, '')));
  const wanted =
    'quickstart smoke peak-day midnight-rush week leader-falls ties big-ids early-likes late-and-duplicate outbox-resend unlike-storm viral-article hot-partition old-articles quiet-day poison round-robin article-churn shard4 full-scale';
  assert.equal(
    wanted.split(' ').filter((name) => !names.has(name)),
    [],
  );
});

test.run();

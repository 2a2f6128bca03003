// test/scenarios.test.ts — The table of the scenarios is current, and the library covers the hard cases of the ranking.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarioTable } from './support/scenario-table.js';

test('scenarios/README.md is up to date: npm run schema', async () => {
  assert.is(readFileSync('scenarios/README.md', 'utf8'), await scenarioTable());
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

// test/soundness/results.test.ts
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarioWith } from '../support/scenarios.js';
import { temporaryFolder } from '../support/sim.js';
import { Results, type SweptRun, tableOf } from './results.js';

const run = (seed: number, outcome: SweptRun['outcome'], reasons: readonly string[] = []): SweptRun => ({
  scenario: 'smoke',
  seed,
  outcome,
  reasons,
});

test('a sweep goes on where it was, also after a line that was cut short', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'runs.ndjson');
  new Results(file).add(run(1, 'pass'));
  appendFileSync(file, '{"scenario":"smoke","se');
  const again = new Results(file);
  again.add(run(2, 'fail', ['lists: a row is missing']));
  const third = new Results(file);
  assert.equal(
    [1, 2, 3].map((seed) => third.has({ scenario: 'smoke', seed })),
    [true, true, false],
  );
  folder.remove();
});

test('the table names the seeds of false alarms, and what was not seen', () => {
  const scenario = scenarioWith({ faults: [{ kind: 'broker-kill', at: { progress: 0.5 } }] });
  const runs = [run(1, 'pass'), run(2, 'fail'), run(3, 'unknown', ['faults: nothing proves it']), run(4, 'error')];
  assert.equal(tableOf([{ scenario, runs }]).split('\n').slice(2), [
    '| test | 4 | 1 | 2 (seeds 2, 4) | 1 (faults) | broker-kill: sends repeated or of unknown end, and a rebalance |',
    '| all | 4 | 1 | 2 | 1 | |',
  ]);
});

test.run();

// test/simulator/scenario/matrix.test.ts — The settings of a matrix are complete scenarios, or every problem is named with its setting.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ScenarioError } from '../../../simulator/errors.js';
import { loadMatrix } from '../../../simulator/scenario/load.js';
import { planOf } from '../../../simulator/workload/plan.js';

async function loaded(matrix: unknown, settings: readonly string[] = []) {
  const dir = mkdtempSync(join(tmpdir(), 'sim-test-'));
  const file = join(dir, 'study.json');
  const arrivals = [{ name: 'day', shape: 'constant', durationHours: 24, events: 100 }];
  try {
    writeFileSync(file, JSON.stringify({ description: 'a test', articles: { perDay: 10 }, arrivals, matrix }));
    return await loadMatrix(file, settings);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function problemsOf(matrix: unknown): Promise<readonly string[]> {
  const error = await loaded(matrix).catch((reason: unknown) => reason);
  assert.instance(error, ScenarioError);
  return (error as ScenarioError).problems;
}

test('each setting is the scenario with its own values, and the command line’s hold for all', async () => {
  const { scenario, settings } = await loaded(
    [
      { name: 'acks=1', set: { 'producer.acks': 1 } },
      { name: 'few', set: { 'arrivals.0.events': 7, expect: { verdict: 'fail' } } },
    ],
    ['seed=5'],
  );
  assert.is(scenario.producer.acks, 'all');
  assert.equal(
    settings.map(({ name, scenario: one }) => [name, one.name, one.seed, one.producer.acks, planOf(one).events]),
    [
      ['acks=1', 'study acks=1', 5, 1, 100],
      ['few', 'study few', 5, 'all', 7],
    ],
  );
  assert.is(settings[1]?.scenario.expect.verdict, 'fail');
});

test('the settings of a run, given to --set, are that one run', async () => {
  const matrix = [{ name: 'acks=1', set: { 'producer.acks': 1 } }];
  const { settings } = await loaded(matrix);
  const again = await loaded(matrix, settings[0]?.settings);
  assert.equal(again.settings, []);
  assert.is(again.scenario.producer.acks, 1);
});

test('a scenario without a matrix has no settings', async () => {
  assert.equal((await loaded(undefined)).settings, []);
});

test('what is laid over a scenario has no say in events that are given', async () => {
  const over = { partitioning: 'shard4', content: { dates: 'array' }, scale: 2, consumers: 3 };
  const { scenario } = await loadMatrix('scenarios/a-dozen-events.json', [], over);
  assert.ok('events' in scenario);
  assert.is(scenario.consumers, 3);
  const drawn = await loadMatrix('scenarios/smoke.json', [], over);
  assert.ok('partitioning' in drawn.scenario && drawn.scenario.partitioning === 'shard4');
});

test('the problems of all settings are named', async () => {
  const problems = await problemsOf([
    { name: 'a', set: { 'producer.akcs': 1 } },
    { name: 'b', set: {} },
    { name: 'c', set: { 'producer.acks': 2, seed: 'x' } },
  ]);
  assert.match(problems[0] ?? '', 'matrix[0] "a": producer.akcs: unknown key; did you mean "acks"?');
  assert.match(problems[1] ?? '', 'matrix[2] "c": seed: expected number, found "x"');
  assert.match(problems[2] ?? '', 'matrix[2] "c": producer.acks');
  assert.is(problems.length, 3);
});

test('two settings of one folder, and a matrix within one, are refused', async () => {
  const same = [
    { name: 'a b', set: {} },
    { name: 'a-b', set: {} },
  ];
  assert.equal(await problemsOf(same), ['matrix[1].name: is like that of another: both run in a-b']);
  assert.match((await problemsOf([{ name: 'a', set: { 'matrix.0.name': 'b' } }]))[0] ?? '', 'a setting is one run');
});

test.run();

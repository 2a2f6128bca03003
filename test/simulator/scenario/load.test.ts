// test/simulator/scenario/load.test.ts — A scenario is complete or every problem is named, with its path and the nearest key.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { completeScenario, loadScenario, ScenarioError } from '../../../simulator/scenario/load.js';

const base = {
  description: 'a test',
  articles: { perDay: 10 },
  arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 100 }],
};

const SHAPES = 'constant, ramp, step, stairs, spike, diurnal';

function problemsOf(content: unknown): readonly string[] {
  try {
    completeScenario('x.json', content);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

async function problemsOfFile(text: string | undefined, settings: readonly string[] = []): Promise<readonly string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'sim-test-'));
  const file = join(dir, 'x.json');
  try {
    if (text !== undefined) await writeFile(file, text);
    await loadScenario(file, settings);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  } finally {
    await rm(dir, { recursive: true });
  }
}

test('the load alone is enough; all else has defaults', () => {
  const scenario = completeScenario('dir/my-day.json', base);
  assert.is(scenario.name, 'my-day');
  assert.is(scenario.seed, 42);
  assert.equal(scenario.rules.weights, { like: 3, comment: 2, view: 1, commenter: 0 });
  assert.is(scenario.producer.acks, 'all');
});

test('all problems are listed at once, each with its path', () => {
  const problems = problemsOf({
    ...base,
    seed: 'a',
    topics: { partition: 3 },
    mixx: 1,
    arrivals: [
      { name: 'd', shape: 'constant', durationHours: -1, events: 5 },
      { name: 'e', shape: 'diurnl', durationHours: 1, events: 'ten' },
      { name: 'f', shap: 'diurnal', durationHours: 1 },
    ],
    pace: 'fast',
  });
  assert.equal(problems, [
    'seed: expected number, found "a"',
    'pace: expected one of paced, max, found "fast"',
    'topics.partition: unknown key; did you mean "partitions"?',
    'arrivals[0].durationHours: Too small: expected number to be >0, found -1',
    `arrivals[1].shape: expected one of ${SHAPES}, found "diurnl"; did you mean "diurnal"?`,
    'arrivals[1].events: expected number, found "ten"',
    `arrivals[2].shape: expected one of ${SHAPES}, found nothing`,
    'arrivals[2].shap: unknown key; did you mean "shape"?',
    'mixx: unknown key; did you mean "mix"?',
  ]);
});

test('impossible wishes are refused by name', () => {
  assert.match(problemsOf({ ...base, mix: { like: 1, unlike: 2 } }).join(), 'cannot unlike what nobody likes');
  assert.match(
    problemsOf({ ...base, mix: { view: 0, like: 0, unlike: 0, comment: 0, commentDelete: 0 } }).join(),
    'every weight is 0',
  );
  assert.match(problemsOf({ ...base, rules: { zone: 'Mars' } }).join(), 'expected an IANA time zone');
  assert.match(problemsOf({ ...base, clock: { start: 'now' } }).join(), 'expected a local date-time');
  assert.match(problemsOf({ ...base, clock: { start: '2020-01-01T00:00:00' } }).join(), 'ids count from 2024');
  assert.match(
    problemsOf({ ...base, arrivals: [{ name: 'd', shape: 'constant', durationHours: 1 }] }).join(),
    'exactly one of events and eventsPerSecond',
  );
  assert.match(problemsOf({ ...base, thresholds: [{ metric: 'send', below: 5 }] }).join(), 'expected a statistic');
  assert.match(problemsOf({ ...base, producer: { idempotent: true, acks: 1 } }).join(), 'needs acks "all"');
  assert.match(problemsOf({ ...base, content: { bodySentences: { min: 4 } } }).join(), 'is larger than max');
  assert.match(
    problemsOf({ ...base, rules: { publishedAfterMinutes: -5 } }).join(),
    'publishedAfterMinutes: Too small',
  );
  const [day] = base.arrivals;
  assert.match(problemsOf({ ...base, days: 2, arrivals: [{ ...day, durationHours: 25 }] }).join(), 'at most 24');
  assert.match(problemsOf({ ...base, arrivals: [day, day] }).join(), '"day" is the name of an earlier phase');
});

test('a threshold is of a phase that exists, and of a figure that phases have', () => {
  const of = (phase: string, metric: string) =>
    problemsOf({
      ...base,
      thresholds: [{ metric, phase, below: 5, ...(metric === 'send' ? { statistic: 'p99' } : {}) }],
    });
  assert.equal(of('day', 'send'), []);
  assert.equal(of('night', 'send'), ['thresholds[0].phase: no phase is named "night"; there is day']);
  assert.equal(of('day', 'drain'), ['thresholds[0].phase: drain is measured for the whole run only']);
});

test('a missing, empty or broken file says so', async () => {
  assert.match((await problemsOfFile(undefined)).join(), 'no such file');
  assert.match((await problemsOfFile('  \n')).join(), 'is empty');
  assert.equal(await problemsOfFile('{\n  "seed": }'), ['line 2, column 11: not JSON: value expected']);
  assert.equal(await problemsOfFile('hello'), ['line 1, column 1: not JSON: invalid symbol']);
  const orphan = await problemsOfFile('{ "extends": "nowhere.json" }');
  assert.match(orphan.join(), /^extends nowhere\.json: no such file/);
});

test('comments and a trailing comma are allowed', async () => {
  const text = `// mine\n${JSON.stringify(base).slice(0, -1)},}`;
  assert.equal(await problemsOfFile(text), []);
});

test('--set patches one value and leaves the rest', async () => {
  const text = JSON.stringify({ ...base, topics: { prefix: 'mine' } });
  assert.equal(await problemsOfFile(text, ['topics.partitions=6', 'arrivals.0.events=5', 'description=hello']), []);
  assert.match((await problemsOfFile(text, ['topics.partitions=x'])).join(), 'topics.partitions');
  assert.match((await problemsOfFile(text, ['seed'])).join(), 'expected path=value');
  assert.match((await problemsOfFile(text, ['arrivals.7.events=5'])).join(), 'no item 7: the list has 1');
  assert.match((await problemsOfFile(text, ['description.x=5'])).join(), 'description holds no fields');
});

test.run();

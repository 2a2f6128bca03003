// test/simulator/scenario/load.test.ts — A scenario is complete or every problem is named, with its path and the nearest key.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ScenarioError } from '../../../simulator/errors.js';
import { completeScenario, loadScenario } from '../../../simulator/scenario/load.js';

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
    mix: { view: 0, like: 0, unlike: 0, comment: 0, commentDelete: 0 },
    content: { bodySentences: { min: 4 } },
    producer: { acks: 2 },
    faults: [{ kind: 'redis-kill', at: { progress: 5 } }],
  });
  assert.equal(problems, [
    'seed: expected number, found "a"',
    'pace: expected one of paced, max, found "fast"',
    'topics.partition: unknown key; did you mean "partitions"?',
    'producer.acks: expected one of 0, 1, all, found 2',
    'faults[0].at.progress: Too big: expected number to be <=1, found 5',
    'arrivals[0].durationHours: Too small: expected number to be >=0.0001, found -1',
    `arrivals[1].shape: expected one of ${SHAPES}, found "diurnl"; did you mean "diurnal"?`,
    'arrivals[1].events: expected number, found "ten"',
    `arrivals[2].shape: expected one of ${SHAPES}, found nothing`,
    'arrivals[2].shap: unknown key; did you mean "shape"?',
    'mixx: unknown key; did you mean "mix"?',
    'mix: every weight is 0: no events would follow',
    'content.bodySentences.min: is larger than max',
  ]);
});

test('a key of another kind is told as such, and one of several forms by all of them', () => {
  const problems = problemsOf({
    ...base,
    arrivals: [{ name: 'a', shape: 'spike', durationHours: 2, events: 10, from: 0.1, facter: 3 }],
    faults: [{ kind: 'consumer-kill', at: { progress: 0.4, phase: 'a' } }],
  });
  assert.equal(problems, [
    'faults[0].at: expected an object with progress, or phase, or time, found {"progress":0.4,"phase":"a"}',
    'arrivals[0].from: unknown key; it is of ramp, step; known here: shape, name, durationHours, events, eventsPerSecond, spacing, warmUp, factor, peakShare',
    'arrivals[0].facter: unknown key; did you mean "factor"?',
  ]);
});

test('a threshold that no run can meet, or measure, is refused', () => {
  const endToEnd = { metric: 'endToEnd', statistic: 'p99' };
  assert.equal(problemsOf({ ...base, thresholds: [{ ...endToEnd, below: -1 }] }), [
    'thresholds[0].below: Too small: expected number to be >0, found -1',
  ]);
  assert.equal(problemsOf({ ...base, pace: 'max', thresholds: [{ ...endToEnd, below: 100 }] }), [
    'thresholds[0].metric: endToEnd needs a paced run: with pace max no event has a time at which it is due',
  ]);
});

test('impossible wishes are refused by name', () => {
  assert.match(
    problemsOf({ ...base, mix: { like: 1, unlike: 2 } }).join(),
    'more likes would be taken back than given',
  );
  assert.match(
    problemsOf({ ...base, mix: { view: 0, like: 0, unlike: 0, comment: 0, commentDelete: 0 } }).join(),
    'every weight is 0',
  );
  assert.match(problemsOf({ ...base, rules: { zone: 'Mars' } }).join(), 'expected an IANA time zone');
  for (const start of ['now', '2024-11-29T00:00:00Z', '2024-11-29T00:00:00+09:00'])
    assert.match(problemsOf({ ...base, clock: { start } }).join(), 'expected a local date-time without an offset');
  assert.match(problemsOf({ ...base, clock: { start: '2020-01-01T00:00:00' } }).join(), 'ids count from 2024');
  assert.match(
    problemsOf({ ...base, arrivals: [{ name: 'd', shape: 'constant', durationHours: 1 }] }).join(),
    'exactly one of events and eventsPerSecond',
  );
  assert.match(problemsOf({ ...base, thresholds: [{ metric: 'send', below: 5 }] }).join(), 'expected a statistic');
  assert.match(problemsOf({ ...base, producer: { idempotent: true, acks: 1 } }).join(), 'needs acks "all"');
  assert.match(problemsOf({ ...base, producer: { transactional: true, acks: 1 } }).join(), 'needs acks "all"');
  const many = { ...base, producer: { transactional: true }, topics: { partitions: 33 } };
  assert.match(problemsOf(many).join(), 'producer.transactional: needs at most 32 partitions');
  assert.match(
    problemsOf({ ...base, topics: { compacted: true } }).join(),
    'topics.compacted: is not possible: compaction takes',
  );
  assert.match(problemsOf({ ...base, expect: { finding: 'lists' } }).join(), 'expect.finding');
  assert.match(problemsOf({ ...base, expect: { failing: ['lists'] } }).join(), 'needs expect.verdict fail');
  assert.match(problemsOf({ ...base, content: { bodySentences: { min: 4 } } }).join(), 'is larger than max');
  assert.match(
    problemsOf({ ...base, rules: { publishedAfterMinutes: -5 } }).join(),
    'a day cannot be published before it closes',
  );
  const [day] = base.arrivals;
  assert.match(problemsOf({ ...base, days: 2, arrivals: [{ ...day, durationHours: 25 }] }).join(), 'at most 24');
  assert.match(problemsOf({ ...base, arrivals: [day, day] }).join(), '"day" is the name of an earlier phase');
});

test('aims that could never come true are refused by name', () => {
  const of = (aim: object, fields: object = {}) => problemsOf({ ...base, ...fields, aim: [aim] }).join();
  const morning = { arrivals: [{ name: 'm', shape: 'constant', durationHours: 6, events: 100 }] };
  for (const kind of ['leaders-fall', 'ties', 'swap']) assert.is(of({ kind }, morning), '', kind);
  assert.is(of({ kind: 'midnight' }), '');
  assert.match(of({ kind: 'midnight' }, morning), 'aim[0].kind: needs the end of a day');
  assert.match(of({ kind: 'yesterday' }), 'needs time after the end of a day');
  assert.is(of({ kind: 'yesterday' }, { days: 2 }), '');
  assert.match(of({ kind: 'unlike-storm' }, morning), 'aim[0].atHour: is after the end of the load, which lasts 6');
  assert.match(of({ kind: 'viral', atHour: 24 }), 'is after the end');
  const unliked = { mix: { like: 0, unlike: 0 } };
  assert.match(of({ kind: 'unlike-storm' }, unliked), 'there are no likes');
  assert.match(of({ kind: 'leaders-fall', by: 'unlike' }, unliked), 'there are no likes');
  const undeleted = { articles: { perDay: 10, deleteRate: 0 } };
  assert.match(of({ kind: 'resurrection' }, undeleted), 'articles.deleteRate is 0');
  assert.is(
    problemsOf({ ...base, ...undeleted, aim: [{ kind: 'resurrection' }, { kind: 'leaders-fall' }] }).join(),
    '',
  );
  assert.match(of({ kind: 'ties' }, { viewsPerEvent: 100 }), 'one view event is worth 100');
  assert.match(of({ kind: 'swap' }, { rules: { weights: { view: 0 } } }), 'rules.weights.view is 0');
  assert.match(of({ kind: 'swap', ranks: [1, 10, 11] }), 'aim[0].ranks[2]: 11 and 10 share an article');
  assert.match(of({ kind: 'adjacent-ids' }, { clock: { start: '2024-01-20T00:00:00' } }), 'needs ids beyond 2^53');
  assert.is(of({ kind: 'adjacent-ids' }, { clock: { start: '2024-01-26T12:00:00' } }), '');
});

test('parts that contradict each other are refused by name', () => {
  const of = (fields: object) => problemsOf({ ...base, ...fields }).join();
  const none = { articles: { perDay: 10, older: 0 } };
  assert.match(of({ ...none, popularity: { olderShare: 0.5 } }), 'popularity.olderShare: has no articles to go to');
  const single = { topics: { partitions: 1 }, popularity: { hotPartitionShare: 0.5 } };
  assert.match(of(single), 'popularity.hotPartitionShare: needs more than one partition');
  assert.match(of({ thresholds: [{ metric: 'drain', below: 5, above: 10 }] }), 'no figure is below 5 and above 10');
  const fault = { kind: 'redis-kill', at: { time: '2024-10-03T00:00:00' } };
  assert.match(of({ faults: [fault] }), 'faults[0].at.time: is not within the time of the load');
});

test('the start may be written in a zone of its own', () => {
  const clock = { start: '2024-10-01T00:00:00', zone: 'UTC' };
  assert.is(completeScenario('x.json', { ...base, clock }).clock.zone, 'UTC');
  assert.match(problemsOf({ ...base, clock: { zone: 'Mars' } }).join(), 'clock.zone: expected an IANA time zone');
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

test('a key given twice is told, with its line', async () => {
  const text = '{\n  "seed": 1,\n  "topics": { "seed": 2 },\n  "seed": 3\n}';
  assert.equal(await problemsOfFile(text), ['line 4: the key "seed" is given twice']);
});

test('comments, a trailing comma and a byte order mark are allowed', async () => {
  const text = `\uFEFF// mine\n${JSON.stringify(base).slice(0, -1)},}`;
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

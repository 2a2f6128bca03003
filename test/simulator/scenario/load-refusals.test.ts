// test/simulator/scenario/load-refusals.test.ts — What is wrong with a scenario, or with a patch of one, is told in a sentence, with exit code 64.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ScenarioError } from '../../../simulator/errors.js';
import { completeScenario, loadMatrix } from '../../../simulator/scenario/load.js';
import { temporaryFolder } from '../../support/sim.js';

const day = { name: 'day', shape: 'constant', durationHours: 24, events: 100 };
const base = { description: 'a test', articles: { perDay: 10 }, arrivals: [day] };
const evening = [...Array(12).fill(0), ...Array(12).fill(1)];
const noWeights = { like: 0, comment: 0, view: 0, commenter: 0 };
const created = { time: '2024-10-01T12:00:00', type: 'ARTICLE_CREATED', payload: { articleId: 1 } };
const given = (event: object) => ({ description: 'a test', events: [event] });

const refusals: readonly (readonly [name: string, content: unknown, sentence: string])[] = [
  ['no fields', {}, 'description: expected string, found nothing'],
  ['a list', [], 'expected object'],
  ['null', null, 'expected object, found null'],
  ['an empty description', { ...base, description: '' }, 'description: Too small'],
  ['a seed that is a text', { ...base, seed: 'x' }, 'seed: expected number'],
  ['a seed below 0', { ...base, seed: -1 }, 'seed: Too small'],
  ['a seed with a fraction', { ...base, seed: 1.5 }, 'seed: '],
  ['a seed of more than 32 bits', { ...base, seed: 2 ** 32 }, 'seed: Too big'],
  ['a constructor', { ...base, constructor: {} }, 'constructor: unknown key'],
  ['toString as a key', { ...base, toString: 1 }, 'toString: unknown key'],
  ['no arrivals', { ...base, arrivals: [] }, 'arrivals: Too small'],
  ['arrivals that are an object', { ...base, arrivals: {} }, 'arrivals: expected array'],
  ['2,000 phases', { ...base, arrivals: Array(2000).fill(day) }, 'arrivals: Too big'],
  ['a phase without events', { ...base, arrivals: [{ ...day, events: 0 }] }, 'arrivals[0].events: Too small'],
  ['a phase of no time', { ...base, arrivals: [{ ...day, durationHours: 0 }] }, 'durationHours: Too small'],
  ['half an event', { ...base, arrivals: [{ ...day, events: 0.5 }] }, 'arrivals[0].events: '],
  ['a shape that is none', { ...base, arrivals: [{ ...day, shape: 'flat' }] }, 'arrivals[0].shape: expected one of'],
  ['a phase without a name', { ...base, arrivals: [{ ...day, name: '' }] }, 'arrivals[0].name: Too small'],
  ['stairs with one step', { ...base, arrivals: [{ ...day, shape: 'stairs', steps: 1 }] }, 'steps: Too small'],
  [
    '23 weights of hours',
    { ...base, arrivals: [{ ...day, shape: 'diurnal', hourlyWeights: Array(23).fill(1) }] },
    'hourlyWeights: ',
  ],
  ['no days', { ...base, days: 0 }, 'days: Too small'],
  ['a thousand days', { ...base, days: 1000 }, 'days: Too big'],
  ['a scale of 0', { ...base, scale: 0 }, 'scale: Too small'],
  ['no partitions', { ...base, topics: { partitions: 0 } }, 'topics.partitions: Too small'],
  ['a thousand partitions', { ...base, topics: { partitions: 1000 } }, 'topics.partitions: Too big'],
  ['a prefix with a blank', { ...base, topics: { prefix: 'a b' } }, 'topics.prefix: '],
  ['a prefix of 300 letters', { ...base, topics: { prefix: 'a'.repeat(300) } }, 'topics.prefix: '],
  [
    'more replicas in sync than there are',
    { ...base, topics: { minInSyncReplicas: 2 } },
    'is larger than replicationFactor',
  ],
  ['a zone that is none', { ...base, rules: { zone: 'Mars/Base' } }, 'rules.zone: expected an IANA time zone'],
  ['an empty zone', { ...base, rules: { zone: '' } }, 'rules.zone: expected an IANA time zone'],
  ['a list without rows', { ...base, rules: { top: 0 } }, 'rules.top: Too small'],
  ['a weight below 0', { ...base, rules: { weights: { like: -1 } } }, 'rules.weights.like: Too small'],
  ['a weight beyond exact scores', { ...base, rules: { weights: { like: 1e15 } } }, 'rules.weights.like: Too big'],
  ['a history of an age', { ...base, rules: { historyDays: 1e9 } }, 'rules.historyDays: Too big'],
  ['a publication in years', { ...base, rules: { publishedAfterMinutes: 1e9 } }, 'publishedAfterMinutes: Too big'],
  ['a start that is none', { ...base, clock: { start: 'tomorrow' } }, 'clock.start: expected a local date-time'],
  ['the 30th of February', { ...base, clock: { start: '2025-02-30T00:00:00' } }, 'clock.start: expected a local'],
  ['a start before ids', { ...base, clock: { start: '1999-01-01T00:00:00' } }, 'clock.start: is too early'],
  ['a start after ids', { ...base, clock: { start: '2150-01-01T00:00:00' } }, 'clock.start: is too late'],
  ['the year 10000', { ...base, clock: { start: '+010000-01-01T00:00:00' } }, 'clock.start: '],
  ['no speed', { ...base, clock: { speed: 0 } }, 'clock.speed: Too small'],
  ['a speed backwards', { ...base, clock: { speed: -1 } }, 'clock.speed: Too small'],
  ['no consumers', { ...base, consumers: 0 }, 'consumers: Too small'],
  ['a hundred consumers', { ...base, consumers: 100 }, 'consumers: Too big'],
  ['a drain of years', { ...base, drainTimeoutSeconds: 1e9 }, 'drainTimeoutSeconds: Too big'],
  ['a send that waits for weeks', { ...base, producer: { deliveryTimeoutMs: 1e10 } }, 'deliveryTimeoutMs: Too big'],
  ['acks of two', { ...base, producer: { acks: 2 } }, 'producer.acks: expected one of 0, 1, all'],
  [
    'a compression that is none',
    { ...base, producer: { compression: 'rar' } },
    'producer.compression: expected one of',
  ],
  ['shares beyond 1', { ...base, popularity: { olderShare: 2 } }, 'popularity.olderShare: Too big'],
  ['a delay of years', { ...base, delivery: { late: { byMinutes: 1e9 } } }, 'delivery.late.byMinutes: Too big'],
  ['a skew of years', { ...base, delivery: { skewSeconds: { like: 1e9 } } }, 'delivery.skewSeconds.like: Too big'],
  ['a lane that is none', { ...base, delivery: { wrongClocks: [{ lane: 9, seconds: 1 }] } }, 'there are lanes 0 to 2'],
  ['an aim that is none', { ...base, aim: [{ kind: 'win' }] }, 'aim[0].kind: expected one of'],
  [
    'a fault that is none',
    { ...base, faults: [{ kind: 'fire', at: { progress: 0.5 } }] },
    'faults[0].kind: expected one of',
  ],
  ['a fault at no time', { ...base, faults: [{ kind: 'redis-kill' }] }, 'expected either at or during'],
  [
    'a target that is none',
    { ...base, faults: [{ kind: 'consumer-kill', target: 'me', at: { progress: 0.5 } }] },
    'expected consumer:random',
  ],
  [
    'a fault of hours',
    { ...base, faults: [{ kind: 'redis-kill', at: { progress: 0.5 }, forSeconds: 1e9 }] },
    'forSeconds: Too big',
  ],
  ['a threshold without a bound', { ...base, thresholds: [{ metric: 'drain' }] }, 'expected below or above'],
  [
    'a metric that is none',
    { ...base, thresholds: [{ metric: 'luck', below: 1 }] },
    'thresholds[0].metric: expected one of',
  ],
  [
    'a finding that is none',
    { ...base, expect: { verdict: 'fail', finding: 'TRIM_LOS' } },
    'did you mean "TRIM_LOSS"?',
  ],
  ['a check that is none', { ...base, expect: { verdict: 'fail', failing: ['list'] } }, 'did you mean "lists"?'],
  ['a phase of no length', { ...base, arrivals: [{ ...day, durationHours: 1e-300 }] }, 'durationHours: Too small'],
  ['a phase with a name of a page', { ...base, arrivals: [{ ...day, name: 'n'.repeat(101) }] }, 'name: Too big'],
  ['weights beyond doubles', { ...base, arrivals: [{ ...day, shape: 'ramp', from: 1e300 }] }, 'from: Too big'],
  ['a mix beyond doubles', { ...base, mix: { view: 1e308 } }, 'mix.view: Too big'],
  [
    'a phase in the hours that have no weight',
    { ...base, arrivals: [{ ...day, durationHours: 2, shape: 'diurnal', hourlyWeights: evening }] },
    'arrivals[0].hourlyWeights: every weight of the hours that the phase plays is 0',
  ],
  [
    'a curve in the hours that have no weight',
    { ...base, arrivals: [{ ...day, shape: 'diurnal', hourlyWeights: evening, curve: { fromHour: 1, hours: 2 } }] },
    'arrivals[0].hourlyWeights: every weight',
  ],
  ['rules by which no article has a score', { ...base, rules: { weights: noWeights } }, 'rules.weights: every weight'],
  ['a zone of this machine', { ...base, rules: { zone: 'local' } }, 'rules.zone: expected an IANA time zone'],
  ['a zone that is an offset', { ...base, rules: { zone: 'UTC+9' } }, 'rules.zone: expected an IANA time zone'],
  ['a start that is a time of today', { ...base, clock: { start: 'T10:00' } }, 'clock.start: expected a local'],
  ['a start that is a week', { ...base, clock: { start: '2024-W40' } }, 'clock.start: expected a local'],
  ['a start before our era', { ...base, clock: { start: '-000001-01-01T00:00:00' } }, 'clock.start: expected a local'],
  ['a start in the year 0', { ...base, clock: { start: '0000-01-01T00:00:00' } }, 'clock.start: is too early'],
  ['a verdict that is none', { ...base, expect: { verdict: 'maybe' } }, 'expect.verdict: expected one of'],
  [
    'a matrix of equal names',
    {
      ...base,
      matrix: [
        { name: 'a', set: {} },
        { name: 'a', set: {} },
      ],
    },
    'matrix[1].name: is like that of another',
  ],
  [
    'a name that leads out of the folder',
    { ...base, matrix: [{ name: '../../x', set: {} }] },
    'matrix[0].name: expected up to 60',
  ],
  ['no events at all', { description: 'a test', events: [] }, 'events: Too small'],
  ['events that are a text', { description: 'a test', events: 'x' }, 'events: expected array'],
  ['an event without a time', given({ ...created, time: undefined }), 'events[0].time: expected'],
  [
    'an event with parts of a microsecond',
    given({ ...created, time: '2024-10-01T12:00:00.9999999' }),
    'events[0].time: expected a date-time',
  ],
  ['an event in the year 9999', given({ ...created, time: '9999-12-31T23:59:59' }), 'from 1970 to 9997'],
  ['an event before 1970', given({ ...created, time: '1960-01-01T00:00:00' }), 'from 1970 to 9997'],
  [
    'events that take a year to send',
    { description: 'a test', clock: { speed: 1 }, events: [created, { ...created, time: '2025-10-01T12:00:00' }] },
    'clock.speed: makes the load last 365 days of wall time',
  ],
  [
    'a start of events before our era',
    { ...given(created), clock: { start: '-000001-01-01T00:00:00' } },
    'clock.start',
  ],
  ['a start of events that is a time of today', { ...given(created), clock: { start: 'T10:00' } }, 'clock.start'],
  ['a type that is none', given({ ...created, type: 'ARTICLE_READ' }), 'events[0].type: expected one of'],
  [
    'an id beyond 64 bits',
    given({ ...created, payload: { articleId: '9223372036854775808' } }),
    'expected a 64-bit id',
  ],
  ['an id of 0', given({ ...created, payload: { articleId: 0 } }), 'expected a 64-bit id'],
  ['a partition that is none', given({ ...created, partition: 7 }), 'partitions go from 0 to 2'],
  [
    'a raw record of nothing',
    given({ time: created.time, type: 'RAW', topic: 'like' }),
    'expected exactly one of text and base64',
  ],
  [
    'bytes that are no base64',
    given({ time: created.time, type: 'RAW', topic: 'like', base64: '?' }),
    'expected bytes in base64',
  ],
  ['articles beside events', { ...given(created), articles: { perDay: 1 } }, 'articles: cannot be given beside events'],
];
for (const [name, content, sentence] of refusals) {
  test(`${name}: refused`, () => expectRefusal(() => completeScenario('x.json', content), sentence));
}

test('a file with a hundred thousand unknown keys is refused in time, and in some lines', () => {
  const content = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, 1]));
  try {
    completeScenario('x.json', content);
    assert.unreachable('it was accepted');
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    assert.ok(error.problems.length <= 101, String(error.problems.length));
  }
});

const folder = temporaryFolder();
test.after(() => folder.remove());
const file = join(folder.path, 'base.json');
writeFileSync(file, JSON.stringify(base));

const patches: readonly (readonly [patch: string, sentence: string])[] = [
  ['seed', 'expected path=value'],
  ['=1', 'expected path=value'],
  ['...=1', 'not a path'],
  ['__proto__.seed=1', 'not a path'],
  ['seed.a=1', 'seed'],
  ['sed=1', 'sed: unknown key; did you mean "seed"?'],
  ['seed=x', 'seed: expected number, found "x"'],
  ['arrivals.5.events=1', 'no item 5: the list has 1'],
  ['arrivals.x.events=1', 'no item x'],
  ['arrivals.-1.events=1', 'no item -1'],
  ['arrivals.0.events=1e999', 'arrivals[0].events: expected number, found Infinity'],
  ['topics={"partitions":', 'topics: expected object'],
  ['extends=other.json', 'extends'],
];
for (const [patch, sentence] of patches) {
  test(`--set ${patch}: refused`, () => expectRefusal(() => loadMatrix(file, [patch]), sentence));
}

async function expectRefusal(work: () => unknown, sentence: string): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    assert.is(error.exitCode, 64);
    assert.ok(
      error.problems.some((problem) => problem.includes(sentence)),
      error.problems.join('\n'),
    );
    return;
  }
  assert.unreachable('it was accepted');
}

test.run();

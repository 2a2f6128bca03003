// test/simulator/scenario/limits.test.ts — A load that ids, timers or memory would not hold is refused when it is loaded.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ScenarioError } from '../../../simulator/errors.js';
import { completeScenario } from '../../../simulator/scenario/load.js';

const day = { name: 'day', shape: 'constant', durationHours: 24, events: 1000 };
const base = { description: 'a test', articles: { perDay: 10 }, arrivals: [day] };

function problemsOf(fields: object): readonly string[] {
  try {
    completeScenario('x.json', { ...base, ...fields });
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

test('a thousand million events are the most', () => {
  assert.equal(problemsOf({ arrivals: [{ ...day, events: 1e9 }] }), []);
  const problem = 'at most 1,000,000,000 can be played';
  assert.equal(problemsOf({ arrivals: [{ ...day, events: 1e15 }] }), [`arrivals: come to 1.0e+15 events; ${problem}`]);
  assert.equal(problemsOf({ arrivals: [{ ...day, events: 1e9 }], scale: 2 }), [
    `arrivals: come to 2,000,000,000 events; ${problem}`,
  ]);
  const perSecond = { name: 'day', shape: 'constant', durationHours: 24, eventsPerSecond: 1e9 };
  assert.equal(problemsOf({ arrivals: [perSecond] }), [`arrivals: come to 60,000,000,000 events; ${problem}`]);
});

test('articles are limited, unless fewer events than that create them', () => {
  const articles = { perDay: 1e12 };
  assert.equal(problemsOf({ articles }), []);
  assert.equal(problemsOf({ articles, arrivals: [{ ...day, events: 1e9 }] }), [
    'articles.perDay: comes to 1,000,000,000,000 articles; at most 100,000,000 can be held',
  ]);
});

test('a paced load lasts at most as long as timers hold', () => {
  assert.equal(problemsOf({ clock: { speed: 1 / 24 } }), []);
  assert.equal(problemsOf({ clock: { speed: 1 / 25 } }), [
    'clock.speed: makes the load last 25 days of wall time; at most 24',
  ]);
  assert.equal(problemsOf({ clock: { speed: 1e-9 }, pace: 'max' }), []);
});

test('a load ends before 64-bit ids do', () => {
  assert.equal(problemsOf({ clock: { start: '2093-09-01T00:00:00' } }), []);
  for (const start of ['2093-09-04T00:00:00', '2150-01-01T00:00:00', '9999-12-31T00:00:00']) {
    assert.equal(problemsOf({ clock: { start } }), [
      'clock.start: is too late: 64-bit ids hold times until 2093-09-03T15:47:35.552Z',
    ]);
  }
});

test('a load lasts at most a year of event time', () => {
  const arrivals = Array.from({ length: 3 }, (_, index) => ({ ...day, name: `${index}`, durationHours: 8000 }));
  const popularity = { attentionHalfLifeHours: 100 };
  assert.equal(problemsOf({ arrivals, popularity }), [
    'arrivals: last 24000 hours; at most 8784, a year, can be played',
  ]);
  assert.match(problemsOf({ arrivals: [{ ...day, durationHours: 1e300 }] }).join(), 'expected number to be <=8784');
});

test.run();

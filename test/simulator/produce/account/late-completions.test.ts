// test/simulator/produce/account/late-completions.test.ts — An event that was due before a publication and sent after it need not count.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../../contract/calendar.js';
import { Kind } from '../../../../contract/kind.js';
import { DEFAULT_RULES } from '../../../../contract/rules.js';
import { LaneTruth } from '../../../../simulator/produce/account/lane-truth.js';
import { judgedAtOf, LateCompletions } from '../../../../simulator/produce/account/late-completions.js';

const calendar = new Calendar(DEFAULT_RULES);
const day = calendar.span('20241001');
const publishedAtMs = calendar.publishedAtMs('20241001');

test('only a send that ends on the other side of a publication is judged by its end', () => {
  const sends = new LateCompletions(calendar, [day]);
  assert.is(sends.judgedAt(1, day.endMs, publishedAtMs - 1), day.endMs);
  assert.is(sends.judgedAt(2, publishedAtMs, publishedAtMs + 5000), publishedAtMs);
  assert.is(sends.judgedAt(3, day.endMs, undefined), day.endMs);
  assert.equal(sends.all, []);
  assert.is(sends.judgedAt(4, publishedAtMs - 1, publishedAtMs), publishedAtMs);
  assert.equal(sends.all, [{ version: 4, dueMs: publishedAtMs - 1, endedMs: publishedAtMs }]);
  const judgedAt = judgedAtOf([{ lane: 7, lateCompletions: sends.all }, { lane: 8 }]);
  assert.is(judgedAt({ lane: 7, version: 4, dueMs: publishedAtMs - 1 }), publishedAtMs);
  assert.is(judgedAt({ lane: 8, version: 4, dueMs: publishedAtMs - 1 }), publishedAtMs - 1);
  assert.is(judgedAt({ lane: 7, version: 4, dueMs: day.endMs }), day.endMs);
});

test('of several publications the last one before its end decides', () => {
  const days = [day, calendar.span('20241002')];
  const [first = 0, second = 0] = days.map((one) => calendar.publishedAtMs(one.day));
  const sends = new LateCompletions(calendar, days);
  assert.is(sends.judgedAt(1, first + 1, second), second);
  assert.is(sends.judgedAt(2, first + 1, second - 1), first + 1);
  assert.is(sends.judgedAt(3, first - 1, second - 1), second - 1);
  assert.equal(
    sends.all.map(({ version }) => version),
    [1, 3],
  );
});

test('without such a send all are judged by when they were due', () => {
  assert.is(judgedAtOf([{ lane: 0 }, { lane: 1, lateCompletions: [] }])({ lane: 0, version: 1, dueMs: 7 }), 7);
});

test('such a send may count or not', () => {
  const sends = new LateCompletions(calendar, [day]);
  const truth = new LaneTruth(1, calendar, [day]);
  const event = { kind: Kind.viewed, article: 0, count: 5, version: 2 };
  const dueMs = sends.judgedAt(2, day.endMs - 1, publishedAtMs + 60_000);
  truth.settle('ok', event, { eventMs: day.endMs - 1, createdMs: day.startMs, dueMs });
  assert.equal(truth.maybes, [event]);
});

test.run();

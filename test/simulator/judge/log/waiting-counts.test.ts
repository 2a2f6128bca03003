// test/simulator/judge/log/waiting-counts.test.ts — What waits for the creation of its article: the newest of each day and counter, and all that was late.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type WaitingCount, WaitingCounts } from '../../../../simulator/judge/log/waiting-counts.js';

const DAY = '20241001';
const count = (eventId: string, fields: Partial<WaitingCount> = {}): WaitingCount => ({
  counter: 0,
  count: Number(eventId),
  eventId,
  day: DAY,
  isLate: false,
  ...fields,
});

function waiting(...counts: readonly WaitingCount[]): readonly string[] {
  const all = new WaitingCounts();
  for (const one of counts) all.add('7', one);
  return all.take('7').map(({ eventId }) => eventId);
}

test('of one day and counter only the newest waits, whichever comes last', () => {
  assert.equal(waiting(count('9'), count('10')), ['10']);
  assert.equal(waiting(count('10'), count('9')), ['10']);
  assert.equal(waiting(count('5', { counter: 1 }), count('9'), count('10')), ['5', '10']);
});

test('of what comes twice the first stands', () => {
  const all = new WaitingCounts();
  all.add('7', count('9', { count: 1 }));
  all.add('7', count('9', { count: 2 }));
  assert.equal(all.take('7'), [count('9', { count: 1 })]);
});

test('other counters and other days wait beside it', () => {
  const others = [count('1'), count('2', { counter: 1 }), count('3', { counter: 2 }), count('4', { day: '20241002' })];
  assert.equal(waiting(...others), ['1', '2', '3', '4']);
});

test('what was late waits beside what was in time, as it may count or not', () => {
  const late = (eventId: string) => count(eventId, { isLate: true });
  assert.equal(waiting(count('1'), late('2'), late('3')), ['1', '2', '3']);
  assert.equal(waiting(late('2'), count('1'), late('3'), count('4')), ['2', '4', '3']);
});

test('each article has its own, and gives them once', () => {
  const all = new WaitingCounts();
  all.add('7', count('1'));
  all.add('8', count('2'));
  assert.equal(all.take('7'), [count('1')]);
  assert.equal(all.take('7'), []);
  assert.equal(all.take('8'), [count('2')]);
});

test.run();

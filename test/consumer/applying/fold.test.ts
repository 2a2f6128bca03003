// test/consumer/applying/fold.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Status } from '../../../consumer/applying/article-state.js';
import { Fold, type FoldedDays } from '../../../consumer/applying/fold.js';
import { Calendar } from '../../../contract/calendar.js';
import { DecodeError } from '../../../contract/codec.js';
import type { HotEvent } from '../../../contract/events.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';

const ID = '9007199254740993';
const BASE = { articleId: ID, eventId: '1' };
const created: HotEvent = { ...BASE, type: 'ARTICLE_CREATED', createdDay: '20241001', title: '' };
const deleted: HotEvent = { ...BASE, type: 'ARTICLE_DELETED', createdDay: '20241001', title: '' };
const viewed = (eventId: string, count: number): HotEvent => ({ ...BASE, type: 'ARTICLE_VIEWED', eventId, count });

/** Korean local time. */
const at = (local: string) => Date.parse(`${local}+09:00`);

function folded(...events: readonly (readonly [HotEvent, string])[]): FoldedDays {
  const fold = new Fold(new Calendar(DEFAULT_RULES), DEFAULT_RULES);
  for (const [event, local] of events) fold.add(event, at(local));
  return fold.take();
}

function statusOf(days: FoldedDays): Status | undefined {
  return days.get('20241001')?.get(ID)?.status;
}

test('the day of a count is that of its event time in the zone, to the millisecond', () => {
  const days = folded([viewed('5', 8), '2024-10-01T23:59:59.999'], [viewed('6', 9), '2024-10-02T00:00:00.000']);
  assert.equal(
    [...days].map(([day, articles]) => [day, articles.get(ID)?.counts]),
    [
      ['20241001', [-1, -1, 8]],
      ['20241002', [-1, -1, 9]],
    ],
  );
});

test('the count with the highest event id stands, in whatever order they come', () => {
  const days = folded([viewed('10', 5), '2024-10-01T10:00:00'], [viewed('9', 6), '2024-10-01T11:00:00']);
  assert.equal(days.get('20241001')?.get(ID)?.counts, [-1, -1, 5]);
});

test('a creation belongs to the day in its payload, whenever the record was made', () => {
  assert.is(statusOf(folded([created, '2024-10-03T10:00:00'])), Status.created);
});

test('a deletion before publication is one for good; at publication it leaves a gap', () => {
  assert.is(statusOf(folded([deleted, '2024-10-02T00:59:59.999'], [created, '2024-10-01T09:00:00'])), Status.deleted);
  assert.is(statusOf(folded([deleted, '2024-10-02T01:00:00'], [created, '2024-10-01T09:00:00'])), Status.withdrawn);
});

test('an update says nothing', () => {
  assert.is(folded([{ ...created, type: 'ARTICLE_UPDATED' }, '2024-10-01T10:00:00']).size, 0);
});

test('what was taken is gone', () => {
  const fold = new Fold(new Calendar(DEFAULT_RULES), DEFAULT_RULES);
  fold.add(created, at('2024-10-01T10:00:00'));
  assert.is(fold.articles, 1);
  fold.take();
  assert.equal([fold.articles, fold.take().size], [0, 0]);
});

test('times that are none are refused', () => {
  const fold = new Fold(new Calendar(DEFAULT_RULES), DEFAULT_RULES);
  for (const timeMs of [-1, Number.NaN, 1e15]) {
    assert.throws(
      () => fold.add(created, timeMs),
      (error: unknown) => error instanceof DecodeError,
    );
  }
  assert.throws(() => fold.add({ ...created, createdDay: '20241332' }, 0), /20241332 is not a date/);
});

test.run();

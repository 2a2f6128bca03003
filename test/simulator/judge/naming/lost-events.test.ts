// test/simulator/judge/naming/lost-events.test.ts — Counts that miss later events are named by what was broken; anything else is not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FaultResult } from '../../../../simulator/history/fault-result.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import type { ObservedCommits } from '../../../../simulator/history/observed-commits.js';
import { DayEnd } from '../../../../simulator/judge/naming/day-end.js';
import { GivenCounts } from '../../../../simulator/judge/naming/given-counts.js';
import { type Circumstances, lostEvents } from '../../../../simulator/judge/naming/lost-events.js';
import type { FoundDay } from '../../../../simulator/judge/naming/shown-facts.js';
import type { VariantFold } from '../../../../simulator/judge/naming/variant-fold.js';
import { type Counts, calendar, DAY, foldOf, logOf, rules, shownBy } from './hand-fold.js';

const COUNTS: Counts = { '100': [3, 2, 9], '101': [1, 1, 4] };
const log = logOf(COUNTS);
const base = foldOf(log);
const given = new GivenCounts(new Set(Object.keys(COUNTS)));
for (const one of log) given.add(one);

function dayEndOf(found: readonly FoundDay[], events: readonly LogEvent[]): DayEnd {
  const dayEnd = new DayEnd(found, calendar, new Set(Object.keys(COUNTS)));
  for (const one of events) dayEnd.add(one);
  return dayEnd;
}

const broken = (kind: string, lastedMs = 1000): FaultResult => ({
  kind,
  target: 'it',
  injectedAtMs: 5000,
  healedAtMs: 5000 + lastedMs,
});

function namesOf(
  shown: Counts,
  {
    faults = [],
    wasPublished = false,
    events = log,
    right = base,
    commits = [],
  }: {
    readonly faults?: readonly FaultResult[];
    readonly wasPublished?: boolean;
    readonly events?: readonly LogEvent[];
    readonly right?: VariantFold;
    readonly commits?: readonly ObservedCommits[];
  },
): string[] {
  const list = Object.entries(shown)
    .map(([articleId, [like, comment, view]]) => ({ articleId, score: 3 * like + 2 * comment + view }))
    .sort((a, b) => b.score - a.score);
  const found = [{ day: DAY, list, counts: shownBy(shown) }];
  const circumstances: Circumstances = {
    rules,
    faults,
    sessionTimeoutMs: 6000,
    commits,
    wasPublished: () => wasPublished,
  };
  return lostEvents(found, { base: right, given, dayEnd: dayEndOf(found, events) }, circumstances).map(
    ({ name }) => name,
  );
}

const OLDER: Counts = { ...COUNTS, '100': [3, 2, 7] };

test('what was broken names it', () => {
  assert.equal(namesOf(OLDER, { faults: [broken('redis-flush')] }), ['STORE_ROLLBACK']);
  assert.equal(namesOf(OLDER, { faults: [broken('consumer-kill')] }), ['LOST_AFTER_COMMIT', 'COMMIT_GAP']);
  assert.equal(namesOf(OLDER, { faults: [broken('consumer-pause', 9000)] }), ['ZOMBIE_WRITE']);
});

test('a pause that is shorter than the session makes no zombie', () => {
  assert.equal(namesOf(OLDER, { faults: [broken('consumer-pause', 2000)] }), []);
});

/** Every record before this offset of the only partition. */
const committed = (atMs: number, next: number): ObservedCommits => ({
  atMs,
  committed: [[next]],
  latest: [[log.length]],
});

test('what was lost before later records that count, long before anything broke, was not lost by that', () => {
  for (const kind of ['redis-flush', 'consumer-kill']) {
    const namesWith = (one: ObservedCommits) => namesOf(OLDER, { faults: [broken(kind)], commits: [one] });
    assert.equal(namesWith(committed(0, log.length)), []);
    assert.ok(namesWith(committed(0, 0)).length > 0);
    // Work that was committed shortly before can have been under way.
    assert.ok(namesWith(committed(4000, log.length)).length > 0);
  }
});

test('a partition of which nothing counts was not read, rather than read too late', () => {
  const elsewhere = log.map((one) => (one.event?.articleId === '101' ? { ...one, partition: 1 } : one));
  assert.equal(namesOf({ '100': [3, 2, 9] }, { events: elsewhere }), []);
});

test('without a fault only an early publication can be the cause', () => {
  assert.equal(namesOf(OLDER, {}), []);
  assert.equal(namesOf(OLDER, { wasPublished: true }), ['EARLY_SERVE']);
});

const LAST_LOST: Counts = { ...COUNTS, '101': [1, 1, 2] };

test('when just what was read last is missing, it may have been read on the next day', () => {
  assert.equal(namesOf(LAST_LOST, {}), ['PROC_TIME_DAY']);
  assert.equal(namesOf({ '100': [3, 2, 9] }, {}), ['PROC_TIME_DAY']);
  assert.equal(namesOf(LAST_LOST, { wasPublished: true }), ['PROC_TIME_DAY', 'EARLY_SERVE']);
});

test('places are looked at one by one', () => {
  const elsewhere = log.map((one) => (one.event?.articleId === '101' ? { ...one, partition: 1 } : one));
  assert.equal(namesOf({ '100': [3, 2, 7], '101': [1, 1, 4] }, { events: elsewhere }), ['PROC_TIME_DAY']);
  assert.equal(namesOf({ '100': [3, 1, 9], '101': [1, 1, 4] }, { events: elsewhere }), []);
});

test('what was sent on the next day and counts was not processed before', () => {
  const late = log.map((one) => ({ ...one, dueMs: one.dueMs + 86_400_000 }));
  assert.equal(namesOf(LAST_LOST, { events: late }), []);
});

test('counts of 0 beside others, at the end of the day, were written without those that had expired', () => {
  const lateFor = (articleId: string, byMs: number) =>
    log.map((one) => (one.event?.articleId === articleId ? { ...one, dueMs: calendar.span(DAY).endMs + byMs } : one));
  const torn: Counts = { ...COUNTS, '100': [0, 0, 9] };
  assert.equal(namesOf(torn, { events: lateFor('100', -3_600_000) }), ['TORN_EXPIRY']);
  assert.equal(namesOf(torn, { events: lateFor('100', -3_600_001) }), []);
  assert.equal(namesOf({ ...COUNTS, '100': [0, 1, 9] }, { events: lateFor('100', 0) }), []);
  assert.equal(namesOf({ ...COUNTS, '100': [0, 0, 0] }, { events: lateFor('100', 0) }), []);
});

test('for a count that several events carry it is unknown which of them counted', () => {
  // Two events gave 2 views: the one before the lost ones, or the last of all.
  const last = log.at(-1);
  assert.ok(last);
  const again = { ...last, offset: log.length, event: { ...last.event, eventId: '999', count: 2 } } as LogEvent;
  assert.equal(namesOf(LAST_LOST, { events: [...log, again] }), []);
});

test('a fault that never came names nothing', () => {
  const never = { ...broken('consumer-kill'), injectedAtMs: null, healedAtMs: null };
  assert.equal(namesOf(OLDER, { faults: [never] }), []);
});

test('counts that are right, or that no event ever gave, are no loss', () => {
  assert.equal(namesOf(COUNTS, { faults: [broken('consumer-kill')] }), []);
  assert.equal(namesOf({ ...COUNTS, '100': [3, 2, 10] }, { faults: [broken('consumer-kill')] }), []);
});

test('a deletion may be among what is missing, and alone is something else', () => {
  const last = log.at(-1);
  assert.ok(last);
  const deletion = { eventId: '999', type: 'ARTICLE_DELETED', articleId: '100', createdDay: DAY, title: 'a' } as const;
  const right = foldOf([...log, { ...last, offset: log.length, event: deletion }]);
  const faults = [broken('consumer-kill')];
  assert.equal(namesOf({ '100': [3, 2, 9], '101': [1, 0, 4] }, { faults, right }), ['LOST_AFTER_COMMIT', 'COMMIT_GAP']);
  assert.equal(namesOf(COUNTS, { faults, right }), []);
});

test.run();

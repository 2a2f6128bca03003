// test/simulator/produce/account/lane-truth.test.ts — What must be true of an article, by when its events were sent, how the sends ended, and which day they are of.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import type { Maybe, SendEnd } from '../../../../simulator/history/lane-result.js';
import {
  articleTruth,
  LaneTruth,
  maybesByArticle,
  type Sent,
} from '../../../../simulator/produce/account/lane-truth.js';
import { calendar, day } from '../../judge/histories.js';

const next = calendar.span('20241002');
const PUBLISHED_MS = calendar.publishedAtMs(day.day);
const NOON_MS = day.startMs + 43_200_000;
const ARTICLES = 2;

interface Step extends Partial<Sent> {
  readonly kind: number;
  readonly end?: SendEnd;
  readonly eventMs?: number;
  readonly dueMs?: number;
  readonly createdMs?: number;
}

/** Steps are of article 1 by default; the version is the position, from 1. */
function settled(steps: readonly Step[], writers?: LaneTruth['writers']): LaneTruth {
  const truth = new LaneTruth(ARTICLES, calendar, [day, next]);
  truth.writers = writers;
  for (const [index, { end = 'ok', eventMs = NOON_MS, dueMs, createdMs = day.startMs, ...event }] of steps.entries())
    truth.settle(
      end,
      { article: 1, count: 0, version: index + 1, ...event },
      { eventMs, createdMs, dueMs: dueMs ?? eventMs },
    );
  return truth;
}

function truthOf(truth: LaneTruth, article = 1) {
  const lane = {
    lane: 0,
    articles: ARTICLES,
    createdMs: new Float64Array(ARTICLES),
    ids: new BigUint64Array(ARTICLES),
    truth,
  };
  return articleTruth(lane, article, maybesByArticle(lane).get(article) ?? []);
}

const statesOf = (...steps: readonly Step[]) => {
  const { created, deleted, withdrawn } = truthOf(settled(steps));
  return [created, deleted, withdrawn];
};
const rangesOf = (...steps: readonly Step[]) => {
  const { like, comment, view } = truthOf(settled(steps));
  return [like, comment, view].map(({ low, high }) => (low === high ? low : `${low} to ${high}`));
};

const [created, deleted] = [{ kind: Kind.created }, { kind: Kind.deleted }];
const viewed = (count: number, fields: Partial<Step> = {}): Step => ({ kind: Kind.viewed, count, ...fields });

test('an article without events has no counts', () => {
  assert.equal(truthOf(settled([created]), 0), {
    created: 'no',
    deleted: 'no',
    withdrawn: 'no',
    like: { low: 0, high: 0 },
    comment: { low: 0, high: 0 },
    view: { low: 0, high: 0 },
    commenter: { low: 0, high: 0 },
  });
});

test('what was acknowledged is so, what failed is not, and what ended unknown may be', () => {
  const ends = (kind: number, ...all: readonly SendEnd[]) => statesOf(...all.map((end) => ({ kind, end })));
  assert.equal(ends(Kind.created, 'ok'), ['must', 'no', 'no']);
  assert.equal(ends(Kind.created, 'info'), ['may', 'no', 'no']);
  assert.equal(ends(Kind.created, 'fail'), ['no', 'no', 'no']);
  assert.equal(ends(Kind.deleted, 'ok'), ['no', 'must', 'no']);
  assert.equal(ends(Kind.deleted, 'info'), ['no', 'may', 'no']);
  assert.equal(ends(Kind.created, 'ok', 'info', 'fail'), ['must', 'no', 'no']);
  assert.equal(ends(Kind.created, 'info', 'ok'), ['must', 'no', 'no']);
});

test('a deletion is before or after the publication by its own time, and either where it was late', () => {
  const [before, at] = [PUBLISHED_MS - 1, PUBLISHED_MS];
  const states = (eventMs: number, dueMs: number, end: SendEnd = 'ok') =>
    statesOf(created, { ...deleted, eventMs, dueMs, end }).slice(1);
  assert.equal(states(before, before), ['must', 'no']);
  assert.equal(states(at, at), ['no', 'must']);
  assert.equal(states(at, at, 'info'), ['no', 'may']);
  // Late: the day may have been published without it, or with it.
  assert.equal(states(before, at), ['may', 'may']);
  // A clock that is ahead.
  assert.equal(states(at, before), ['no', 'must']);
});

test('what is sent from the publication of its day on may count or not', () => {
  const times = (dueMs: number) => ({ eventMs: NOON_MS, dueMs });
  assert.equal(statesOf({ ...created, ...times(PUBLISHED_MS) }), ['may', 'no', 'no']);
  assert.equal(statesOf({ ...created, ...times(PUBLISHED_MS - 1) }), ['must', 'no', 'no']);
  assert.equal(rangesOf(viewed(3), viewed(4, times(PUBLISHED_MS - 1))), [0, 0, 4]);
  assert.equal(rangesOf(viewed(3), viewed(4, times(PUBLISHED_MS))), [0, 0, '3 to 4']);
});

test('an event counts on the day of its article alone, from its first instant to before its last', () => {
  const at = (eventMs: number, createdMs = day.startMs) =>
    rangesOf(viewed(3, { eventMs, createdMs, dueMs: NOON_MS }))[2];
  assert.equal(
    [day.startMs - 1, day.startMs, day.endMs - 1, day.endMs].map((ms) => at(ms)),
    [0, 3, 3, 0],
  );
  assert.equal(
    [day.endMs - 1, next.startMs, next.endMs - 1, next.endMs].map((ms) => at(ms, next.startMs)),
    [0, 3, 3, 0],
  );
  assert.is(at(NOON_MS, day.startMs - 1), 0);
});

test('days may come in any order', () => {
  const steps = [day, next, day, next].map((one, index) => ({
    ...viewed(index + 1, { eventMs: one.startMs, createdMs: one.startMs }),
    article: index % 2,
  }));
  const truth = settled(steps);
  assert.equal([...(truth.counts[2] ?? [])], [3, 4]);
});

test('each kind moves its own count, and an update none', () => {
  const kinds = [
    Kind.liked,
    Kind.unliked,
    Kind.commented,
    Kind.commentDeleted,
    Kind.viewed,
    Kind.updated,
    Kind.created,
  ];
  assert.equal(
    kinds.map((kind) => rangesOf({ kind, count: 5 })),
    [
      [5, 0, 0],
      [5, 0, 0],
      [0, 5, 0],
      [0, 5, 0],
      [0, 0, 5],
      [0, 0, 0],
      [0, 0, 0],
    ],
  );
});

test('the newest version stands, and an unknown one widens the range only if it is newer', () => {
  const unknown = (count: number, version: number) => viewed(count, { version, end: 'info' });
  assert.equal(rangesOf(viewed(7, { version: 5 }), viewed(3, { version: 4 })), [0, 0, 7]);
  assert.equal(rangesOf(viewed(7, { version: 5 }), unknown(9, 4), unknown(8, 5)), [0, 0, 7]);
  assert.equal(rangesOf(viewed(7, { version: 5 }), unknown(9, 6), unknown(2, 7)), [0, 0, '2 to 9']);
  assert.equal(rangesOf(unknown(9, 6)), [0, 0, '0 to 9']);
  assert.equal(rangesOf(viewed(7, { version: 1 }), { kind: Kind.liked, count: 4, version: 2, end: 'info' }), [
    ...['0 to 4', 0, 7],
  ]);
});

test('unknown events belong to their articles', () => {
  const maybe = (article: number, version: number): Maybe => ({ article, kind: Kind.viewed, count: 1, version });
  const all = [maybe(1, 1), maybe(0, 2), maybe(1, 3)];
  const truth = settled(all.map((one) => ({ ...one, end: 'info' as const })));
  assert.equal(truth.maybes, all);
  assert.equal(settled([{ kind: Kind.updated, end: 'info' }]).maybes, []);
  const lane = { lane: 0, articles: 2, createdMs: new Float64Array(2), ids: new BigUint64Array(2), truth };
  assert.equal(
    [...maybesByArticle(lane)],
    [
      [1, [maybe(1, 1), maybe(1, 3)]],
      [0, [maybe(0, 2)]],
    ],
  );
});

test('users who commented are counted where somebody knows who writes, and only there', () => {
  const comment = (ordinal: number, fields: Partial<Step> = {}): Step => ({ kind: Kind.commented, ordinal, ...fields });
  const gone = (ordinal: number, fields: Partial<Step> = {}): Step => ({
    kind: Kind.commentDeleted,
    ordinal,
    ...fields,
  });
  const steps = [
    ...[comment(1), comment(2), comment(3), gone(3), comment(4, { end: 'info' }), comment(5), gone(5, { end: 'info' })],
    ...[comment(6, { eventMs: day.endMs }), comment(7, { end: 'fail' }), { kind: Kind.liked, ordinal: 5 }],
  ];
  // Comments 1 and 2 are by one user, all others each by another.
  const truth = settled(steps, (article, ordinal) => `${article} ${Math.max(2, ordinal)}`);
  assert.equal(truth.commenters, { low: Uint32Array.of(0, 1), high: Uint32Array.of(0, 3) });
  assert.equal(truthOf(truth).commenter, { low: 1, high: 3 });
  assert.is(settled(steps).commenters, undefined);
});

test.run();

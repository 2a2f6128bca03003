// test/simulator/judge/checks/article-read.test.ts — The read model check on small hand-written histories: what is right passes, what is wrong fails, and what was not seen is unknown.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Kind } from '../../../../contract/kind.js';
import type { ObservedArticleRead, ReadModelTable } from '../../../../simulator/history/history.js';
import type { LaneResult, SendEnd } from '../../../../simulator/history/lane-result.js';
import { checkReadModels } from '../../../../simulator/judge/checks/article-read.js';
import { ReadModelTruth } from '../../../../simulator/produce/account/read-model-truth.js';
import { calendar, created, createdMs, day, type Event, idOf } from '../histories.js';

const WEEK_MS = 7 * 86_400_000;
const titleOf = (lane: number, article: number, edition: number) => `${lane}/${article}/${edition}`;

/** @param again versions of events that were sent once more, to an unknown end */
function lanesOf(events: readonly Event[], again: readonly number[] = []): [LaneResult] {
  const articles = 4;
  const readModels = new ReadModelTruth(articles, calendar);
  const settle = ([kind, article, count, , atMs = day.startMs + 5000]: Event, version: number, end: SendEnd) => {
    const times = { eventMs: atMs, createdMs: createdMs(article), dueMs: atMs };
    readModels.settle(end, { kind, article, count, version }, times);
  };
  for (const [index, event] of events.entries()) {
    const version = index + 1;
    settle(event, version, event[3] ?? 'ok');
    if (again.includes(version)) settle(event, version, 'info');
  }
  const createdAt = Float64Array.from({ length: articles }, (_, i) => createdMs(i));
  const ids = BigUint64Array.from({ length: articles }, (_, i) => BigInt(idOf(i)));
  const { truth } = readModels;
  return [{ lane: 0, articles, createdMs: createdAt, ids, truth, readModels }];
}

// Version of an event: its position, from 1.
const events: Event[] = [
  created(0),
  created(1),
  [Kind.liked, 0, 3],
  [Kind.updated, 0, 0],
  [Kind.commented, 1, 2],
  [Kind.viewed, 1, 9, 'ok', day.startMs + WEEK_MS],
  [Kind.deleted, 1, 0, 'ok', day.startMs + WEEK_MS],
  // Article 2 is from before the plan, so it was never announced.
  [Kind.viewed, 2, 4],
];

type Row = readonly [article: number, like: number, comment: number, view: number, deleted: 0 | 1, title: string];
const right: Row[] = [
  [0, 3, 0, 0, 0, '0/0/4'],
  [1, 0, 2, 9, 1, '0/1/0'],
];

function table(rows: readonly Row[]): ReadModelTable {
  return {
    rows: rows.length,
    ids: BigUint64Array.from(rows, ([article]) => BigInt(idOf(article))),
    like: Uint32Array.from(rows, (row) => row[1]),
    comment: Uint32Array.from(rows, (row) => row[2]),
    view: Uint32Array.from(rows, (row) => row[3]),
    deleted: Uint8Array.from(rows, (row) => row[4]),
    titles: rows.map((row) => row[5]),
  };
}

function check(rows: readonly Row[] | undefined, given: Partial<ObservedArticleRead> = {}, truth = events) {
  const models = rows && table(rows);
  return checkReadModels({ finalLag: 0, exits: [], models, ...given }, lanesOf(truth), titleOf);
}

const findingsOf = (rows: readonly Row[], truth?: Event[]) =>
  check(rows, {}, truth).findings.map(({ articleId, expected, found }) => [articleId, expected, found]);

test('newest titles, counts of all days, and states pass', () => {
  const seen = '2 read models, a lag of 0 records at the end';
  assert.equal(check(right), { check: 'read model', outcome: 'pass', seen, findings: [], findingCount: 0 });
});

const [first, second] = right as [Row, Row];
const wrong: [string, Row[], [string, unknown, unknown]][] = [
  ['an older title', [[...first.slice(0, 5), '0/0/0'] as unknown as Row, second], [idOf(0), '"0/0/4"', '0/0/0']],
  ['a count too few', [[0, 2, 0, 0, 0, '0/0/4'], second], [idOf(0), 3, 2]],
  ['a day’s counts alone', [first, [1, 0, 2, 0, 1, '0/1/0']], [idOf(1), 9, 0]],
  ['a deletion that was passed over', [first, [1, 0, 2, 9, 0, '0/1/0']], [idOf(1), 'deleted', 'created']],
  ['a deletion that never was', [[0, 3, 0, 0, 1, '0/0/4'], second], [idOf(0), 'created', 'deleted']],
  ['an article that is missing', [first], [idOf(1), 'a read model', 'nothing']],
  ['one that is shown twice', [first, second, first], [idOf(0), 'nothing', 'another read model']],
  ['one that was never announced', [...right, [2, 0, 0, 4, 0, '']], [idOf(2), 'nothing', 'a read model']],
  ['one of an unknown id', [...right, [7, 0, 0, 0, 0, '']], [idOf(7), 'nothing', 'a read model']],
];
for (const [name, rows, finding] of wrong) {
  test(`${name} fails`, () => {
    assert.is(check(rows).outcome, 'fail');
    assert.equal(findingsOf(rows), [finding]);
  });
}

test('what may have been sent may be shown, and need not', () => {
  const unsure: Event[] = [
    created(0),
    created(1, 'info'),
    [Kind.liked, 0, 1],
    [Kind.liked, 0, 2, 'info'],
    [Kind.updated, 0, 0, 'info'],
    [Kind.deleted, 0, 0, 'info'],
    [Kind.updated, 0, 0, 'fail'],
  ];
  for (const rows of [
    [[0, 1, 0, 0, 0, '0/0/0']],
    [[0, 2, 0, 0, 1, '0/0/5']],
    [
      [0, 2, 0, 0, 0, '0/0/5'],
      [1, 0, 0, 0, 0, '0/1/0'],
    ],
  ] as Row[][])
    assert.equal(findingsOf(rows, unsure), []);
  assert.equal(findingsOf([[0, 3, 0, 0, 0, '0/0/7']], unsure), [
    [idOf(0), '1 to 2', 3],
    [idOf(0), '"0/0/0" or "0/0/5"', '0/0/7'],
  ]);
});

test('an update that may have been sent is no title of another article, nor of an older edition', () => {
  const unsure: Event[] = [
    ...[created(0), created(1), [Kind.updated, 0, 0, 'info'] as Event, [Kind.updated, 0, 0] as Event],
    [Kind.updated, 1, 0, 'info'],
  ];
  const rows = (edition: number): Row[] => [
    [0, 0, 0, 0, 0, `0/0/${edition}`],
    [1, 0, 0, 0, 0, '0/1/0'],
  ];
  assert.equal(findingsOf(rows(4), unsure), []);
  for (const edition of [3, 5])
    assert.equal(findingsOf(rows(edition), unsure), [[idOf(0), '"0/0/4"', `0/0/${edition}`]]);
});

test('an update that was acknowledged, and perhaps came once more, gives one title', () => {
  const lanes = lanesOf([created(0), [Kind.updated, 0, 0]], [2]);
  const models = table([[0, 0, 0, 0, 0, '0/0/1']]);
  const { findings } = checkReadModels({ finalLag: 0, exits: [], models }, lanes, titleOf);
  assert.equal(
    findings.map(({ expected }) => expected),
    ['"0/0/2"'],
  );
});

test('lanes may come in any order, and one that keeps no read models has no articles', () => {
  const [lane] = lanesOf([created(0), [Kind.liked, 0, 3]]);
  const { readModels: _, ...without } = lane;
  const other = (index: number, truth: LaneResult) => ({
    ...truth,
    lane: index,
    ids: truth.ids.map((id) => id + BigInt(index)),
  });
  const lanes = [other(2, lane), other(0, without), other(1, lanesOf([created(0), [Kind.liked, 0, 5]])[0])];
  const rows = table([
    [0, 5, 0, 0, 0, '1/0/0'],
    [0, 3, 0, 0, 0, '2/0/0'],
  ]);
  const models = { ...rows, ids: rows.ids.map((id, row) => id + BigInt(row + 1)) };
  assert.equal(checkReadModels({ finalLag: 0, exits: [], models }, lanes, titleOf).findings, []);
});

test('what is wrong is said in a sentence', () => {
  const shown: Row[] = [[0, 2, 0, 0, 1, 'x'], first, [7, 0, 0, 0, 0, '']];
  assert.equal(
    check(shown).findings.map(({ message }) => message),
    [
      `article ${idOf(0)} is read with 2 likes, expected 3`,
      `article ${idOf(0)} is read as deleted, expected created`,
      `article ${idOf(0)} has the title "x", expected "0/0/4"`,
      `article ${idOf(0)} is shown twice`,
      `article ${idOf(7)} has a read model, and was never created`,
      `article ${idOf(1)} was created and has no read model`,
    ],
  );
});

test('a group that ended, or is behind, fails', () => {
  assert.equal(check(right, { exits: ['it ended'] }).findings, [
    { code: 'reader-ended', message: 'it ended', expected: 'running', found: 'ended' },
  ]);
  assert.equal(check(undefined, { finalLag: 7 }), {
    check: 'read model',
    outcome: 'fail',
    seen: 'no read models, a lag of 7 records at the end',
    findingCount: 1,
    findings: [
      {
        code: 'reader-lag-left',
        message: 'the article-read group still has a lag of 7 records, expected 0',
        expected: 0,
        found: 7,
      },
    ],
  });
});

test('without the channel, offsets, or any article, nothing is known', () => {
  const reasonOf = ({ outcome, reason }: ReturnType<typeof check>) => [outcome, reason];
  assert.equal(reasonOf(check(undefined)), ['unknown', 'the article-read service does not show its read models']);
  assert.equal(reasonOf(check(right, { finalLag: null })), [
    'unknown',
    'the article-read group has committed no offsets',
  ]);
  assert.match(check(right, { finalLag: null }).seen, 'a lag of unknown many records');
  assert.equal(reasonOf(check([], {}, [])), ['unknown', 'no article was seen']);
});

test.run();

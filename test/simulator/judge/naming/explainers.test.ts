// test/simulator/judge/naming/explainers.test.ts — Rare forms and pairs of bugs are named, a bug is folded on the declared deviations, and none gets a second name.
// time limit: 240 s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ranked } from '../../../../contract/rules.js';
import { NOTHING_DECLARED } from '../../../../simulator/vocabulary/declared-deviations.js';
import { plannedRun, type Seen } from '../../../support/planned-run.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { plannedLog } from '../planned-log.js';
import * as buggy from './buggy-consumers.js';

const small = { topics: { partitions: 1 }, articles: { perDay: 60 } };
const oneDay = {
  ...small,
  clock: { start: '2024-10-01T00:00:00' },
  arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 1500 }],
};
const overMidnight = {
  ...small,
  clock: { start: '2024-10-01T18:00:00' },
  arrivals: [{ name: 'night', shape: 'constant', durationHours: 9, events: 2000 }],
};

async function namesOf(
  fields: Readonly<Record<string, unknown>>,
  consumer: buggy.Consumer,
  seen: Seen = {},
): Promise<readonly string[]> {
  const scenario = scenarioWith(fields);
  const { diagnosis } = (await plannedRun(scenario, consumer(plannedLog(scenario)), seen)).record;
  return [...new Set(diagnosis?.naming.consistent.map(({ name }) => name))];
}

/** A like weighs 2 and a comment 3. */
const swapped: buggy.Showing = { score: ({ like, comment, view }) => 2 * like + 3 * comment + view };

test('days of a zone that is an hour off are named', async () => {
  assert.equal(await namesOf(overMidnight, buggy.dayIn('Asia/Shanghai')), ['ZONE_SHIFT']);
});

test('other weights and another limit are named together, and so are weights and deletions', async () => {
  assert.equal(await namesOf(oneDay, buggy.showing({ ...swapped, rows: 20 })), ['WRONG_WEIGHTS and WRONG_LIMIT']);
  const fall = { ...oneDay, aim: [{ kind: 'leaders-fall', leaders: 8, minutesBeforeClose: 60 }] };
  const kept: buggy.Consumer = (log) =>
    buggy.showing(swapped)(log.filter(({ event }) => event?.type !== 'ARTICLE_DELETED'));
  assert.equal(await namesOf(fall, kept), ['DELETE_IGNORED and WRONG_WEIGHTS']);
});

test('weights are told from most rows when something else decides which rows are there', async () => {
  // Every third row is missing, which no known bug does.
  const consumer: buggy.Consumer = (log) => {
    const lists = buggy.showing(swapped)(log);
    for (const [day, list] of lists)
      lists.set(
        day,
        list.filter((_, index) => index % 3 !== 1),
      );
    return lists;
  };
  const mixed = { ...oneDay, mix: { view: 40, like: 30, unlike: 2, comment: 25, commentDelete: 3 } };
  assert.equal(await namesOf(mixed, consumer), ['WRONG_WEIGHTS']);
  const shuffled: buggy.Consumer = (log) => {
    const lists = buggy.right(log);
    for (const [day, list] of lists)
      lists.set(
        day,
        list.map((row, index) => ({ ...row, score: row.score + 17 * index + 5 })),
      );
    return lists;
  };
  assert.equal(await namesOf(oneDay, shuffled), []);
});

test('a bug is folded on top of what is declared', async () => {
  const aim = [{ kind: 'leaders-fall', leaders: 6, minutesBeforeClose: 60 }];
  const fields = { ...oneDay, mix: { like: 20, unlike: 10 }, aim };
  const consumer: buggy.Consumer = (log) =>
    buggy.trimmed((list) => list.slice(0, 10))(log.filter(({ event }) => event?.type !== 'ARTICLE_UNLIKED'));
  const declared = { ...NOTHING_DECLARED, bugs: ['TRIM_LOSS'] } as const;
  assert.equal(await namesOf(fields, consumer), ['TRIM_LOSS and UNLIKE_IGNORED']);
  assert.equal(await namesOf(fields, consumer, { declared }), ['UNLIKE_IGNORED']);
});

test('a list that was seen is gone, and one that never was is elsewhere', async () => {
  const list: readonly Ranked[] = [{ articleId: '1', score: 1 }];
  const snapshot = { atMs: 1, askedMs: 1, answeredMs: 1, day: '20241001' };
  const nothing: buggy.Consumer = () => new Map();
  assert.equal(await namesOf(oneDay, nothing), ['RETENTION', 'KEYSPACE']);
  assert.equal(await namesOf(oneDay, nothing, { snapshots: [{ ...snapshot, list }] }), ['RETENTION']);
  assert.equal(await namesOf(oneDay, nothing, { snapshots: [{ ...snapshot, list: [] }] }), ['KEYSPACE']);
});

test.run();

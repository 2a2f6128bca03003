// test/simulator/judge/checks/staleness.test.ts — How old a visible list is, told from the list and the log alone.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HotEvent } from '../../../../contract/events.js';
import type { Ranked } from '../../../../contract/rules.js';
import type { ObservedSnapshot } from '../../../../simulator/history/history.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { StalenessFold } from '../../../../simulator/judge/checks/staleness.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { rowOrder } from '../../../../simulator/judge/naming/row-order.js';
import { handEvent } from '../hand-events.js';
import { calendar, DAY, foldOf, logOf, rules } from '../naming/hand-fold.js';

const SPEED = 10;
const { like, comment } = rules.weights;
/** Two creations, two likes of the first, one comment of the second, three views of the first: one every 10 s. */
const LOG = logOf({ '1': [2, 0, 3], '2': [0, 1, 0] }).map((one, index) => ({
  ...one,
  dueMs: one.timeMs + index * 9999,
}));
const dueOf = (index: number) => LOG[index]?.dueMs ?? 0;

type Row = readonly [articleId: string, score: number];
const rowsOf = (rows: readonly Row[]): Ranked[] => rows.map(([articleId, score]) => ({ articleId, score }));

/** @param after the event with this index */
function look(after: number, ...rows: readonly Row[]): ObservedSnapshot {
  const askedMs = dueOf(after) + 1000;
  return { atMs: Math.round((askedMs - dueOf(0)) / SPEED), askedMs, answeredMs: askedMs, day: DAY, list: rowsOf(rows) };
}

const pointsOf = (...snapshots: readonly ObservedSnapshot[]) => pointsBy(snapshots, LOG);

function pointsBy(snapshots: readonly ObservedSnapshot[], events: readonly LogEvent[], by = rules) {
  const log = new LogOracle(by);
  const fold = new StalenessFold(snapshots, { rules: by, log, speed: SPEED });
  for (const one of events) {
    fold.reach(one.dueMs);
    log.add(one);
    fold.add(one);
  }
  return fold.finish();
}

/** An event of article 1, when all of LOG has come. */
function later(type: HotEvent['type'], timeMs: number, count = 0): LogEvent {
  const event = handEvent(type, { eventId: '99', articleId: '1', createdDay: DAY, count });
  return { stream: 3, partition: 1, offset: 40, timeMs, dueMs: timeMs, event };
}
const ALL = LOG.length - 1;
const right: readonly Row[] = [
  ['1', 2 * like + 3],
  ['2', comment],
];

test('a list that shows all that was due is not behind, and is as old as its newest event', () => {
  const [point] = pointsOf(look(4, ['1', 2 * like + 1]));
  assert.is(point?.behindMs, 0);
  assert.is(point?.newestMs, 1000 / SPEED);
  assert.is(point?.overlap, 1);
  assert.is(point?.rankDistance, 0);
});

test('a list that misses two events is as old as the first of them', () => {
  const [point] = pointsOf(look(4, ['1', like]));
  assert.is(point?.behindMs, Math.round((dueOf(4) + 1000 - dueOf(3)) / SPEED));
  assert.is(point?.newestMs, Math.round((dueOf(4) + 1000 - dueOf(2)) / SPEED));
  assert.is(point?.missed?.offset, 3);
  assert.is(point?.overlap, 1);
});

test('a row that is not there yet is missing since it belongs there', () => {
  const all = LOG.length - 1;
  const [point] = pointsOf(look(all, ['1', 2 * like + 3]));
  assert.is(point?.overlap, 0.5);
  assert.is(point?.rankDistance, 0);
  assert.is(point?.missed?.articleId, '2');
  assert.is(point?.missed?.score, comment);
  const [empty] = pointsOf(look(all));
  assert.is(empty?.overlap, 0);
  assert.is(empty?.newestMs, null);
  assert.is(empty?.missed?.offset, 2);
});

const UP_TO_DATE = { day: DAY, behindMs: 0, missed: undefined, rankDistance: 0 };

test('looks are told in the order of their answers, whole', () => {
  const [first, second] = [look(4, ['1', 2 * like + 1]), look(ALL, ...right)];
  const points = pointsOf(second, first);
  assert.equal(
    points.map(({ atMs }) => atMs),
    [first.atMs, second.atMs],
  );
  assert.equal(points[1], {
    ...UP_TO_DATE,
    atMs: second.atMs,
    newestMs: 1000 / SPEED,
    overlap: 1,
  });
});

test('ranks are as far apart as they are on average, and a row that is not there is past the end', () => {
  const [first, second] = right as [Row, Row];
  const apart = (...rows: readonly Row[]) => {
    const [point] = pointsOf(look(ALL, ...rows));
    return [point?.rankDistance, point?.overlap];
  };
  assert.equal(apart(first, second), [0, 1]);
  assert.equal(apart(second, first), [1, 1]);
  assert.equal(apart(second), [1, 0.5]);
  assert.equal(apart(first, ['9', 1]), [2 / 3, 0.5]);
  assert.equal(apart(first, ['9', 1], second), [2 / 3, 1]);
});

test('a row without a score, while no article can be listed, does not make the list old', () => {
  const [point] = pointsOf(look(1, ['9', 5]));
  assert.equal(point, { ...UP_TO_DATE, atMs: look(1).atMs, newestMs: null, overlap: 0 });
});

test('a score that has never been, between two that were, is as old as the record that passed it', () => {
  const [between] = pointsOf(look(ALL, ['1', 2 * like - 1], ['2', comment]));
  assert.is(between?.missed?.offset, 3);
});

test('a score that is higher than it ever was is of records that have not come yet, and no age', () => {
  const [ahead] = pointsOf(look(4, ['1', 2 * like + 2]));
  assert.equal([ahead?.missed, ahead?.behindMs], [undefined, 0]);
  const [wrong] = pointsOf(look(ALL, ['1', 99], ['2', comment]));
  assert.is(wrong?.missed, undefined);
  // Where an unlike has come since, it is what the list has not seen.
  const [old] = pointsBy([look(ALL, ...right)], [...LOG, later('ARTICLE_UNLIKED', dueOf(ALL), 1)]);
  assert.is(old?.missed?.offset, 40);
});

test('which of equal scores ranks last is as the consumer has it', () => {
  const three = logOf({ '1': [1, 0, 0], '2': [1, 0, 0], '3': [1, 0, 0] });
  const oldest = rowOrder('oldest first');
  const list = (ids: readonly string[]) => rowsOf(ids.map((id) => [id, like]));
  const missed = (shown: readonly string[], order?: typeof oldest) => {
    const lastMs = three.at(-1)?.dueMs ?? 0;
    const [askedMs, byThem] = [lastMs + 1000, order ? ['1', '2'] : ['3', '2']];
    const seen: ObservedSnapshot = { atMs: 0, askedMs, answeredMs: askedMs, day: DAY, list: list(shown) };
    const log = { list: () => list(byThem), scoreOf: () => like };
    const two = { ...rules, top: 2 };
    const fold = new StalenessFold([seen], { rules: two, log, speed: SPEED, ...(order ? { order } : {}) });
    for (const one of three) if (one.event?.type === 'ARTICLE_LIKED') fold.add(one);
    return fold.finish()[0]?.missed?.articleId;
  };
  assert.equal([missed(['3', '2']), missed(['2', '1'])], [undefined, '3']);
  assert.equal([missed(['2', '1'], oldest), missed(['3', '1'], oldest)], [undefined, '2']);
  assert.is(missed(['3', '2'], oldest), '1');
});

test('in a full list a row is missing since it ranks before the last one that is shown', () => {
  const top = { ...rules, top: 1 };
  const missedOf = (...rows: readonly Row[]) => pointsBy([look(ALL, ...rows)], LOG, top)[0]?.missed;
  const [{ dueMs } = { dueMs: 0 }] = LOG.slice(3);
  // Article 1 passes 5 with its second like, and 2 with its first.
  assert.equal([missedOf(['9', 5])?.offset, missedOf(['9', 5])?.dueMs], [3, dueMs]);
  assert.is(missedOf(['9', 2])?.offset, 2);
  assert.is(missedOf()?.offset, 2);
  assert.is(missedOf(['9', 99]), undefined);
});

test('of all that is missing the oldest counts', () => {
  const [scoreFirst] = pointsOf(look(ALL, ['1', like]));
  assert.equal([scoreFirst?.missed?.articleId, scoreFirst?.missed?.offset], ['1', 3]);
  const [rowFirst] = pointsOf(look(ALL, ['2', comment - 1]));
  assert.equal([rowFirst?.missed?.articleId, rowFirst?.missed?.offset], ['1', 2]);
});

test('an article that had no score for a while is missing since it has one again', () => {
  const [created] = LOG as [LogEvent];
  const counts = [1, 0, 1].map((count, index): LogEvent => {
    const timeMs = dueOf(2 + index);
    const ids = { eventId: String(10 + index), articleId: '1', createdDay: DAY, count };
    return { ...created, offset: 2 + index, timeMs, dueMs: timeMs, event: handEvent('ARTICLE_LIKED', ids) };
  });
  assert.is(pointsBy([look(ALL)], [created, ...counts])[0]?.missed?.offset, 4);
});

test('an event that is due when a snapshot is answered may be in it, and an undecodable record is in none', () => {
  const one = look(4, ['1', 2 * like + 1]);
  const [point] = pointsOf({ ...one, askedMs: dueOf(4), answeredMs: dueOf(4) });
  assert.equal([point?.behindMs, point?.missed], [0, undefined]);
  const [garbage] = LOG.map((record) => ({ ...record, event: undefined }));
  assert.equal(pointsBy([one], garbage ? [garbage, ...LOG] : []), pointsOf(one));
});

test('a day is looked at until its publication', () => {
  const publishedMs = calendar.publishedAtMs(DAY);
  const at = (askedMs: number) => pointsOf({ ...look(ALL, ...right), askedMs, answeredMs: askedMs }).length;
  assert.equal([publishedMs - 1, publishedMs].map(at), [1, 0]);
});

test('an event after midnight leaves the lists of the day before as they were', () => {
  const afterMs = calendar.span(DAY).endMs + 60_000;
  const askedMs = afterMs + 1000;
  const one = { ...look(ALL, ...right), askedMs, answeredMs: askedMs };
  const [point] = pointsBy([one], [...LOG, later('ARTICLE_VIEWED', afterMs, 4)]);
  assert.equal([point?.behindMs, point?.missed], [0, undefined]);
});

test('a deleted article that is still shown is one of before its deletion, also if that came after midnight', () => {
  const atMs = calendar.span(DAY).endMs + 60_000;
  const askedMs = atMs + 2000;
  const one = { ...look(ALL, ...right), askedMs, answeredMs: askedMs };
  const [point] = pointsBy([one], [...LOG, later('ARTICLE_DELETED', atMs)]);
  assert.equal([point?.behindMs, point?.missed?.offset, point?.missed?.score], [2000 / SPEED, 40, 0]);
});

test('nothing due and nothing shown is no look, and published days are left to other checks', () => {
  assert.equal(pointsOf(look(1)), []);
  const [early] = [look(4, ['1', like])];
  const published = early && {
    ...early,
    askedMs: early.askedMs + 2 * 86_400_000,
    answeredMs: Number.POSITIVE_INFINITY,
  };
  assert.equal(published ? pointsOf(published) : undefined, []);
});

test('what comes while the question is under way may be shown or not', () => {
  const one = look(3, ['1', 2 * like + 1]);
  const slow = { ...one, answeredMs: dueOf(4) + 1 };
  assert.is(pointsOf(slow)[0]?.behindMs, 0);
  assert.is(pointsOf({ ...slow, list: rowsOf([['1', 2 * like]]) })[0]?.behindMs, 0);
});

test('the list of any prefix of the log is behind by the first event that changes it', () => {
  const index = fc.nat({ max: LOG.length - 1 });
  fc.assert(
    fc.property(index, index, (a, b) => {
      const [shown, now] = a < b ? [a, b] : [b, a];
      const list = foldOf(LOG.slice(0, shown + 1)).list(DAY);
      const right = foldOf(LOG.slice(0, now + 1)).list(DAY);
      const rows = list.map(({ articleId, score }): Row => [articleId, score]);
      const [point] = pointsOf(look(now, ...rows));
      const changes = Array.from({ length: now - shown }, (_, i) => shown + 1 + i);
      const differs = (at: number) => JSON.stringify(foldOf(LOG.slice(0, at + 1)).list(DAY)) !== JSON.stringify(list);
      const first = changes.find(differs);
      if (right.length === 0) assert.is(point, undefined);
      else assert.is(point?.behindMs, first === undefined ? 0 : Math.round((dueOf(now) + 1000 - dueOf(first)) / SPEED));
    }),
  );
});

test.run();

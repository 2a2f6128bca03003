// test/simulator/judge/checks/coverage.test.ts — What is seen of an article in the log, sight by sight, and what is not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HotEvent } from '../../../../contract/events.js';
import { COVERED, Coverage, type Covered } from '../../../../simulator/judge/checks/coverage.js';
import { handEvent } from '../hand-events.js';
import { calendar, day } from '../histories.js';

const NOON_MS = day.startMs + 43_200_000;

/** @param eventId of a count, its version */
type Step = readonly [type: HotEvent['type'], articleId?: string, eventId?: string, timeMs?: number];

function seen(...steps: readonly Step[]): Coverage {
  const coverage = new Coverage(calendar);
  for (const [offset, [type, articleId = '7', eventId = String(offset + 1), timeMs = NOON_MS]] of steps.entries()) {
    const event = handEvent(type, { eventId, articleId, createdDay: day.day, count: 1 });
    coverage.add({ stream: 0, partition: 0, offset, timeMs, dueMs: timeMs, event });
  }
  return coverage;
}

const sightsOf = (...steps: readonly Step[]) => {
  const coverage = seen(...steps);
  const all = Object.keys(COVERED) as Covered[];
  const found = all.filter((covered) => coverage.any(covered));
  assert.equal(
    found,
    all.filter((covered) => ['7', '8'].some((articleId) => coverage.has(articleId, covered))),
  );
  return found;
};

const CREATED: Step = ['ARTICLE_CREATED'];

test('an article that is created, liked and read is nothing to be seen', () => {
  assert.equal(sightsOf(CREATED, ['ARTICLE_UPDATED'], ['ARTICLE_LIKED'], ['COMMENT_CREATED'], ['ARTICLE_VIEWED']), []);
});

test('a like or a comment that is taken back is seen', () => {
  assert.equal(sightsOf(CREATED, ['ARTICLE_UNLIKED']), ['unliked']);
  assert.equal(sightsOf(CREATED, ['COMMENT_DELETED']), ['unliked']);
});

test('an article outlives its deletion when a count comes after it, not before it, nor an update', () => {
  assert.equal(sightsOf(CREATED, ['ARTICLE_VIEWED'], ['ARTICLE_DELETED']), ['deleted']);
  assert.equal(sightsOf(CREATED, ['ARTICLE_DELETED'], ['ARTICLE_UPDATED']), ['deleted']);
  assert.equal(sightsOf(CREATED, ['ARTICLE_DELETED'], ['ARTICLE_VIEWED']), ['deleted', 'outlived']);
  assert.equal(sightsOf(CREATED, ['ARTICLE_DELETED'], ['ARTICLE_CREATED', '8'], ['ARTICLE_VIEWED', '8']), ['deleted']);
});

test('the same version is a repeat, and an older one was overtaken, of one counter of one article', () => {
  assert.equal(sightsOf(CREATED, ['ARTICLE_LIKED', '7', '9'], ['ARTICLE_LIKED', '7', '9']), ['repeated']);
  assert.equal(sightsOf(CREATED, ['ARTICLE_LIKED', '7', '10'], ['ARTICLE_LIKED', '7', '9']), ['overtaken']);
  assert.equal(sightsOf(CREATED, ['ARTICLE_LIKED', '7', '9'], ['ARTICLE_LIKED', '7', '10']), []);
  assert.equal(sightsOf(CREATED, ['ARTICLE_LIKED', '7', '10'], ['ARTICLE_VIEWED', '7', '9']), []);
  const other: Step = ['ARTICLE_CREATED', '8'];
  assert.equal(sightsOf(CREATED, other, ['ARTICLE_LIKED', '7', '10'], ['ARTICLE_LIKED', '8', '9']), []);
  const three = ['9', '10', '9'].map((eventId): Step => ['ARTICLE_LIKED', '7', eventId]);
  assert.equal(sightsOf(CREATED, ...three), ['overtaken']);
});

test('a count before the creation is early once the creation comes', () => {
  assert.equal(sightsOf(['ARTICLE_VIEWED']), []);
  assert.equal(sightsOf(['ARTICLE_VIEWED'], CREATED), ['early']);
  assert.equal(sightsOf(['ARTICLE_VIEWED', '8'], CREATED), []);
  assert.equal(sightsOf(CREATED, ['ARTICLE_VIEWED'], CREATED), []);
});

test('the edge of a day is its first and its last millisecond', () => {
  const at = (timeMs: number) => sightsOf(CREATED, ['ARTICLE_VIEWED', '7', '9', timeMs]);
  assert.equal(
    [day.startMs, day.startMs + 1, day.endMs - 2, day.endMs - 1, day.endMs].map((ms) => at(ms).length),
    [1, 0, 0, 1, 1],
  );
  assert.equal(at(day.endMs - 1), ['edge']);
  assert.equal(sightsOf(['ARTICLE_CREATED', '7', '1', day.startMs]), []);
});

test('two articles whose ids are one double are merged, and an article that is announced twice is not', () => {
  const [first, second] = ['9007199254740992', '9007199254740993'];
  const coverage = seen(['ARTICLE_CREATED', first], ['ARTICLE_CREATED', second]);
  assert.equal([coverage.has(first, 'merged'), coverage.has(second, 'merged')], [false, true]);
  assert.is(coverage.any('merged'), true);
  assert.equal(sightsOf(CREATED, CREATED, ['ARTICLE_CREATED', '8']), []);
});

test('an undecodable record is not seen', () => {
  const coverage = new Coverage(calendar);
  coverage.add({ stream: 0, partition: 0, offset: 0, timeMs: day.startMs, dueMs: day.startMs, event: undefined });
  assert.not.ok((Object.keys(COVERED) as Covered[]).some((covered) => coverage.any(covered)));
});

test.run();

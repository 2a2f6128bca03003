// test/simulator/judge/naming/found-lists.test.ts — What is read from the found lists alone: scores that miss a count, and lists that are gone.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lastResorts } from '../../../../simulator/judge/naming/found-lists.js';
import { type Counts, DAY, foldOf, logOf } from './hand-fold.js';

/** Twelve articles; scores fall from 1 on: 60, 58, 56, … */
const COUNTS: Counts = Object.fromEntries(
  Array.from(
    { length: 12 },
    (_, index) => [String(100 + index), [10 - Math.floor(index / 2), 5, 20 - 2 * index + (index % 2)]] as const,
  ).map(([id, [like, comment, view]]) => [id, [like, comment, Math.max(0, view)] as const]),
);
const base = foldOf(logOf(COUNTS));
const right = base.list(DAY);
const counts = (articleId: string) => base.counts(articleId, DAY);

function namesOf(list: typeof right, shown: typeof counts | undefined = counts): string[] {
  const found = [{ day: DAY, list, counts: shown }];
  const same = (one: typeof right) => JSON.stringify(one);
  return lastResorts(found, base)
    .filter((one) => same([...one.list(DAY)]) === same(list))
    .map(({ name }) => name);
}

test('a score without its likes, and an article that so fell out of the list', () => {
  const [first, second] = right;
  assert.ok(first && second);
  const likes = (articleId: string) => 3 * (base.counts(articleId, DAY)?.like ?? 0);
  const eleventh = base.list(DAY, { rows: 11 }).at(-1);
  assert.ok(eleventh);
  const others = right.slice(2);
  const list = [...others, eleventh, { ...first, score: first.score - likes(first.articleId) }].sort(
    (a, b) => b.score - a.score,
  );
  assert.ok(list.every(({ articleId }) => articleId !== second.articleId));
  assert.equal(namesOf(list).includes('MISSING_AS_ZERO'), true);
});

test('a score that is no part of the right one, though its counts are shown right', () => {
  const [first, ...others] = right;
  assert.ok(first);
  const list = [{ ...first, score: first.score + 1 }, ...others];
  assert.equal(namesOf(list), ['SCORE_TORN']);
});

test('articles that are missing alone are no sign of wrong scores', () => {
  assert.equal(namesOf(right.slice(0, 9)), ['WRONG_LIMIT']);
  assert.equal(
    namesOf(right.filter((_, index) => index !== 3)).filter(
      (name) => name === 'SCORE_TORN' || name === 'MISSING_AS_ZERO',
    ),
    [],
  );
});

test('a list that is gone, alone or with all that is known of its day', () => {
  const countsOf = (shown: typeof counts) => {
    const [gone] = lastResorts([{ day: DAY, list: [], counts: shown }], base).filter(
      ({ name }) => name === 'RETENTION',
    );
    return gone?.counts?.('100', DAY);
  };
  assert.equal(countsOf(counts), counts('100'));
  assert.is(
    countsOf(() => undefined),
    undefined,
  );
});

test.run();

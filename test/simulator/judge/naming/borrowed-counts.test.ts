// test/simulator/judge/naming/borrowed-counts.test.ts — Counts that are another article's are told from counts that are only wrong.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { borrowedCounts } from '../../../../simulator/judge/naming/borrowed-counts.js';
import { GivenCounts } from '../../../../simulator/judge/naming/given-counts.js';
import { type Counts, DAY, foldOf, logOf, shownBy } from './hand-fold.js';

const COUNTS: Counts = { '100': [1, 1, 9], '101': [1, 1, 2], '102': [1, 1, 4] };
const log = logOf(COUNTS);
const base = foldOf(log);
const given = new GivenCounts(new Set(Object.keys(COUNTS)));
for (const one of log) given.add(one);

const namesOf = (shown: Counts) => borrowedCounts([{ day: DAY, list: [], counts: shownBy(shown) }], base, given);

test('views that others had look like one counter for all', () => {
  assert.equal(namesOf({ ...COUNTS, '101': [1, 1, 9], '102': [1, 1, 7] }), [
    { name: 'SHARED_COUNTER', does: 'articles show views that others had, as if all shared one counter' },
  ]);
  assert.is(namesOf({ ...COUNTS, '100': [1, 1, 4], '101': [1, 1, 9] }).length, 1);
});

test('what no article ever had, or what the article had itself, is none of it', () => {
  assert.equal(namesOf({ ...COUNTS, '101': [1, 1, 10] }), []);
  assert.equal(namesOf({ ...COUNTS, '100': [1, 1, 8], '102': [1, 1, 3] }), []);
  assert.equal(namesOf({ ...COUNTS, '100': [1, 1, 4], '102': [1, 1, 3], '101': [1, 1, 9] }), []);
});

test('a little more than an article ever had is no other’s count', () => {
  assert.equal(namesOf({ ...COUNTS, '101': [1, 1, 4], '102': [1, 1, 5] }), []);
});

test('wrong counts of two kinds, or none, are something else', () => {
  assert.equal(namesOf({ ...COUNTS, '101': [1, 0, 9] }), []);
  assert.equal(namesOf(COUNTS), []);
});

test.run();

// test/simulator/judge/classify/lost-events.test.ts — Counts that miss later events are named by what was broken; anything else is not.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Circumstances, GivenCounts, lostEvents } from '../../../../simulator/judge/classify/lost-events.js';
import type { FaultResult } from '../../../../simulator/record/fault-result.js';
import { type Counts, DAY, foldOf, logOf, rules } from './hand-fold.js';

const COUNTS: Counts = { '100': [3, 2, 9], '101': [1, 1, 4] };
const log = logOf(COUNTS);
const base = foldOf(log);
const given = new GivenCounts(new Set(Object.keys(COUNTS)));
for (const one of log) given.add(one);

const broken = (kind: string, lastedMs = 1000): FaultResult => ({
  ...{ kind, target: 'it', injectedAtMs: 5000, healedAtMs: 5000 + lastedMs },
});

function namesOf(
  shown: Counts,
  { faults = [], wasPublished = false }: { readonly faults?: readonly FaultResult[]; readonly wasPublished?: boolean },
): string[] {
  const list = Object.entries(shown)
    .map(([articleId, [like, comment, view]]) => ({ articleId, score: 3 * like + 2 * comment + view }))
    .sort((a, b) => b.score - a.score);
  const found = [{ day: DAY, list, counts: (articleId: string) => shown[articleId] }];
  const circumstances: Circumstances = { rules, faults, sessionTimeoutMs: 6000, wasPublished: () => wasPublished };
  return lostEvents(found, base, given, circumstances).map(({ name }) => name);
}

const OLDER: Counts = { ...COUNTS, '100': [3, 2, 7] };

test('what was broken names it', () => {
  assert.equal(namesOf(OLDER, { faults: [broken('redis-flush')] }), ['STORE_ROLLBACK']);
  assert.equal(namesOf(OLDER, { faults: [broken('consumer-kill')] }), ['LOST_AFTER_COMMIT']);
  assert.equal(namesOf(OLDER, { faults: [broken('consumer-pause', 9000)] }), ['ZOMBIE_WRITE']);
});

test('a pause that is shorter than the session makes no zombie', () => {
  assert.equal(namesOf(OLDER, { faults: [broken('consumer-pause', 2000)] }), []);
});

test('without a fault only an early publication can be the cause', () => {
  assert.equal(namesOf(OLDER, {}), []);
  assert.equal(namesOf(OLDER, { wasPublished: true }), ['EARLY_SERVE']);
});

test('a fault that never came names nothing', () => {
  const never = { ...broken('consumer-kill'), injectedAtMs: null, healedAtMs: null };
  assert.equal(namesOf(OLDER, { faults: [never] }), []);
});

test('counts that are right, or that no event ever gave, are no loss', () => {
  assert.equal(namesOf(COUNTS, { faults: [broken('consumer-kill')] }), []);
  assert.equal(namesOf({ ...COUNTS, '100': [3, 2, 10] }, { faults: [broken('consumer-kill')] }), []);
});

test.run();

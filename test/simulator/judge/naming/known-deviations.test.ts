// test/simulator/judge/naming/known-deviations.test.ts — What a consumer is declared to differ in is folded as one, and hides nothing else.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deviationsOf, verdictWithDeviations } from '../../../../simulator/judge/naming/known-deviations.js';
import type { Naming } from '../../../../simulator/record/diagnosis-record.js';
import { NOTHING_DECLARED } from '../../../../simulator/vocabulary/declared-deviations.js';

const trimmed = deviationsOf({ ...NOTHING_DECLARED, bugs: ['TRIM_LOSS'] }, 10);
const stale = deviationsOf({ ...NOTHING_DECLARED, bugs: ['STALE_OVERWRITE'], ties: 'reverse text' }, 10);

test('all declared deviations are folded as one variant', () => {
  assert.equal(stale?.traits, { counts: 'last to arrive', ties: 'reverse text' });
  assert.equal(stale?.names, ['STALE_OVERWRITE', 'ties reverse text']);
  assert.equal(trimmed?.traits.trim, { rows: 10, loses: 'the worst' });
  assert.is(deviationsOf(NOTHING_DECLARED, 10), undefined);
});

const beside = (name?: string): Naming => ({
  consistent: name === undefined ? [] : [{ name, does: 'something' }],
  partly: [],
  not: [],
  untested: [],
});

test('a trait does not hide a further bug', () => {
  assert.ok(trimmed && stale);
  assert.is(verdictWithDeviations(stale, { share: 1, beside: undefined }).outcome, 'pass');
  const alone = verdictWithDeviations(trimmed, { share: 0.9, alone: 'TRIM_LOSS', beside: beside('ZONE_SHIFT') });
  assert.equal(alone, { outcome: 'pass', reason: 'TRIM_LOSS by itself explains all that is wrong' });
  assert.is(verdictWithDeviations(stale, { share: 0.9, beside: beside('UNLIKE_IGNORED') }).outcome, 'fail');
  assert.is(verdictWithDeviations(stale, { share: 0.9, beside: beside() }).outcome, 'fail');
  assert.is(verdictWithDeviations(trimmed, { share: 0.9, beside: beside('UNLIKE_IGNORED') }).outcome, 'fail');
});

test('which rows a trim loses depends on when partitions were read, which the log does not tell', () => {
  assert.ok(trimmed);
  const { outcome, reason } = verdictWithDeviations(trimmed, { share: -0.5, beside: beside('MISSING_AS_ZERO') });
  assert.is(outcome, 'unknown');
  assert.is(
    reason,
    'they explain 0 % of what is wrong; the rest can depend on when partitions were read, or be MISSING_AS_ZERO',
  );
  assert.is(verdictWithDeviations(trimmed, { share: 0.9, beside: beside() }).outcome, 'unknown');
});

test.run();

// test/simulator/judge/classify/family.test.ts — What a consumer is declared to differ in is folded as one, and hides nothing else.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { familyOf, NOTHING_DECLARED, verdictButFor } from '../../../../simulator/judge/classify/family.js';

const trimmed = familyOf({ ...NOTHING_DECLARED, bugs: ['TRIM_LOSS'] }, 10);
const stale = familyOf({ ...NOTHING_DECLARED, bugs: ['STALE_OVERWRITE'], ties: 'reverse text' }, 10);

test('what is declared is folded as one', () => {
  assert.equal(stale?.traits, { counts: 'last to arrive', ties: 'reverse text' });
  assert.is(stale?.name, 'STALE_OVERWRITE, ties reverse text');
  assert.equal(trimmed?.traits.trim, { rows: 10, loses: 'the worst' });
  assert.is(familyOf(NOTHING_DECLARED, 10), undefined);
});

test('a trait does not hide a further bug', () => {
  assert.ok(trimmed && stale);
  assert.is(verdictButFor(stale, { share: 1, named: undefined }).outcome, 'pass');
  assert.is(verdictButFor(stale, { share: 0.9, named: 'UNLIKE_IGNORED' }).outcome, 'fail');
  assert.is(verdictButFor(stale, { share: 0.9, named: undefined }).outcome, 'fail');
  // What is trimmed hangs on when partitions were read, which the log does not tell.
  assert.is(verdictButFor(trimmed, { share: 0.9, named: undefined }).outcome, 'unknown');
  assert.is(verdictButFor(trimmed, { share: 0.4, named: undefined }).outcome, 'fail');
});

test.run();

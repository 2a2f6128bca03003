// test/simulator/judge/naming/publication-bugs.test.ts — What clients were given too early, or given otherwise later, has a name; a late day has none.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judged } from '../../../../simulator/judge/checks/checker.js';
import { publicationBugs } from '../../../../simulator/judge/naming/publication-bugs.js';
import type { FindingCode } from '../../../../simulator/vocabulary/findings.js';

const namesOf = (...codes: readonly FindingCode[]) => {
  const check = judged(
    'publication',
    'answers',
    codes.map((code) => ({ code, message: 'any words' })),
  );
  return publicationBugs([check])?.naming.consistent.map(({ name }) => name);
};

test('a day that was given too early, or wrong, was served early', () => {
  assert.equal(namesOf('served-too-early'), ['EARLY_SERVE']);
  assert.equal(namesOf('served-wrong'), ['EARLY_SERVE']);
});

test('a published day that changed is not final, for clients or in Redis', () => {
  assert.equal(namesOf('served-list-changed'), ['MUTABLE_RESULT']);
  assert.equal(namesOf('served-wrong', 'closed-list-changed'), ['EARLY_SERVE', 'MUTABLE_RESULT']);
});

test('a day that is given late, or nothing at all, has no name', () => {
  assert.is(namesOf('served-too-late'), undefined);
  assert.is(namesOf(), undefined);
});

test.run();

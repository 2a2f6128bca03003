// test/simulator/vocabulary/bugs.test.ts — Every known bug can be tried, every variant of the judge has an entry, and the page on bugs is current.
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { knownVariants } from '../../../simulator/judge/naming/variants.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
import type { Bug } from '../../../simulator/vocabulary/bug.js';
import { BUG_NAMES, BUGS } from '../../../simulator/vocabulary/bugs.js';
import { MUTANTS } from '../../mutants/mutants.js';
import { bugsPart } from '../../support/checks-and-bugs-page.js';
import { partOf } from '../../support/generated-parts.js';

const bugs: readonly (readonly [string, Bug])[] = Object.entries(BUGS);

test('the bugs in docs/checks-and-bugs.md are what the registry says; npm run schema writes them', () => {
  assert.is(partOf(readFileSync('docs/checks-and-bugs.md', 'utf8'), 'bugs'), bugsPart());
});

test('the scenario that shows a bug comes with sim, and takes what is set', async () => {
  for (const [name, { shownBy }] of bugs) {
    const file = `scenarios/${shownBy.scenario}.json`;
    assert.ok(existsSync(file), name);
    await loadScenario(file, shownBy.set);
  }
});

test('a bug is said to be folded exactly if there is a variant of it', () => {
  const folded = bugs.filter(([, { foundBy }]) => foundBy.includes('variant fold')).map(([name]) => name);
  assert.equal([...new Set<string>(knownVariants(10).map(({ name }) => name))].sort(), folded.sort());
});

test('most known bugs are planted into the consumer', () => {
  const planted = new Set<string>(MUTANTS.map(({ finding }) => finding));
  assert.equal(
    BUG_NAMES.filter((name) => !planted.has(name)),
    ['SCORE_PRECISION', 'SHARED_COUNTER', 'TORN_EXPIRY', 'BEHIND', 'COMMIT_GAP'],
  );
});

test.run();

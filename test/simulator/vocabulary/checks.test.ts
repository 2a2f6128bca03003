// test/simulator/vocabulary/checks.test.ts — Checks and findings fit together, and the page on checks is current.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CHECKS, type CheckText } from '../../../simulator/vocabulary/checks.js';
import { FINDINGS } from '../../../simulator/vocabulary/findings.js';
import { checksPart } from '../../support/checks-and-bugs-page.js';
import { partOf } from '../../support/generated-parts.js';

const checks: readonly (readonly [string, CheckText])[] = Object.entries(CHECKS);

test('the checks in docs/checks-and-bugs.md are what the registry says; npm run schema writes them', () => {
  assert.is(partOf(readFileSync('docs/checks-and-bugs.md', 'utf8'), 'checks'), checksPart());
});

test('a check has codes for its findings, unless it never fails', () => {
  const found = new Set<string>(Object.values(FINDINGS).map(({ check }) => check));
  assert.equal(
    checks.filter(([name, { neverFails }]) => found.has(name) === (neverFails ?? false)).map(([name]) => name),
    [],
  );
  assert.equal(
    checks.filter(([, { neverFails }]) => neverFails).map(([name]) => name),
    ['load', 'faults'],
  );
});

test.run();

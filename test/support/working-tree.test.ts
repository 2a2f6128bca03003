// test/support/working-tree.test.ts — What tests leave in the working tree is named; what lay there before is not.
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from './sim.js';
import { entriesOf, leftInTree, workingTree } from './working-tree.js';

test('the entries of git are read, with blanks in their paths', () => {
  assert.equal(entriesOf(' M test/run.ts\0?? docs/a new page.md\0'), [' M test/run.ts', '?? docs/a new page.md']);
  assert.equal(entriesOf(''), []);
});

test('only what is new since the start is a problem', () => {
  const before = [' M test/run.ts', '?? notes.txt'];
  assert.equal(leftInTree(before, before), []);
  assert.equal(leftInTree(before, []), []);
  assert.equal(leftInTree(before, [' M test/run.ts', ' D README.md', '?? notes.txt', '?? reports/x.json']), [
    'changed while the tests ran:  D README.md',
    'changed while the tests ran: ?? reports/x.json',
  ]);
});

test('a folder that is no repository cannot tell', () => {
  const folder = temporaryFolder();
  try {
    assert.is(workingTree(folder.path), undefined);
    assert.is(workingTree(join(folder.path, 'missing')), undefined);
    assert.equal(leftInTree(undefined, ['?? a']), []);
    assert.equal(leftInTree(['?? a'], undefined), []);
  } finally {
    folder.remove();
  }
});

test.run();

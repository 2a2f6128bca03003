// test/support/generated-parts.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { partOf, withPart } from './generated-parts.js';

const page = 'a\n<!-- generated: x -->\nold\n<!-- /generated: x -->\nb\n';

test('a part is replaced, and all around it stays', () => {
  const changed = withPart(page, 'x', 'new\n\nlines');
  assert.is(changed, 'a\n<!-- generated: x -->\nnew\n\nlines\n<!-- /generated: x -->\nb\n');
  assert.is(partOf(changed, 'x'), 'new\n\nlines');
});

test('an empty part is empty', () => {
  const empty = withPart(page, 'x', '');
  assert.is(empty, 'a\n<!-- generated: x -->\n<!-- /generated: x -->\nb\n');
  assert.is(partOf(empty, 'x'), '');
});

test('a part that is not there is an error', () => {
  assert.throws(() => partOf(page, 'y'), /expected <!-- generated: y -->/);
  assert.throws(() => withPart('<!-- generated: x -->\n', 'x', ''), /expected/);
});

test.run();

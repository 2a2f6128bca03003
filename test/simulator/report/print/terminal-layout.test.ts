// test/simulator/report/print/terminal-layout.test.ts — Sentences on a terminal: whole where there is room, and else seen to be cut.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { wrapShort } from '../../../../simulator/report/print/terminal-layout.js';

test('a sentence that fits is whole', () => {
  assert.equal(wrapShort('one two three four', 10, 3), ['  one two', '  three', '  four']);
});

test('one that does not ends with a sign that there is more, within the width', () => {
  assert.equal(wrapShort('one two three four', 10, 2), ['  one two', '  three …']);
  assert.equal(wrapShort('one two three', 10, 1), ['  one …']);
});

test.run();

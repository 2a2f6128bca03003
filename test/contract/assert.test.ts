// test/contract/assert.test.ts — A value that cannot be missing is returned; a missing one is a bug that shows at once.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { elementAt, entryOf } from '../../contract/assert.js';

test('an element is given, also one that is falsy', () => {
  assert.is(elementAt(['a', ''], 1), '');
  assert.is(elementAt(new Uint8Array([0]), 0), 0);
});

test('an index outside the array throws', () => {
  assert.throws(() => elementAt(['a'], 1), 'expected an element at 1 of 1, found none');
  assert.throws(() => elementAt(['a'], -1), RangeError);
});

test('an entry is given, and a missing key throws', () => {
  assert.is(entryOf(new Map([['a', 0]]), 'a'), 0);
  assert.throws(() => entryOf(new Map(), 'a'), 'expected an entry for a, found none');
});

test.run();
